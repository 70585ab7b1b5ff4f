import Primitives
import RiscV
import TestSupport
import Testing

/// Rounds of searches over a run that writes all over its memory, answered from checkpoints.
@Suite("Searches over checkpoints")
struct CheckpointedSearchTests {
    /// Loads and stores here and there in 64 KB, most of them across two words.
    static func scattered() throws -> RiscV.Program {
        try program(
            [
                0x9000_02B7,  // lui x5, 0x90000
                0x0019_63B7,  // lui x7, 0x196
                0x60D3_8393,  // addi x7, x7, 1549
                0x0001_0437,  // lui x8, 0x10
                0xFFF4_0413,  // addi x8, x8, -1
                0x0273_0333,  // mul x6, x6, x7
                0x00B3_0313,  // addi x6, x6, 11
                0x0083_74B3,  // and x9, x6, x8
                0x0054_84B3,  // add x9, x9, x5
                0x0004_A503,  // lw x10, 0(x9)
                0x0064_A023,  // sw x6, 0(x9)
                0x0064_82A3,  // sb x6, 5(x9)
                0xFE5F_F06F,  // jal x0, -28
            ],
            data: [0x9000_0000: 0x1_0800])
    }

    /// Stores into two sections of which both lie in one page of addresses.
    private static func twoSections() throws -> RiscV.Program {
        try program(
            [
                0x9000_02B7,  // lui x5, 0x90000
                0x0062_A023,  // sw x6, 0(x5)
                0x2062_A023,  // sw x6, 0x200(x5)
                0x0002_A383,  // lw x7, 0(x5)
                0x2002_A383,  // lw x7, 0x200(x5)
                0x0013_0313,  // addi x6, x6, 1
                0xFEDF_F06F,  // jal x0, -20
            ],
            data: [0x9000_0000: 0x100, 0x9000_0200: 0x100])
    }

    private static func program(
        _ words: [UInt32], data: KeyValuePairs<UInt32, UInt32>
    ) throws -> RiscV.Program {
        let code = Section(
            name: ".text", start: 0x8000_0000, byteCount: UInt32(4 * words.count), kind: .code,
            content: .initialized(words))
        let writable = data.map { start, byteCount in
            Section(
                name: ".bss", start: start, byteCount: byteCount, kind: .readWrite,
                content: .uninitialized)
        }
        return try Program(
            entryPoint: code.start, sections: [code] + writable + [.registers])
    }

    /// Every row and hash of so many steps, made without checkpoints.
    private static func everything(
        _ program: RiscV.Program, _ stepCount: UInt64
    ) throws -> [(row: TraceRow, hash: Bytes20)] {
        let machine = try Machine(program, tracking: .writesAndHashes)
        var rows = [(row: TraceRow(stepNumber: 0), hash: BLAKE3Chain.initialHash)]
        machine.record(to: stepCount) { rows.append((row: $0, hash: $1)) }
        return rows
    }

    private static let stepCount: UInt64 = 1 << 18
    /// No power of two, and several samples long.
    private static let policy = CheckpointPolicy(spacing: 30_000, byteBudget: .max)

