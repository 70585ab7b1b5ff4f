import MachineSupport
import RiscV
import TestSupport
import Testing

@Suite("The judge of one row")
struct RowJudgeTests {
    /// Ways to break a row in one field.
    static let breaks =
        RowBreak.common + [
            RowBreak("read_1 from the future") { $0.firstRead.lastStep = $0.stepNumber },
            RowBreak("read_2 from the future") { $0.secondRead.lastStep = $0.stepNumber },
        ]

    @Test("honest rows pass, and no row passes with one field changed")
    func broken() throws {
        var random = SplitMix64.announced("judge")
        var keys: Set<String> = []
        for _ in 0..<60 {
            var generator = RandomProgram(random)
            let program = try Program(
                entryPoint: RandomProgram.codeStart, sections: generator.sections())
            random = generator.rest
            let machine = try Machine(program, tracking: .writes)
            var rows: [TraceRow] = []
            machine.record(to: 200) { row, _ in rows.append(row) }
            if case .trapped = machine.ending { rows.removeLast() }
            for row in rows where keys.count < 73 {
                #expect(RowJudge.finding(in: row) == nil, "\(row.csv)")
                for way in Self.breaks {
                    var changed = row
                    way.change(&changed)
                    guard changed != row else { continue }
                    #expect(RowJudge.finding(in: changed) != nil, "\(way.name): \(changed.csv)")
                }
                let code = Instruction(decoding: row.opcode).code.rawValue
                let key = StepCode(rawValue: code + row.readCounter.micro)?.scriptKey
                keys.insert(key ?? "")
            }
        }
        #expect(keys.subtracting(InstructionTableTests.scriptKeys).isEmpty)
        #expect(keys.count > 60)
    }

    @Test("a register 0 that is not zero")
    func zeroRegister() {
        var row = TraceRow(stepNumber: 1)
        row.opcode = 0x0000_0513
        row.firstRead = .init(address: 0xF000_0000, value: 1, lastStep: .max)
        row.write = .init(address: 0xF000_0028, value: 1)
        row.nextCounter.address = 4
        row.memoryWitness = MemoryWitness(.register, .unused, .register)
        #expect(RowJudge.finding(in: row) == .contradiction(field: "read_1"))
        row.firstRead.value = 0
        row.write.value = 0
        #expect(RowJudge.finding(in: row) == nil)
    }

    @Test("a jump off the words")
    func unalignedJump() {
        var row = TraceRow(stepNumber: 1)
        row.opcode = 0x0020_006F
        row.nextCounter.address = 2
        #expect(RowJudge.finding(in: row) == .unalignedJump)
    }

    @Test("the byte of a row's witness", arguments: 0...255 as ClosedRange<Int>)
    func witnessByte(_ byte: Int) {
        let isValid =
            byte < 64 && byte >> 4 != 3 && byte >> 2 & 3 != 3 && byte & 3 != 3
        let witness = MemoryWitness(byte: UInt8(byte))
        #expect((witness != nil) == isValid)
        #expect(witness == nil || witness?.byte == UInt8(byte))
    }
}
