import Primitives
import RiscV
import TestSupport
import Testing

/// Runs that are left, taken up, and asked about.
@Suite("Checkpoints")
struct CheckpointedRunTests {
    /// About 236,000 steps of work on all of memory: dozens of samples of the chain.
    static let rounds: UInt8 = 1

    static func program() throws -> RiscV.Program {
        try TestProgramTests.program("sieve")
    }

    static let input = ProgramInput([rounds, 0, 0, 0])

    /// Small enough that a short run has many checkpoints, and no power of two.
    static let policy = CheckpointPolicy(spacing: 10_000, byteBudget: .max)

    /// Every row and hash of the run, made without checkpoints.
    private static func everything() throws -> [(row: TraceRow, hash: Bytes20)] {
        let machine = try Machine(try program(), input: input, tracking: .writesAndHashes)
        var rows = [(row: TraceRow(stepNumber: 0), hash: BLAKE3Chain.initialHash)]
        machine.record(to: .max) { rows.append((row: $0, hash: $1)) }
        return rows
    }

    private static func run(
        _ storage: MemoryStorage, _ policy: CheckpointPolicy = policy
    ) throws -> CheckpointedRun<MemoryStorage> {
        try CheckpointedRun(try program(), input: input, storage: storage, policy: policy)
    }

