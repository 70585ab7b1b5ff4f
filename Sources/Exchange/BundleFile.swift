import Glibc
import Primitives

/// Bundle files on a medium that may be pulled out at any moment.
///
/// Writing never overwrites: the bytes go to `name.part`, are synced, read back and compared, and
/// get their name only then; `name.sha256` comes last. A reader that finds that file checks it.
package enum BundleFile {
    /// Writes `bytes` as `name` into `folder`.
    ///
    /// - Returns: The path of the file.
    /// - Throws: `ExchangeError.fileExists` when `name` holds other bytes, `.media` with the
    ///   operation that failed, `.readBackDiffers`. The folder is as before, save for a `.part`
    ///   file when the medium vanished.
    @discardableResult
    package static func write(
        _ bytes: [UInt8], named name: String, to folder: String
    ) throws(ExchangeError) -> String {
        precondition(!name.contains("/"), "the name of a bundle file is not a path")
        let path = folder + "/" + name
        if let existing = try? read(path) {
            guard existing == bytes else { throw .fileExists(name: name) }
            try writeChecksum(of: bytes, named: name, to: folder)
            return path
        }
        guard !exists(path) else { throw .fileExists(name: name) }
        try place(bytes, named: name, in: folder)
        try writeChecksum(of: bytes, named: name, to: folder)
        return path
    }

    /// Reads a bundle file whole.
    ///
    /// - Throws: `ExchangeError.notARegularFile`, `.tooLarge` before anything is read,
    ///   `.checksumDiffers` when a `.sha256` file beside it names another digest.
    package static func read(
        _ path: String, limit: Int = SignedBundle.byteLimit
    ) throws(ExchangeError) -> [UInt8] {
        let name = baseName(path)
        let bytes = try readWhole(path, limit: limit)
        if exists(path + ".sha256") {
            let line = try readWhole(path + ".sha256", limit: 4096)
            let expected = String(decoding: line.prefix(64), as: UTF8.self)
            guard expected == SHA256.hash(bytes).hex else { throw .checksumDiffers(name: name) }
        }
        return bytes
    }

    private static func writeChecksum(
        of bytes: [UInt8], named name: String, to folder: String
    ) throws(ExchangeError) {
        let line = checksumLine(of: bytes, named: name)
        let checksumName = name + ".sha256"
        if let existing = try? readWhole(folder + "/" + checksumName, limit: 4096) {
            guard existing == line else { throw .fileExists(name: checksumName) }
            return
        }
        try place(line, named: checksumName, in: folder)
    }

    private static func place(
        _ bytes: [UInt8], named name: String, in folder: String
    ) throws(ExchangeError) {
        let part = try PartFile(for: folder + "/" + name, byteCount: bytes.count)
        try part.fill(bytes)
        try part.giveName()
        try syncFolder(folder)
    }

    /// The line that `sha256sum -c` reads.
    static func checksumLine(of bytes: [UInt8], named name: String) -> [UInt8] {
        Array("\(SHA256.hash(bytes).hex)  \(name)\n".utf8)
    }

    static func syncFolder(_ folder: String) throws(ExchangeError) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder) }
        defer { close(descriptor) }
        // Some file systems of removable media cannot sync a folder; they answer EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("sync", folder) }
    }

    static func readWhole(_ path: String, limit: Int) throws(ExchangeError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ELOOP { throw .notARegularFile(name: baseName(path)) }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else { throw failure("read", path) }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw .notARegularFile(name: baseName(path))
        }
        guard information.st_size <= limit else {
            throw .tooLarge(byteCount: Int(information.st_size), limit: limit)
        }
        var bytes = [UInt8](repeating: 0, count: Int(information.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes[filled...].withUnsafeMutableBytes { rest in
                unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            guard count > 0 else { throw failure("read", path) }
            filled += count
        }
        return bytes
    }

    /// Whether anything has this name, a link that leads nowhere included.
    static func exists(_ path: String) -> Bool {
        var information = stat()
        return unsafe lstat(path, &information) == 0
    }

    static func failure(_ operation: String, _ path: String) -> ExchangeError {
        let reason = unsafe String(cString: strerror(errno))
        return .media(operation: operation, name: baseName(path), reason: reason)
    }

    static func baseName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
