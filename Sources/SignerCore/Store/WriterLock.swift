import Glibc

/// The right to be the only process that uses a vault, held until the value goes away.
///
/// The lock file is neither truncated nor removed, so all processes lock the same inode.
struct WriterLock: ~Copyable {
    private let file: FileHandle

    /// How often the lock is asked for, 20 milliseconds apart.
    ///
    /// A process that ends, or is just being started by this one, can hold the lock a moment longer.
    private static let attemptCount = 100

    /// Takes the lock, or says after two seconds that somebody else has it.
    init(_ location: VaultLocation) throws(VaultError) {
        let opened = try FileHandle(
            location.lockPath, O_RDWR | O_CREAT, operation: "open the lock")
        try PrivatePlace.checkFile(location.lockPath)
        try Self.take(opened.descriptor, location)
        file = opened
    }

    private static func take(
        _ descriptor: Int32, _ location: VaultLocation
    ) throws(VaultError) {
        for _ in 0..<attemptCount {
            guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
            guard errno == EWOULDBLOCK else {
                throw .inputOutput(
                    InputOutputFault("lock", path: location.lockPath, code: errno))
            }
            _ = poll(nil, 0, 20)
        }
        throw .busy(path: location.stateDirectory)
    }
}
