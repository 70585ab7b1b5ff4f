import Glibc

/// The right to be the only process that uses a vault, held until the value goes away.
///
/// The lock file is neither truncated nor removed, so all processes lock the same inode.
struct WriterLock: ~Copyable {
    private let file: FileHandle

    /// Takes the lock or says that somebody else has it; never waits.
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
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        guard errno == EWOULDBLOCK else {
            throw .inputOutput(InputOutputFault("lock", path: location.lockPath, code: errno))
        }
        throw .busy(path: location.stateDirectory)
    }
}
