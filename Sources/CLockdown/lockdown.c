#define _GNU_SOURCE
#include "lockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MCL_ONFAULT
#define MCL_ONFAULT 4
#endif

static int errno_of(int result) { return result == 0 ? 0 : errno; }

static int may_lock_everything(void) {
    struct rlimit limit;
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];

    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY) {
            return 1;
        }
    }
    return syscall(__NR_capget, &header, sets) == 0 &&
           (sets[0].effective & CAP_TO_MASK(CAP_IPC_LOCK)) != 0;
}

static void lock_memory(bvx_lockdown_report *report) {
    report->memory_lock = BVX_MEMORY_LOCK_NONE;
    report->memory_lock_errno = 0;
    // Under a limit, locking everything would use up what the pages of secrets need.
    if (!may_lock_everything()) {
        report->memory_lock_errno = EPERM;
    } else if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0) {
        report->memory_lock = BVX_MEMORY_LOCK_ON_FAULT;
    } else if (mlockall(MCL_CURRENT | MCL_FUTURE) == 0) {
        report->memory_lock = BVX_MEMORY_LOCK_ALL;
    } else if (mlockall(MCL_CURRENT) == 0) {
        report->memory_lock = BVX_MEMORY_LOCK_CURRENT;
    } else {
        report->memory_lock_errno = errno;
    }
}

int bvx_lockdown_apply(bvx_lockdown_report *report) {
    const struct rlimit none = {0, 0};

    report->core_limit_errno = errno_of(setrlimit(RLIMIT_CORE, &none));
    report->dumpable_errno = errno_of(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
    report->no_new_privileges_errno = errno_of(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    lock_memory(report);
    if (report->core_limit_errno != 0 || report->dumpable_errno != 0 ||
        report->no_new_privileges_errno != 0) {
        return -1;
    }
    return 0;
}

#if defined(__x86_64__)
#define BVX_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define BVX_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define BVX_LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field))
#define BVX_RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define BVX_REFUSE(number)                                        \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(number), 0, 1), \
        BVX_RETURN(SECCOMP_RET_ERRNO | EPERM)

int bvx_lockdown_confine(void) {
#ifdef BVX_ARCHITECTURE
    struct sock_filter filter[] = {
        BVX_LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, BVX_ARCHITECTURE, 1, 0),
        BVX_RETURN(SECCOMP_RET_KILL_PROCESS),
        BVX_LOAD(nr),
#if defined(__x86_64__)
        // The x32 numbers would slip past the comparisons below.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1),
        BVX_RETURN(SECCOMP_RET_ERRNO | EPERM),
#endif
        BVX_REFUSE(__NR_socket),
        BVX_REFUSE(__NR_socketpair),
        BVX_REFUSE(__NR_connect),
        BVX_REFUSE(__NR_bind),
        BVX_REFUSE(__NR_listen),
        BVX_REFUSE(__NR_accept),
        BVX_REFUSE(__NR_accept4),
        BVX_REFUSE(__NR_sendto),
        BVX_REFUSE(__NR_sendmsg),
        BVX_REFUSE(__NR_sendmmsg),
        BVX_REFUSE(__NR_recvfrom),
        BVX_REFUSE(__NR_recvmsg),
        BVX_REFUSE(__NR_recvmmsg),
        BVX_REFUSE(425 /* io_uring_setup, the same on every architecture */),
        BVX_REFUSE(__NR_execve),
        BVX_REFUSE(__NR_execveat),
        BVX_REFUSE(__NR_ptrace),
        BVX_REFUSE(__NR_process_vm_readv),
        BVX_REFUSE(__NR_process_vm_writev),
        BVX_REFUSE(__NR_bpf),
        BVX_REFUSE(__NR_keyctl),
        BVX_RETURN(SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};

    const long result =
        syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);

    // A positive result is the id of a thread that could not take the filter.
    return result > 0 ? EAGAIN : errno_of((int)result);
#else
    return ENOSYS;
#endif
}

long bvx_lockdown_tracer(void) {
    char text[4096];
    const char *field;
    ssize_t length;
    int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);

    if (file < 0) {
        return -1;
    }
    length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) {
        return -1;
    }
    text[length] = '\0';
    field = strstr(text, "TracerPid:");
    return field == NULL ? -1 : strtol(field + strlen("TracerPid:"), NULL, 10);
}
