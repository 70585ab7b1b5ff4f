import Glibc
import Primitives

/// Files and folders that only their owner may look into.
enum PrivateFile {
    /// Makes the folder, and those above it, unless it is there.
    static func makeFolder(_ path: String) throws(StoreError) {
        var prefix = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            prefix += part + "/"
            guard prefix != "/", !exists(prefix), unsafe mkdir(prefix, 0o700) != 0 else {
                continue
            }
            guard errno == EEXIST else { throw failure("create", path) }
        }
    }

    static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Opens a file and checks that nobody else can read or write it.
    ///
    /// - Returns: The descriptor, which the caller closes, and the file's size.
    static func open(_ path: String) throws(StoreError) -> (descriptor: Int32, size: Int) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else {
            let error = failure("read", path)
            close(descriptor)
            throw error
        }
        let problem: StoreError? =
            if information.st_uid != geteuid() {
                .notMine(path: path)
            } else if information.st_mode & 0o077 != 0 {
                .wrongPermissions(path: path, mode: information.st_mode & 0o777)
            } else { nil }
        if let problem {
            close(descriptor)
            throw problem
        }
        return (descriptor, Int(information.st_size))
    }

    static func syncFolder(_ path: String) throws(StoreError) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync", path) }
    }

    static func failure(_ operation: String, _ path: String) -> StoreError {
        let reason = unsafe String(cString: strerror(errno))
        return .io(operation: operation, path: path, reason: reason)
    }
}
