import RiscV

/// Checkpoints in memory, for tests that look at them or break them.
final class MemoryStorage: CheckpointStorage {
    var files: [String: [UInt8]] = [:]

    var byteCount: Int { files.values.reduce(0) { $0 + $1.count } }

    func names() -> [String] { Array(files.keys) }

    func byteCount(of name: String) throws(CheckpointFault) -> Int {
        try file(name).count
    }

    func read(
        _ name: String, offset: Int, count: Int
    ) throws(CheckpointFault) -> [UInt8] {
        Array(try file(name).dropFirst(offset).prefix(count))
    }

    func write(
        _ name: String, _ content: (Append) throws(CheckpointFault) -> Void
    ) throws(CheckpointFault) {
        var bytes: [UInt8] = []
        try content { bytes += $0 }
        files[name] = bytes
    }

    func remove(_ name: String) throws(CheckpointFault) {
        guard files.removeValue(forKey: name) != nil else {
            throw .storage(name: name, code: 2)
        }
    }

    private func file(_ name: String) throws(CheckpointFault) -> [UInt8] {
        guard let file = files[name] else { throw .storage(name: name, code: 2) }
        return file
    }
}
