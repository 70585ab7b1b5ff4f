#include "CNoNetwork.h"

#include <errno.h>
#include <stddef.h>

/* The headers of these functions are left out on purpose: glibc declares their pointer parameters as transparent
 * unions that differ between its versions. Only the names matter to the linker. */

#define REFUSE(result, name, ...) \
    result name(__VA_ARGS__);     \
    result name(__VA_ARGS__) {    \
        errno = EPERM;            \
        return (result)-1;        \
    }

/* These report their failure in the result and leave errno alone. */
#define REFUSE_WITH(value, name, ...) \
    int name(__VA_ARGS__);            \
    int name(__VA_ARGS__) { return value; }

/* Of <netdb.h>: "non-recoverable failure in name resolution". */
enum { name_resolution_failed = -4 };

/* Sockets. */
REFUSE(int, socket, int domain, int type, int protocol)
REFUSE(int, socketpair, int domain, int type, int protocol, int *pair)
REFUSE(int, connect, int socket, const void *address, unsigned length)
REFUSE(int, bind, int socket, const void *address, unsigned length)
REFUSE(int, listen, int socket, int backlog)
REFUSE(int, accept, int socket, void *address, unsigned *length)
REFUSE(int, accept4, int socket, void *address, unsigned *length, int flags)
REFUSE(int, shutdown, int socket, int how)
REFUSE(int, getsockopt, int socket, int level, int name, void *value, unsigned *length)
REFUSE(int, setsockopt, int socket, int level, int name, const void *value, unsigned length)
REFUSE(int, getsockname, int socket, void *address, unsigned *length)
REFUSE(int, getpeername, int socket, void *address, unsigned *length)
REFUSE(ptrdiff_t, send, int socket, const void *bytes, size_t count, int flags)
REFUSE(ptrdiff_t, sendto, int socket, const void *bytes, size_t count, int flags,
       const void *address, unsigned length)
REFUSE(ptrdiff_t, sendmsg, int socket, const void *message, int flags)
REFUSE(int, sendmmsg, int socket, void *messages, unsigned count, int flags)
REFUSE(ptrdiff_t, recv, int socket, void *bytes, size_t count, int flags)
REFUSE(ptrdiff_t, recvfrom, int socket, void *bytes, size_t count, int flags, void *address,
       unsigned *length)
REFUSE(ptrdiff_t, recvmsg, int socket, void *message, int flags)
REFUSE(int, recvmmsg, int socket, void *messages, unsigned count, int flags, void *timeout)

/* Names and interfaces. */
REFUSE_WITH(name_resolution_failed, getaddrinfo, const char *node, const char *service,
            const void *hints, void *result)
REFUSE_WITH(name_resolution_failed, getnameinfo, const void *address, unsigned length, char *host,
            unsigned hostLength, char *service, unsigned serviceLength, int flags)
REFUSE(int, getifaddrs, void *list)

/* Other programs. The crash reporter of the Swift runtime would start one, which prints memory. */
REFUSE(int, fork, void)
REFUSE(int, vfork, void)
REFUSE(int, clone, int (*function)(void *), void *stack, int flags, void *argument, ...)
REFUSE(int, execve, const char *path, char *const arguments[], char *const environment[])
REFUSE(int, execv, const char *path, char *const arguments[])
REFUSE(int, execvp, const char *file, char *const arguments[])
REFUSE(int, execvpe, const char *file, char *const arguments[], char *const environment[])
REFUSE_WITH(EPERM, posix_spawn, int *process, const char *path, const void *actions,
            const void *attributes, char *const arguments[], char *const environment[])
REFUSE_WITH(EPERM, posix_spawnp, int *process, const char *file, const void *actions,
            const void *attributes, char *const arguments[], char *const environment[])
REFUSE(int, system, const char *command)

/* Messages to the system log travel over a socket and leave traces on a disk. */
void syslog(int priority, const char *format, ...);
void syslog(int priority, const char *format, ...) { (void)priority, (void)format; }
void vsyslog(int priority, const char *format, __builtin_va_list arguments);
void vsyslog(int priority, const char *format, __builtin_va_list arguments) {
    (void)priority, (void)format, (void)arguments;
}
