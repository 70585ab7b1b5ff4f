import DisputeLeaves
import DisputeSupport
import RiscV
import Tapscript
import TestSupport
import Testing

/// Places where a script could take more than one row.
@Suite("Corners of instruction leaves")
struct LeafCornerTests {
    private struct MissingLeaf: Error {}

    private static func leaf(_ code: StepCode) throws -> ScriptedLeaf {
        guard let leaf = ScriptedLeaf.all[code] else { throw MissingLeaf() }
        return leaf
    }

    private static let corners: [UInt32] = [
        0, 1, 2, 3, 7, 0x10, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_0000,
        0xFFFF_FFF9, 0xFFFF_FFFD, 0xFFFF_FFFE, 0xFFFF_FFFF,
    ]

    /// A row of `code` for registers 1 and 2 into 3.
    private static func row(
        _ definition: InstructionDefinition, _ first: UInt32, _ second: UInt32
    ) -> TraceRow {
        var row = TraceRow(stepNumber: 1)
        row.opcode = definition.match | 2 << 20 | 1 << 15 | 3 << 7
        row.readCounter.address = 0x8000_0000
        row.nextCounter.address = 0x8000_0004
        row.firstRead = TraceRow.Read(address: 0xF000_0004, value: first, lastStep: 7)
        row.secondRead = TraceRow.Read(address: 0xF000_0008, value: second, lastStep: 8)
        row.write.address = 0xF000_000C
        row.memoryWitness = MemoryWitness(.register, .register, .register)
        return row
    }