    @Test("every round of a search, at every level and in any number of parts")
    func rounds() throws {
        let program = try Self.scattered()
        let expected = try Self.everything(program, Self.stepCount)
        let storage = MemoryStorage()
        try CheckpointedRun(program, input: nil, storage: storage, policy: Self.policy)
            .advance(to: Self.stepCount)
        var random = SplitMix64.announced("rounds")
        let last = Self.stepCount - 1
        for bitCount in [1, 3, 6, 8] as [UInt64] {
            // One run for all answers: where the last one was must not matter.
            let run = try CheckpointedRun(
                program, input: nil, storage: storage, policy: Self.policy)
            for target in [0, 4095, 60_000, random.next() % last, random.next() % last, last] {
                var bits: UInt64 = 18
                var base: UInt64 = 0
                while bits > 0 {
                    let parts = min(bitCount, bits)
                    bits -= parts
                    let steps = (1..<UInt64(1) << parts).map { base + $0 << bits }
                    #expect(
                        try run.hashes(at: steps) == steps.map { expected[Int($0)].hash },
                        "from \(base) by 2^\(bits)")
                    base = (target >> bits) << bits
                }
                #expect(try run.row(at: target + 1).row == expected[Int(target + 1)].row)
                #expect(try run.hash(at: target) == expected[Int(target)].hash)
            }
        }
    }

    @Test(
        "last steps are those of the run without checkpoints, whatever was asked before",
        arguments: [try scattered(), try twoSections()])
    func lastSteps(_ program: RiscV.Program) throws {
        let expected = try Self.everything(program, 100_000)
        let storage = MemoryStorage()
        let run = try CheckpointedRun(
            program, input: nil, storage: storage, policy: Self.policy)
        try run.advance(to: 100_000)
        var random = SplitMix64.announced("last steps")
        for _ in 0..<60 {
            let step = 1 + random.next() % 99_000
            switch random.next() % 4 {
            case 0: #expect(try run.hash(at: step) == expected[Int(step)].hash)
            case 1:
                let found = try run.row(at: step)
                #expect(found.row == expected[Int(step)].row)
                #expect(found.hash == expected[Int(step)].hash)
            case 2:
                let row = expected[Int(step)].row
                for read in [row.firstRead, row.secondRead] where read.address != 0 {
                    #expect(try run.read(at: read.address, beforeStep: step) == read)
                }
            default:
                let steps = step...step + random.next() % 1000
                var rows: [TraceRow] = []
                try run.rows(steps) { row, _ in rows.append(row) }
                #expect(rows == steps.map { expected[Int($0)].row })
            }
        }
    }

    /// Counts what is read.
    private final class CountingStorage: CheckpointStorage {
        let storage = MemoryStorage()
        private(set) var readByteCount = 0

        /// Bytes that an action reads.
        func count(_ action: () throws -> Void) rethrows -> Int {
            readByteCount = 0
            try action()
            return readByteCount
        }

        func names() -> [String] { storage.names() }

        func byteCount(of name: String) throws(CheckpointFault) -> Int {
            try storage.byteCount(of: name)
        }

        func read(
            _ name: String, offset: Int, count: Int
        ) throws(CheckpointFault) -> [UInt8] {
            readByteCount += count
            return try storage.read(name, offset: offset, count: count)
        }

        func write(
            _ name: String, _ content: (Append) throws(CheckpointFault) -> Void
        ) throws(CheckpointFault) {
            try storage.write(name, content)
        }

        func remove(_ name: String) throws(CheckpointFault) { try storage.remove(name) }
    }

    @Test("a round costs no more than the words of memory, a wide one nothing at all")
    func cost() throws {
        let program = try Self.scattered()
        let storage = CountingStorage()
        let policy = CheckpointPolicy(spacing: 1 << 16, byteBudget: .max)
        try CheckpointedRun(program, input: nil, storage: storage, policy: policy)
            .advance(to: Self.stepCount)
        let run = try CheckpointedRun(program, input: nil, storage: storage, policy: policy)
        // 32 pages of 512 words are written between any two checkpoints, a 33rd now and then.
        let wordByteCount = 32 * 512 * 4...33 * 512 * 4
        let wide = (0...Self.stepCount >> 12).map { $0 << 12 }
        #expect(try storage.count { _ = try run.hashes(at: wide) } == 0)
        let base: UInt64 = 0x1_8000
        let narrow = (1...255).map { base + $0 << 3 }
        #expect(wordByteCount.contains(try storage.count { _ = try run.hashes(at: narrow) }))
        #expect(try storage.count { _ = try run.hash(at: base + 4000) } == 0, "goes on from there")
        let row = try storage.count { _ = try run.row(at: base) }
        #expect(wordByteCount.contains(row / 2))
        #expect(try storage.count { _ = try run.row(at: base + 1) } == 0)
        #expect(try storage.count { _ = try run.hash(at: base + 5000) } == 0)
        #expect(try storage.count { _ = try run.row(at: base + 5001) } == 0)
    }

    @Test("as many checkpoints are kept as the budget has room for, stops in between or not")
    func budget() throws {
        let program = try Self.scattered()
        let spacing: UInt64 = 20_000
        let one = MemoryStorage()
        try CheckpointedRun(
            program, input: nil, storage: one,
            policy: CheckpointPolicy(spacing: spacing, byteBudget: .max)
        ).advance(to: spacing)
        let policy = CheckpointPolicy(spacing: spacing, byteBudget: 17 * one.byteCount / 2)
        for stops in [[], [7, 30_000, 170_001, 175_000, 190_000]] as [[UInt64]] {
            let storage = MemoryStorage()
            for stop in stops + [16 * spacing] {
                let run = try CheckpointedRun(
                    program, input: nil, storage: storage, policy: policy)
                try run.advance(to: stop)
                #expect(storage.byteCount <= policy.byteBudget)
            }
            let run = try CheckpointedRun(
                program, input: nil, storage: storage, policy: policy)
            #expect(run.currentSpacing == 2 * spacing)
            #expect(run.lastStep == 16 * spacing)
        }
    }
}
