import Glibc

/// A file without its name yet: `name.part`, for which the medium has set space aside.
///
/// It goes away with this value, unless it was given its name.
struct PartFile: ~Copyable {
    private let descriptor: Int32
    /// The path that the file is to have.
    private let path: String

    /// Creates the file with as much space as it is going to need.
    ///
    /// - Throws: `ExchangeError.media`: the medium is full, read-only, gone, or a quota is used up.
    init(for path: String, byteCount: Int) throws(ExchangeError) {
        let part = Self.partPath(path)
        // A left-over of an interrupted write is ours to replace; it never had a name.
        unsafe unlink(part)
        let descriptor = unsafe open(
            part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw BundleFile.failure("create", part) }
        let code = Self.reserve(descriptor, byteCount)
        guard code == 0 else {
            close(descriptor)
            unsafe unlink(part)
            errno = code
            throw BundleFile.failure("reserve space for", part)
        }
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
        // Without a name the file is nothing; with one, nothing is there any more.
        unsafe unlink(Self.partPath(path))
    }

    private static func partPath(_ path: String) -> String { path + ".part" }

    /// Writes the content into the reserved space, syncs, and reads it back.
    borrowing func fill(_ bytes: [UInt8]) throws(ExchangeError) {
        let part = Self.partPath(path)
        let code = Self.write(descriptor, bytes)
        guard code == 0 else {
            errno = code
            throw BundleFile.failure("write", part)
        }
        guard ftruncate(descriptor, bytes.count) == 0 else {
            throw BundleFile.failure("write", part)
        }
        guard fsync(descriptor) == 0 else { throw BundleFile.failure("sync", part) }
        guard try BundleFile.readWhole(part, limit: bytes.count) == bytes else {
            throw .readBackDiffers(name: BundleFile.baseName(path))
        }
    }

    /// Hard links refuse to replace a file; media without them (FAT) get a check and a rename.
    borrowing func giveName() throws(ExchangeError) {
        let part = Self.partPath(path)
        if unsafe link(part, path) == 0 {
            unsafe unlink(part)
            return
        }
        guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK else {
            if errno == EEXIST { throw .fileExists(name: BundleFile.baseName(path)) }
            throw BundleFile.failure("name", path)
        }
        guard !BundleFile.exists(path) else {
            throw .fileExists(name: BundleFile.baseName(path))
        }
        guard unsafe rename(part, path) == 0 else { throw BundleFile.failure("rename", path) }
    }

    // MARK: - System calls; they return an error number or 0

    /// Allocates blocks, or writes zeros where the file system cannot do that, and syncs: only
    /// then has a file system with delayed allocation, or a quota, said its last word.
    private static func reserve(_ descriptor: Int32, _ byteCount: Int) -> Int32 {
        guard byteCount > 0 else { return 0 }
        var code: Int32
        repeat { code = posix_fallocate(descriptor, 0, byteCount) } while code == EINTR
        if [EINVAL, EOPNOTSUPP, ENOSYS, ENODEV].contains(code) {
            code = write(descriptor, [UInt8](repeating: 0, count: byteCount))
        }
        guard code == 0 else { return code }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    /// Writes from the start of the file.
    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { rest in
                unsafe pwrite(descriptor, rest.baseAddress, rest.count, written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? ENOSPC : errno }
            written += count
        }
        return 0
    }
}
