/* Takes the C library's ways to a network and to other programs away from the program that links this target.
 *
 * Foundation, which the database library needs, contains sockets and process launching. Linked statically they
 * would be callable code inside the signer. This target defines the same names; the linker prefers them to those of
 * the C library, also for calls from the shared libraries (libcrypto, libsqlite3), because a program's own
 * definitions come first. Each refuses: EPERM, nothing else.
 *
 * Link it into bitvmx-signer and nowhere else: a test runner that links it could not talk to a Bitcoin node.
 * It has no function to call. Airgap/check-signer-binary checks that the names are gone.
 *
 * Not covered, by nature: syscall(2) and dlsym(3), which the Swift runtime itself imports. The filter of CLockdown
 * refuses those calls in the kernel.
 */
#ifndef BITVMX_NO_NETWORK_H
#define BITVMX_NO_NETWORK_H
#endif
