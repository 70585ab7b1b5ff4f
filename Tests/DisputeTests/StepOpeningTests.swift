import Dispute
import MachineSupport
import RiscV
import TestSupport
import Testing

/// What the leaf of an instruction checks, without a script.
@Suite("Opened steps")
struct StepOpeningTests {
    /// Ways to change a row in one field that its leaf sees.
    static let breaks: [(String, @Sendable (inout TraceRow) -> Void)] = [
        ("read_1 address", { $0.firstRead.address ^= 4 }),
        ("read_2 address", { $0.secondRead.address ^= 4 }),
        ("write address", { $0.write.address ^= 4 }),
        ("write value", { $0.write.value ^= 1 }),
        ("next address", { $0.nextCounter.address ^= 4 }),
        ("next address within a word", { $0.nextCounter.address ^= 2 }),
        ("next micro", { $0.nextCounter.micro ^= 1 }),
        ("micro", { $0.readCounter.micro = 8 }),
        ("opcode", { $0.opcode = 0xFFFF_FFFF }),
        ("witness", { $0.witness = ($0.witness ?? 0) ^ 1 }),
        ("kind of read_1", { $0.memoryWitness.first = $0.memoryWitness.first.other }),
        ("kind of read_2", { $0.memoryWitness.second = $0.memoryWitness.second.other }),
        ("kind of write", { $0.memoryWitness.write = $0.memoryWitness.write.other }),
        (
            "an unused read",
            {
                if $0.memoryWitness.first == .unused { $0.firstRead.value = 1 }
                if $0.memoryWitness.second == .unused { $0.secondRead.value = 1 }
            }
        ),
    ]

    @Test("honest steps can be opened, and none with a field changed")
    func honest() throws {
        var random = SplitMix64.announced("openings")
        var codes: Set<StepCode> = []
        for _ in 0..<60 {
            var generator = RandomWorld(random)
            let world = try generator.world(.halt)
            random = generator.rest
            let truth = try world.truth()
            for row in truth.rows {
                let opened = StepOpening.row(
                    opening: row,
                    a7: truth.read(at: StepOpening.a7Address, beforeStep: row.stepNumber))
                #expect(StepOpening.finding(in: opened) == nil, "\(opened.csv)")
                #expect(opened.chainStep == row.chainStep)
                codes.insert(try #require(StepOpening.code(of: opened)))
                for (name, change) in Self.breaks {
                    var changed = opened
                    change(&changed)
                    guard changed != opened else { continue }
                    #expect(
                        StepOpening.finding(in: changed) != nil, "\(name): \(changed.csv)")
                }
            }
        }
        #expect(codes.count > 60)
    }

    private static func call(a7: UInt32) -> TraceRow {
        var row = TraceRow(stepNumber: 9)
        row.readCounter.address = 0x8000_0000
        row.opcode = 0x73
        row.nextCounter.address = 0x8000_0004
        return StepOpening.row(
            opening: row, a7: .init(address: StepOpening.a7Address, value: a7, lastStep: 3))
    }

    @Test("a call that does not end the program shows its a7, and 93 is none of these")
    func call() {
        let row = Self.call(a7: 116)
        #expect(row.memoryWitness.byte == 0x0A)
        #expect(row.firstRead.address == 0xF000_0044)
        #expect(StepOpening.finding(in: row) == nil)
        #expect(StepOpening.code(of: row) == .ecall)
        #expect(StepOpening.finding(in: Self.call(a7: 93)) != nil)
        var hidden = row
        hidden.firstRead = .init()
        hidden.memoryWitness = .unused
        #expect(StepOpening.finding(in: hidden) == .contradiction(field: "mem_witness"))
        var halting = row
        halting.firstRead.value = 93
        halting.secondRead = .init(address: 0xF000_0028, value: 0, lastStep: 4)
        halting.write.address = 0xF000_0028
        halting.nextCounter.address = 0x8000_0000
        halting.memoryWitness = MemoryWitness(.register, .register, .register)
        #expect(StepOpening.finding(in: halting) == nil)
        #expect(StepOpening.row(opening: halting, a7: .init()) == halting)
        halting.secondRead.value = 1
        halting.write.value = 1
        #expect(StepOpening.finding(in: halting) == .haltWithError)
    }

    @Test("what is compared by challenges is no matter of the leaf")
    func free() {
        var row = TraceRow(stepNumber: 1)
        row.opcode = 0x0000_0513
        row.firstRead = .init(address: 0xF000_0000, value: 5, lastStep: 77)
        row.write = .init(address: 0xF000_0028, value: 5)
        row.nextCounter.address = 4
        row.memoryWitness = MemoryWitness(.register, .unused, .register)
        #expect(StepOpening.finding(in: row) == nil)
        #expect(RowJudge.finding(in: row) != nil)
    }

    @Test("a load into register 0 is over after its second word")
    func loadIntoNothing() {
        var row = TraceRow(stepNumber: 1)
        row.opcode = 0x0011_2003
        row.readCounter = ProgramCounter(address: 0, micro: 2)
        row.nextCounter.address = 4
        #expect(StepOpening.code(of: row) == .nop)
        #expect(StepOpening.finding(in: row) == nil)
        row.readCounter.micro = 3
        #expect(StepOpening.code(of: row) == nil)
        #expect(StepOpening.finding(in: row) == .noSuchStep)
    }
}

extension MemoryWitness.Kind {
    /// One of the two others.
    fileprivate var other: Self { self == .register ? .unused : .register }
}
