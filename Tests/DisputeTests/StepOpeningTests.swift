import Dispute
import DisputeSupport
import MachineSupport
import RiscV
import TestSupport
import Testing

/// What the leaf of an instruction checks, without a script.
@Suite("Opened steps")
struct StepOpeningTests {
    /// Ways to change a row in one field that its leaf sees.
    static let breaks =
        RowBreak.common + [
            RowBreak("next address within a word") { $0.nextCounter.address ^= 2 },
            RowBreak("kind of read_1") { $0.memoryWitness.first = $0.memoryWitness.first.other },
            RowBreak("an unused read") {
                if $0.memoryWitness.first == .unused { $0.firstRead.value = 1 }
                if $0.memoryWitness.second == .unused { $0.secondRead.value = 1 }
            },
            RowBreak("last step of an unused read") {
                if $0.memoryWitness.first == .unused { $0.firstRead.lastStep = 1 }
                if $0.memoryWitness.second == .unused { $0.secondRead.lastStep = 1 }
            },
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
                for way in Self.breaks {
                    var changed = opened
                    way.change(&changed)
                    guard changed != opened else { continue }
                    #expect(
                        StepOpening.finding(in: changed) != nil, "\(way.name): \(changed.csv)")
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
