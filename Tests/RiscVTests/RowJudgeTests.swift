import MachineSupport
import RiscV
import TestSupport
import Testing

@Suite("The judge of one row")
struct RowJudgeTests {
    /// Ways to break a row in one field.
    static let breaks: [(String, @Sendable (inout TraceRow) -> Void)] = [
        ("read_1 address", { $0.firstRead.address ^= 4 }),
        ("read_2 address", { $0.secondRead.address ^= 4 }),
        ("write address", { $0.write.address ^= 4 }),
        ("write value", { $0.write.value ^= 1 }),
        ("next address", { $0.nextCounter.address ^= 4 }),
        ("next micro", { $0.nextCounter.micro ^= 1 }),
        ("micro", { $0.readCounter.micro = 8 }),
        ("opcode", { $0.opcode = 0xFFFF_FFFF }),
        ("witness", { $0.witness = ($0.witness ?? 0) ^ 1 }),
        ("kind of read_1", { $0.memoryWitness.first = .memory }),
        ("kind of read_2", { $0.memoryWitness.second = $0.memoryWitness.second.other }),
        ("kind of write", { $0.memoryWitness.write = $0.memoryWitness.write.other }),
        ("read_1 from the future", { $0.firstRead.lastStep = $0.stepNumber }),
        ("read_2 from the future", { $0.secondRead.lastStep = $0.stepNumber }),
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
                for (name, change) in Self.breaks {
                    var changed = row
                    change(&changed)
                    guard changed != row else { continue }
                    #expect(RowJudge.finding(in: changed) != nil, "\(name): \(changed.csv)")
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

extension MemoryWitness.Kind {
    /// One of the two others.
    var other: Self {
        self == .register ? .unused : .register
    }
}
