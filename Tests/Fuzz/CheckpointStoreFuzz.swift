import Primitives
import RiscV

/// Reads the bytes as things that happen to the checkpoints of a run, then takes the run up again
/// and asks it: it says the truth, or what is wrong with its checkpoints.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ byteCount: Int) -> CInt {
    var bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: byteCount))[...]
    let storage = MemoryStorage(run.files[Int(bytes.popFirst() ?? 0) % run.files.count])
    while let kind = bytes.popFirst() {
        var numbers = bytes.prefix(4)
        bytes = bytes.dropFirst(4)
        storage.suffer(kind, &numbers)
    }
    do throws(CheckpointFault) {
        try ask(storage, spacing: 7)
    } catch {
        // Whatever is there, it is not taken for another run.
        if case .program = error { preconditionFailure("the program is right") }
    }
    return 0
}

/// A run that writes all over four pages, and what it really does.
private struct Run: Sendable {
    let program: Program
    /// Checkpoints of the first 120 steps, by three policies.
    let files: [[String: [UInt8]]]
    let rows: [TraceRow]
    let hashes: [Bytes20]

    init() {
        // x5 = 0x90000000; loop: sw x6, 0(x5); lw x7, 4(x5); addi x6, x6, 1; add x5, x5, x8; j loop
        let words: [UInt32] = [
            0x9000_02B7, 0x7D40_0413, 0x0062_A023, 0x0042_A383, 0x0013_0313, 0x0082_82B3,
            0xFF1F_F06F,
        ]
        let code = Section(
            name: ".text", start: 0x8000_0000, byteCount: 28, kind: .code,
            content: .initialized(words))
        let data = Section(
            name: ".data", start: 0x9000_0000, byteCount: 0x1_0000, kind: .readWrite,
            content: .uninitialized)
        guard
            let program = try? Program(
                entryPoint: code.start, sections: [code, data, .registers]),
            let machine = try? Machine(program, tracking: .writesAndHashes)
        else { preconditionFailure("the sections make a program") }
        var rows = [TraceRow(stepNumber: 0)]
        var hashes = [BLAKE3Chain.initialHash]
        machine.record(to: 200) { row, hash in
            rows.append(row)
            hashes.append(hash)
        }
        self.program = program
        self.rows = rows
        self.hashes = hashes
        let policies: [(UInt64, Int)] = [(20, .max), (15, 9000), (50, 0)]
        files = policies.map { spacing, budget in
            let storage = MemoryStorage([:])
            let policy = CheckpointPolicy(spacing: spacing, byteBudget: budget)
            let run = try? CheckpointedRun(program, input: nil, storage: storage, policy: policy)
            guard let run, (try? run.advance(to: 120)) != nil else {
                preconditionFailure("a run in memory can be kept")
            }
            return storage.files
        }
    }
}

private let run = Run()

/// Takes the run up, asks for steps from its end to its beginning, and goes on with joining.
private func ask(_ storage: MemoryStorage, spacing: UInt64) throws(CheckpointFault) {
    let policy = CheckpointPolicy(spacing: spacing, byteBudget: 6000)
    let taken = try CheckpointedRun(run.program, input: nil, storage: storage, policy: policy)
    precondition(taken.lastStep <= 120, "nothing was kept of later steps")
    for _ in 0..<2 {
        for step in stride(from: taken.lastStep, through: 0, by: -13) {
            let (row, hash) = try taken.row(at: step)
            precondition(row == run.rows[Int(step)], "a row is the one of the run")
            precondition(hash == run.hashes[Int(step)], "a hash is the one of the run")
            let other = try taken.hash(at: step / 2)
            precondition(other == run.hashes[Int(step / 2)], "a hash is the one of the run")
        }
        try taken.advance(to: taken.lastStep + 40)
    }
}

/// Files in memory that things happen to.
private final class MemoryStorage: CheckpointStorage {
    private(set) var files: [String: [UInt8]]

    init(_ files: [String: [UInt8]]) {
        self.files = files
    }

    /// One thing that happens: a changed byte, a file that is cut, lost, swapped or left over.
    func suffer(_ kind: UInt8, _ numbers: inout ArraySlice<UInt8>) {
        let names = files.keys.sorted()
        let place = Int(numbers.popFirst() ?? 0)
        let offset = Int(numbers.popFirst() ?? 0) << 8 | Int(numbers.popFirst() ?? 0)
        let value = numbers.popFirst() ?? 0
        guard !names.isEmpty else { return }
        let name = names[place % names.count]
        guard var file = files[name], !file.isEmpty else { return }
        switch kind % 5 {
        case 0:
            file[offset % file.count] ^= value
            files[name] = file
        case 1: files[name] = Array(file.prefix(offset % file.count))
        case 2: files[name] = nil
        case 3: files[names[offset % names.count]] = file
        default:
            let others = run.files[Int(value) % run.files.count]
            let other = others.keys.sorted()[offset % others.count]
            files[other] = others[other]
        }
    }

    func names() -> [String] { Array(files.keys) }

    func byteCount(of name: String) throws(CheckpointFault) -> Int { try file(name).count }

    func read(_ name: String, offset: Int, count: Int) throws(CheckpointFault) -> [UInt8] {
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
