import Glibc

/// The right to change a state folder; one process has it at a time.
///
/// The kernel takes it back when the process ends, however it ends.
package struct StateLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: `StoreError.busy` when another process has it.
    package init(folder: String) throws(StoreError) {
        let path = folder + "/lock"
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw PrivateFile.failure("open", path) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let isBusy = errno == EWOULDBLOCK
            let error = PrivateFile.failure("lock", path)
            close(opened)
            throw isBusy ? .busy(folder: folder) : error
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