    @Test("any row and any hash, the steps of checkpoints and their neighbours among them")
    func questions() throws {
        let expected = try Self.everything()
        let last = UInt64(expected.count - 1)
        let storage = MemoryStorage()
        let run = try Self.run(storage)
        try run.advance(to: .max)
        #expect(run.lastStep == last)
        #expect(run.ending == .halt(returnValue: 0, step: last))
        #expect(last > 200_000, "several samples and checkpoints")
        var random = SplitMix64.announced("checkpoints")
        var steps: Set<UInt64> = [0, 1, last - 1, last]
        for multiple in stride(from: 10_000, to: last, by: 10_000) {
            steps.formUnion([multiple - 1, multiple, multiple + 1])
        }
        for multiple in stride(from: 1 << 12, to: last, by: 1 << 14) {
            steps.formUnion([multiple - 1, multiple, multiple + 1])
        }
        for _ in 0..<40 { steps.insert(random.next() % (last + 1)) }
        // Taken up from what is kept, and asked in no order.
        let again = try Self.run(storage)
        for step in steps.shuffled(using: &random) {
            let (row, hash) = try again.row(at: step)
            #expect(row == expected[Int(step)].row)
            #expect(hash == expected[Int(step)].hash)
            #expect(try again.hash(at: step) == hash)
        }
        let sorted = steps.sorted()
        #expect(try again.hashes(at: sorted) == sorted.map { expected[Int($0)].hash })
        for lower in [0, 1, 9_999, 10_000, last - 20] as [UInt64] {
            var rows: [TraceRow] = []
            try again.rows(lower...lower + 20) { row, hash in
                #expect(hash == expected[Int(row.stepNumber)].hash)
                rows.append(row)
            }
            #expect(rows == expected[Int(lower)...Int(lower + 20)].map(\.row))
        }
        #expect(throws: CheckpointFault.beyondEnd(step: last + 1, lastStep: last)) {
            try again.hash(at: last + 1)
        }
        #expect(throws: CheckpointFault.beyondEnd(step: last + 1, lastStep: last)) {
            try again.rows(last...last + 1) { _, _ in Issue.record("none is given") }
        }
    }

    @Test("a run in pieces of any size is the run in one piece")
    func pieces() throws {
        let whole = try Machine(
            try Self.program(), input: Self.input, tracking: .writesAndHashes)
        let result = whole.run(limit: .max)
        var random = SplitMix64.announced("pieces")
        let storage = MemoryStorage()
        var reached: UInt64 = 0
        while reached < whole.stepNumber {
            let run = try Self.run(storage)
            #expect(run.lastStep == reached)
            let target = reached + 1 + random.next() % 60_000
            try run.advance(to: target)
            reached = min(target, whole.stepNumber)
            #expect(run.lastStep == reached)
            if reached < whole.stepNumber {
                #expect(run.ending == nil)
                #expect(run.result(limit: reached) == .limitReached(step: reached))
            }
        }
        let run = try Self.run(storage)
        #expect(run.result(limit: .max) == result)
        #expect(run.result(limit: 7) == .limitReached(step: 7))
        #expect(try run.hash(at: reached) == whole.hash)
        #expect(try run.hash(at: 1 << 16) == Self.everything()[1 << 16].hash)
    }

    @Test("a budget joins checkpoints, and every answer stays the same")
    func budget() throws {
        let expected = try Self.everything()
        let free = MemoryStorage()
        try Self.run(free).advance(to: .max)
        let tight = MemoryStorage()
        let budget = free.byteCount / 4
        let policy = CheckpointPolicy(spacing: 10_000, byteBudget: budget)
        let run = try Self.run(tight, policy)
        try run.advance(to: .max)
        #expect(tight.byteCount <= budget)
        #expect(run.byteCount == tight.byteCount)
        #expect(tight.files.count < free.files.count)
        #expect(run.currentSpacing > 10_000)
        let again = try Self.run(tight, policy)
        #expect(again.currentSpacing == run.currentSpacing)
        for step in stride(from: 0, to: expected.count, by: 12_345) {
            #expect(try again.row(at: UInt64(step)).row == expected[step].row)
            #expect(try again.hash(at: UInt64(step)) == expected[step].hash)
        }
        // One checkpoint is kept whatever it takes.
        let none = MemoryStorage()
        let single = try Self.run(none, CheckpointPolicy(spacing: 10_000, byteBudget: 0))
        try single.advance(to: .max)
        #expect(none.files.count == 1)
        #expect(try single.row(at: 100_000).row == expected[100_000].row)
    }

    @Test("every kind of ending is kept", arguments: TestProgramTests.exceptions)
    func keptEnding(_ name: String) throws {
        let program = try TestProgramTests.program(name)
        let storage = MemoryStorage()
        let machine = try Machine(program, tracking: .writesAndHashes)
        var rows: [TraceRow] = []
        machine.record(to: 1000) { row, _ in rows.append(row) }
        try CheckpointedRun(program, input: nil, storage: storage).advance(to: 1000)
        let run = try CheckpointedRun(program, input: nil, storage: storage)
        #expect(run.ending == machine.ending)
        #expect(run.lastStep == machine.stepNumber)
        #expect(try run.hash(at: run.lastStep) == machine.hash)
        #expect(try run.row(at: run.lastStep).row == rows.last)
    }

    @Test("checkpoints of another program or another input are refused")
    func otherRuns() throws {
        let storage = MemoryStorage()
        try Self.run(storage).advance(to: 20_000)
        let name = try #require(storage.files.keys.min())
        func open(_ program: RiscV.Program, _ input: ProgramInput?) throws {
            _ = try CheckpointedRun(program, input: input, storage: storage)
        }
        let program = try Self.program()
        try open(program, Self.input)
        let others: [ProgramInput?] = [
            nil, ProgramInput([2, 0, 0, 0]), ProgramInput([1]),
            ProgramInput([1, 0, 0, 0], byteOrder: .reversedWords),
        ]
        for other in others {
            #expect(throws: CheckpointFault.otherRun(name: name)) { try open(program, other) }
        }
        #expect(throws: CheckpointFault.otherRun(name: name)) {
            try open(TestProgramTests.program("sha256"), Self.input)
        }
        #expect(throws: CheckpointFault.program(.noInputSection(name: "x"))) {
            _ = try CheckpointedRun(
                program, input: ProgramInput([1], sectionName: "x"), storage: MemoryStorage())
        }
    }
}
