import MachineSupport
import RiscV
import TestSupport
import Testing

/// Rows of loads and stores that are right in themselves, and may still be rows of no run.
@Suite("Micro-steps that an access comes to")
struct MicroStepTests {
    private static let code: UInt32 = 0x8000_0000
    private static let data: UInt32 = 0x9000_0000

    /// A machine before a micro-step of an access: register 5 to or from memory at register 6.
    private static func machine(
        _ definition: InstructionDefinition, alignment: UInt32, micro: Int,
        random: inout SplitMix64
    ) -> SlowMachine {
        let registers: UInt32 = definition.format == .load ? 5 << 7 : 5 << 20
        let sections = [
            Section(
                name: "code", start: code, byteCount: 4, kind: .code,
                content: .initialized([definition.match | registers | 6 << 15])),
            Section(
                name: "data", start: data, byteCount: 8, kind: .readWrite,
                content: .initialized((0..<2).map { _ in UInt32(random.next() >> 32) })),
        ]
        var machine = SlowMachine(entryPoint: code, sections: sections)
        machine.step = 8
        machine.micro = UInt8(micro)
        machine.registers[5] = UInt32(random.next() >> 32)
        machine.registers[6] = data + alignment
        return machine
    }

    /// The rows of one access, first of the micro-steps that it makes by itself.
    private static func access(
        _ definition: InstructionDefinition, _ alignment: UInt32, _ random: inout SplitMix64
    ) -> [TraceRow] {
        var machine = machine(definition, alignment: alignment, micro: 0, random: &random)
        var rows: [TraceRow] = []
        repeat { rows.append(machine.advance()) } while machine.micro != 0
        return rows
    }

    /// The row of a later micro-step of which only the address is not zero, right in itself.
    private static func row(
        _ definition: InstructionDefinition, _ alignment: UInt32, _ micro: UInt8
    ) -> TraceRow {
        let isLoad = definition.format == .load
        let second = micro >= 4 || isLoad ? data + 4 : data
        var row = TraceRow(stepNumber: 9)
        row.opcode = definition.match | (isLoad ? 5 << 7 : 5 << 20) | 6 << 15
        row.readCounter = ProgramCounter(address: code, micro: micro)
        row.nextCounter = ProgramCounter(address: code, micro: micro + 1)
        row.firstRead = .init(address: 0xF000_0018, value: data + alignment, lastStep: 3)
        switch micro % 4 {
        case 0,
            1 where isLoad:
            row.secondRead = .init(address: second, lastStep: 4)
            row.write.address = isLoad ? 0xF000_0084 : 0xF000_0080
            row.memoryWitness = MemoryWitness(.register, .memory, .register)
        case 1:
            row.secondRead = .init(address: 0xF000_0014, lastStep: 4)
            row.write.address = 0xF000_0084
            row.memoryWitness = MemoryWitness(.register, .register, .register)
        default:
            row.secondRead = .init(address: 0xF000_0080, lastStep: 4)
            row.write.address = second
            row.memoryWitness = MemoryWitness(.register, .register, .memory)
            if micro == 7 || definition.name == "sb" || definition.name == "sh" && alignment < 3 {
                row.nextCounter = ProgramCounter(address: code + 4, micro: 0)
            }
        }
        return row
    }

    @Test("the micro-steps that an access makes are rows, the others that look at it are not")
    func reached() {
        var random = SplitMix64.announced("micro-steps")
        var counts = [true: 0, false: 0]
        for definition in InstructionTable.definitions where definition.format.hasMicroSteps {
            for alignment in UInt32(0)..<4 {
                let rows = Self.access(definition, alignment, &random)
                #expect(rows.allSatisfy { StepOpening.finding(in: $0) == nil })
                #expect(rows.allSatisfy { RowJudge.finding(in: $0) == nil })
                // The others look at the auxiliary registers alone, and cannot tell.
                let micros = definition.format == .load ? [1] : [1, 3, 4, 5, 7]
                for micro in micros where micro < definition.microCount {
                    let row = Self.row(definition, alignment, UInt8(micro))
                    let isReached = micro < rows.count
                    let name = "\(definition.name) \(micro) at \(alignment): \(row.csv)"
                    #expect(
                        StepOpening.finding(in: row) == (isReached ? nil : .unreached), "\(name)")
                    #expect(
                        RowJudge.finding(in: row) == (isReached ? nil : .unreached), "\(name)")
                    counts[isReached, default: 0] += 1
                }
            }
        }
        #expect(counts == [true: 39, false: 21])
    }

    @Test("auxiliary registers with a digit in common are joined by no access")
    func joined() {
        var random = SplitMix64.announced("joined registers")
        for definition in InstructionTable.definitions where definition.microCount > 1 {
            for micro in definition.microCount == 8 ? [2, 6] : [2] {
                for place in stride(from: 0, to: 32, by: 4) {
                    var machine = Self.machine(
                        definition, alignment: 3, micro: micro, random: &random)
                    machine.registers[32] = 0x5 << UInt32(place)
                    machine.registers[33] = ~(0xF << UInt32(place))
                    var whole = machine
                    let row = whole.advance()
                    #expect(StepOpening.finding(in: row) == nil, "\(row.csv)")
                    #expect(RowJudge.finding(in: row) == nil, "\(row.csv)")
                    machine.registers[33] |= 0x2 << UInt32(place)
                    let overlapping = machine.advance()
                    #expect(StepOpening.finding(in: overlapping) == .overlappingParts)
                    #expect(RowJudge.finding(in: overlapping) == .overlappingParts)
                }
            }
        }
    }

    @Test("a load into register 0 is over after its second word")
    func loadIntoNothing() {
        var row = TraceRow(stepNumber: 1)
        row.opcode = 0x0011_2003
        row.readCounter = ProgramCounter(address: 0, micro: 2)
        row.nextCounter.address = 4
        #expect(RowJudge.finding(in: row) == nil)
        row.readCounter.micro = 3
        #expect(RowJudge.finding(in: row) == .noSuchStep)
    }

    @Test("a read that is not made has no last step")
    func strayLastSteps() {
        var nop = TraceRow(stepNumber: 9)
        nop.opcode = 0x13
        nop.nextCounter.address = 4
        #expect(StepOpening.finding(in: nop) == nil)
        for step in [1, 8, UInt64.max] {
            var row = nop
            row.firstRead.lastStep = step
            #expect(StepOpening.finding(in: row) == .contradiction(field: "read_1"))
            row = nop
            row.secondRead.lastStep = step
            #expect(StepOpening.finding(in: row) == .contradiction(field: "read_2"))
        }
        var call = nop
        call.opcode = 0x73
        call = StepOpening.row(
            opening: call, a7: .init(address: StepOpening.a7Address, value: 1, lastStep: 3))
        #expect(StepOpening.finding(in: call) == nil)
        call.secondRead.lastStep = 1
        #expect(StepOpening.finding(in: call) == .contradiction(field: "read_2"))
    }
}
