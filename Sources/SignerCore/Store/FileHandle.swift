import Glibc

/// An open file that is closed when the value goes away.
///
/// Every file is opened without following a symbolic link and is not inherited by child programs.
struct FileHandle: ~Copyable {
    let descriptor: Int32
    let path: String

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - flags: Added to `O_NOFOLLOW` and `O_CLOEXEC`.
    ///   - operation: Names the step in the error.
    init(_ path: String, _ flags: Int32, operation: String) throws(VaultError) {
        let descriptor = unsafe open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .inputOutput(InputOutputFault(operation, path: path, code: errno))
        }
        self.descriptor = descriptor
        self.path = path
    }

    /// Writes all bytes.
    borrowing func write(_ bytes: [UInt8]) throws(VaultError) {
        var offset = 0
        while offset < bytes.count {
            let written = unsafe bytes.span.extracting(droppingFirst: offset)
                .withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure("write", written == 0 ? ENOSPC : errno) }
            offset += written
        }
    }

    /// Reads to the end, at most `limit` bytes.
    ///
    /// - Returns: `nil` when there is more.
    borrowing func readAll(limit: Int) throws(VaultError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            var rest = bytes.mutableSpan
            let part = unsafe rest.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), limit + 1 - count)
            }
            if part < 0, errno == EINTR { continue }
            guard part >= 0 else { throw failure("read", errno) }
            if part == 0 { break }
            count += part
        }
        guard count <= limit else { return nil }
        return Array(bytes.prefix(count))
    }

    /// Reads the first bytes, as many as there are up to `count`, and says how long the file is.
    borrowing func start(_ count: Int) throws(VaultError) -> (bytes: [UInt8], fileByteCount: Int) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("read", errno) }
        var bytes = [UInt8](repeating: 0, count: count)
        let found = unsafe pread(descriptor, &bytes, count, 0)
        guard found >= 0 else { throw failure("read", errno) }
        return (Array(bytes.prefix(found)), Int(status.st_size))
    }

    /// Waits until the medium has what was written.
    borrowing func sync() throws(VaultError) {
        guard fsync(descriptor) == 0 else { throw failure("sync", errno) }
    }

    private borrowing func failure(_ operation: String, _ code: Int32) -> VaultError {
        .inputOutput(InputOutputFault(operation, path: path, code: code))
    }

    deinit {
        _ = close(descriptor)
    }
}

/// Steps on directories and names.
enum Directory {
    /// Makes the names in a directory durable.
    static func sync(_ path: String) throws(VaultError) {
        let handle = try FileHandle(path, O_RDONLY | O_DIRECTORY, operation: "open directory")
        try handle.sync()
    }

    /// Replaces or gives a name in one step.
    static func rename(_ old: String, to new: String) throws(VaultError) {
        guard unsafe Glibc.rename(old, new) == 0 else {
            throw .inputOutput(InputOutputFault("rename", path: new, code: errno))
        }
    }

    /// Removes a file; a file that is not there is as good as removed.
    static func removeFile(_ path: String) throws(VaultError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw .inputOutput(InputOutputFault("remove", path: path, code: errno))
        }
    }

    /// Creates a directory for the owner alone, unless it exists.
    static func create(_ path: String) throws(VaultError) {
        guard unsafe mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return }
            throw .inputOutput(InputOutputFault("create directory", path: path, code: errno))
        }
        try sync(parent(of: path))
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
