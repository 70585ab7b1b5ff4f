internal import Glibc

/// Checkpoints as files of a directory that nobody else uses at the same time.
///
/// A file is written under another name, brought to the disk, and renamed; then the directory is
/// brought to the disk.
package final class CheckpointDirectory: CheckpointStorage {
    private let path: String
    private let lock: Int32
    private static let partPrefix = "checkpoint-"
    private static let partSuffix = ".part"
    private static let lockName = "lock"

    /// Opens a directory, and creates it where there is none; its parent must exist.
    ///
    /// What a crash left half-written is removed; files that no checkpoint has are left alone.
    ///
    /// - Throws: `.inUse` while another process has it open, `.storage` otherwise.
    package init(path: String) throws(CheckpointFault) {
        self.path = path
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .storage(name: path, code: errno)
        }
        let lockPath = path + "/" + Self.lockName
        lock = unsafe open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .storage(name: lockPath, code: errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw .inUse }
        for name in try entries() where Self.isPart(name) {
            try remove(name)
        }
    }

    /// Whether a name is that of a checkpoint which is being written.
    private static func isPart(_ name: String) -> Bool {
        guard name.hasPrefix(partPrefix), name.hasSuffix(partSuffix) else { return false }
        let step = name.dropFirst(partPrefix.count).dropLast(partSuffix.count)
        return step.utf8.count == 16 && step.allSatisfy { $0.isHexDigit }
    }

    deinit {
        if lock >= 0 { close(lock) }
    }

    package func names() throws(CheckpointFault) -> [String] {
        try entries().filter { $0 != Self.lockName && !Self.isPart($0) }
    }

    private func entries() throws(CheckpointFault) -> [String] {
        guard let directory = unsafe opendir(path) else {
            throw .storage(name: path, code: errno)
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(
                    cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    package func byteCount(of name: String) throws(CheckpointFault) -> Int {
        var status = stat()
        guard unsafe stat(path + "/" + name, &status) == 0 else {
            throw .storage(name: name, code: errno)
        }
        return Int(status.st_size)
    }

    package func read(
        _ name: String, offset: Int, count: Int
    ) throws(CheckpointFault) -> [UInt8] {
        let file = unsafe open(path + "/" + name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .storage(name: name, code: errno) }
        defer { close(file) }
        var done = 0
        var code: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let start = unsafe buffer.baseAddress.map { unsafe $0 + done }
                let read = unsafe pread(file, start, count - done, off_t(offset + done))
                if read < 0 && errno == EINTR { continue }
                if read < 0 { code = errno }
                guard read > 0 else { break }
                done += read
            }
            initialized = done
        }
        guard code == 0 else { throw .storage(name: name, code: code) }
        return bytes
    }

    package func write(
        _ name: String, _ content: (Append) throws(CheckpointFault) -> Void
    ) throws(CheckpointFault) {
        let final = path + "/" + name
        let part = final + Self.partSuffix
        let file = unsafe open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .storage(name: name, code: errno) }
        do throws(CheckpointFault) {
            defer { close(file) }
            try content { bytes throws(CheckpointFault) in
                try Self.write(bytes, to: file, name)
            }
            guard fsync(file) == 0 else { throw .storage(name: name, code: errno) }
        } catch {
            _ = unsafe unlink(part)
            throw error
        }
        guard unsafe rename(part, final) == 0 else { throw .storage(name: name, code: errno) }
        try synchronize()
    }

    private static func write(
        _ bytes: [UInt8], to file: Int32, _ name: String
    ) throws(CheckpointFault) {
        var done = 0
        while done < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    file, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .storage(name: name, code: errno) }
            done += written
        }
    }

    private func synchronize() throws(CheckpointFault) {
        let directory = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .storage(name: path, code: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .storage(name: path, code: errno) }
    }

    package func remove(_ name: String) throws(CheckpointFault) {
        guard unsafe unlink(path + "/" + name) == 0 else {
            throw .storage(name: name, code: errno)
        }
    }
}