    @Test(
        "other quotients and remainders that fit the equation are refused",
        arguments: ["div", "divu", "rem", "remu"])
    func otherQuotients(_ name: String) throws {
        let definition = try #require(
            InstructionTable.definitions.first { $0.name == name })
        let leaf = try Self.leaf(definition.firstCode)
        let isQuotient = name.hasPrefix("div")
        var right = 0
        for dividend in Self.corners {
            for divisor in Self.corners {
                var candidates: Set<UInt32> = Set(Self.corners)
                for near in -3...3 as ClosedRange<Int64> {
                    let quotient = Self.quotient(dividend, divisor, name.hasSuffix("u"))
                    candidates.insert(UInt32(truncatingIfNeeded: quotient + near))
                }
                for quotient in candidates {
                    var row = Self.row(definition, dividend, divisor)
                    let remainder = dividend &- quotient &* divisor
                    row.write.value = isQuotient ? quotient : remainder
                    row.witness = isQuotient ? remainder : quotient
                    let isRight = leaf.leaf.accepts(row)
                    right += isRight ? 1 : 0
                    if leaf.takes(row) != isRight {
                        Issue.record("\(name), right: \(isRight): \(row.csv)")
                        return
                    }
                }
            }
        }
        // Each pair has one answer.
        #expect(right == Self.corners.count * Self.corners.count)
    }

    private static func quotient(
        _ dividend: UInt32, _ divisor: UInt32, _ isUnsigned: Bool
    ) -> Int64 {
        guard divisor != 0 else { return -1 }
        return isUnsigned
            ? Int64(dividend / divisor)
            : Int64(Int32(bitPattern: dividend)) / Int64(Int32(bitPattern: divisor))
    }

    @Test(
        "every pair of corners has one result",
        arguments: StepCode.add.rawValue...StepCode.mulhu.rawValue)
    func oneResult(_ number: UInt8) throws {
        let code = try #require(StepCode(rawValue: number))
        let definition = try #require(
            InstructionTable.definitions.first { $0.firstCode == code })
        let leaf = try Self.leaf(code)
        for first in Self.corners {
            for second in Self.corners {
                let row = Self.row(definition, first, second)
                var candidates: Set<UInt32> = Set(Self.corners)
                candidates.formUnion([first &* second, first, second, first &- second])
                candidates.formUnion((0..<32).map { first << $0 })
                candidates.formUnion((0..<32).map { first >> $0 })
                for value in candidates {
                    var other = row
                    other.write.value = value
                    let isRight = leaf.leaf.accepts(other)
                    if leaf.takes(other) != isRight {
                        Issue.record("\(code.text), right: \(isRight): \(other.csv)")
                        return
                    }
                }
            }
        }
    }

    @Test("nop takes exactly the opcodes without effect")
    func opcodesWithoutEffect() throws {
        var random = SplitMix64.announced("opcodes without effect")
        let leaf = try Self.leaf(.nop)
        var row = TraceRow(stepNumber: 1)
        row.nextCounter.address = 4
        var taken = 0
        for high in 0..<256 as Range<UInt32> {
            for function in 0..<16 as Range<UInt32> {
                for low in 0..<256 as Range<UInt32> where [3, 7, 15].contains(low & 15) {
                    let number = UInt32(truncatingIfNeeded: random.next())
                    // Bits of registers: none, few or any.
                    let middle = [0, 0x10, number & 0xFF][Int(number >> 8 & 3) % 3]
                    let destination = number >> 10 & 15 == 0 ? 1 : 0 as UInt32
                    row.opcode =
                        high << 24 | middle << 16 | function << 12 | destination << 8 | low
                    row.readCounter.micro = number >> 14 & 3 == 0 || low == 3 ? 2 : 0
                    let isRight = leaf.leaf.accepts(row)
                    taken += isRight ? 1 : 0
                    if leaf.takes(row) != isRight {
                        Issue.record("right: \(isRight): \(row.csv)")
                        return
                    }
                }
            }
        }
        #expect(taken > 1_000)
    }

    @Test("a call's number is 93 or is not, and only its own form passes")
    func calls() throws {
        let leaf = try Self.leaf(.ecall)
        for number in Self.corners + [92, 93, 94, 0x15D, 0x8000_005D] {
            for kinds in [0x00, 0x0A, 0x08, 0x02, 0x2A] as [UInt8] {
                for returned in [0, 1] as [UInt32] {
                    var row = TraceRow(stepNumber: 9)
                    row.opcode = 0x73
                    row.firstRead = TraceRow.Read(
                        address: 0xF000_0044, value: number, lastStep: 3)
                    guard let witness = MemoryWitness(byte: kinds) else { continue }
                    row.memoryWitness = witness
                    if kinds == 0 {
                        row.secondRead = TraceRow.Read(
                            address: 0xF000_0028, value: returned, lastStep: 4)
                        row.write = TraceRow.Write(address: 0xF000_0028, value: returned)
                    }
                    for next in [0, 4] as [UInt32] {
                        row.nextCounter.address = next
                        let isRight =
                            number == 93
                            ? kinds == 0 && returned == 0 && next == 0
                            : kinds == 0x0A && next == 4
                        #expect(leaf.leaf.accepts(row) == isRight)
                        let isTaken = leaf.takes(row)
                        #expect(isTaken == isRight, "\(row.csv)")
                    }
                }
            }
        }
    }

    @Test("a check inside of a larger leaf takes its row away and nothing else")
    func insideOfLargerLeaf() throws {
        var maker = RowMaker(SplitMix64.announced("inside"))
        for code in StepCode.withScript {
            var row: TraceRow?
            while row == nil { row = maker.row(code) }
            guard let row else { continue }
            var assembler = Assembler()
            let below = assembler.input("below", count: 2)
            let layout = InstructionLeaf.layout(of: code)
            var fields: [RowField: Items] = [:]
            for field in layout.readFields {
                fields[field] = assembler.input(field.rawValue, count: field.digitCount)
            }
            InstructionLeaf.check(code, fields, &assembler)
            let script = try assembler.finish(leaving: below).script
            let left = try Interpreter.execute(
                CompiledScript(script), stack: [[5], [6]] + layout.bodyWitness(of: row))
            #expect(left == [[5], [6]], "\(code.text)")
        }
    }
}
