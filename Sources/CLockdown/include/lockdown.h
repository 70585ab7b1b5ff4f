/*
 * Process hardening for the program that holds secrets.
 *
 * Linux only. Every function is safe to call once, early in main, before a secret exists and
 * before a second thread is started. None allocates, none prints, none keeps a pointer.
 */
#ifndef BVX_LOCKDOWN_H
#define BVX_LOCKDOWN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How the process memory was kept out of swap. */
enum bvx_memory_lock {
    /** Nothing is locked as a whole: secret pages must be (and are) locked one by one. */
    BVX_MEMORY_LOCK_NONE = 0,
    /** What is mapped now is locked; pages mapped later are not. */
    BVX_MEMORY_LOCK_CURRENT = 1,
    /** All present pages are locked, and future ones when they are first touched. */
    BVX_MEMORY_LOCK_ON_FAULT = 2,
    /** All present and future pages are locked. */
    BVX_MEMORY_LOCK_ALL = 3
};

/**
 * What was reached. A figure other than 0 in an `_errno` field is the errno of the step that
 * failed; the steps after it were still tried.
 */
typedef struct {
    int core_limit_errno;
    int dumpable_errno;
    int no_new_privileges_errno;
    int memory_lock_errno;
    int memory_lock;
} bvx_lockdown_report;

/**
 * Hardens the calling process.
 *
 *  1. RLIMIT_CORE = 0, soft and hard: no core file.
 *  2. PR_SET_DUMPABLE = 0: no core through a core_pattern pipe (which ignores the limit), and
 *     neither ptrace nor /proc/<pid>/mem for other processes of the same user.
 *  3. PR_SET_NO_NEW_PRIVS = 1: no privilege is gained through exec.
 *  4. The soft limit of locked memory is raised to the hard one; then, where that is unlimited or
 *     the process has CAP_IPC_LOCK, mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT), falling
 *     back to less when the kernel refuses a flag. Otherwise nothing is locked here: the limit
 *     is left to the pages of secrets, which are locked one by one in any case.
 *
 *  Returns: 0 when steps 1 to 3 succeeded (step 4 is reported, not required), -1 otherwise.
 *  Out:     report: what was reached, step by step; must not be NULL.
 */
int bvx_lockdown_apply(bvx_lockdown_report *report);

/**
 * Makes every later attempt of this process to open a network path, to start a program or to
 * look into another process fail with EPERM.
 *
 * Installs a seccomp filter for all threads and children: socket, socketpair, connect, bind,
 * listen, accept, sendto, sendmsg, recvfrom, recvmsg and their variants, io_uring_setup, execve,
 * execveat, ptrace, process_vm_readv, process_vm_writev, bpf and keyctl are refused. A system
 * call of a foreign architecture kills the process. Needs PR_SET_NO_NEW_PRIVS, which
 * bvx_lockdown_apply sets. There is no way back.
 *
 *  Returns: 0, or the errno of the step that failed (ENOSYS on an unknown architecture).
 */
int bvx_lockdown_confine(void);

/**
 * The process that traces this one.
 *
 *  Returns: its id; 0 when there is none; -1 when /proc/self/status cannot be read.
 */
long bvx_lockdown_tracer(void);

#ifdef __cplusplus
}
#endif

#endif
