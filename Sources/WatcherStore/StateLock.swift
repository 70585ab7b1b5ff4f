import Glibc

/// The right to change a state folder; one process has it at a time.
///
/// The kernel takes it back when the process ends, however it ends.
package struct StateLock: ~Copyable {
    private let descriptor: Int32

    /// How often the lock is asked for, 20 milliseconds apart.
    ///
    /// A process that ends, or is just being started by this one, can hold the lock a moment longer.
    private static let attemptCount = 100

    /// - Throws: `StoreError.busy` when another process has it for two seconds.
    package init(folder: String) throws(StoreError) {
        let path = folder + "/lock"
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw PrivateFile.failure("open", path) }
        for _ in 0..<Self.attemptCount {
            if flock(opened, LOCK_EX | LOCK_NB) == 0 {
                descriptor = opened
                return
            }
            guard errno == EWOULDBLOCK else {
                let error = PrivateFile.failure("lock", path)
                close(opened)
                throw error
            }
            _ = poll(nil, 0, 20)
        }
        close(opened)
        throw .busy(folder: folder)
    }

    deinit { close(descriptor) }
}
