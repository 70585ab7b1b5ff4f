import DisputeLeaves
import DisputeSupport
import RiscV
import Tapscript
import TestSupport
import Testing

@Suite("Instruction leaves")
struct InstructionLeafTests {
    static let codes = Array(StepCode.withScript)

    private static func leaf(_ code: StepCode) throws -> ScriptedLeaf {
        guard let leaf = ScriptedLeaf.all[code] else { throw MissingLeaf(code: code) }
        return leaf
    }

    private struct MissingLeaf: Error {
        let code: StepCode
    }

    /// Rows that are right.
    private static func rows(
        _ code: StepCode, count: Int, _ random: inout SplitMix64
    ) -> [TraceRow] {
        var maker = RowMaker(random)
        var rows: [TraceRow] = []
        while rows.count < count {
            if let row = maker.row(code) { rows.append(row) }
        }
        random = maker.random
        return rows
    }

    /// Fails with the row if script and meaning say different things about it.
    ///
    /// An expectation would describe both in full each time.
    private static func compare(
        _ leaf: ScriptedLeaf, _ row: TraceRow, isRight: Bool, _ what: String = ""
    ) -> Bool {
        let isTaken = leaf.takes(row)
        if isTaken != isRight {
            Issue.record("\(leaf.leaf.code.text) \(what) script: \(isTaken), row: \(row.csv)")
        }
        return isTaken == isRight
    }

    @Test("there are 73, none needs OP_IF, and all are small")
    func bounds() throws {
        let count = ScriptedLeaf.all.count
        #expect(count == 73)
        var total = 0
        for code in Self.codes {
            let script = try Self.leaf(code).leaf.script
            let (size, peak) = (script.properties.byteCount, script.properties.peakItemCount)
            total += size
            #expect(size <= 1_300, "\(code.text)")
            #expect(peak <= 250, "\(code.text)")
            let conditions = script.steps.count { ["OP_IF", "OP_NOTIF"].contains($0.text) }
            #expect(conditions == 0, "\(code.text)")
        }
        #expect(total <= 40_000)
    }

    @Test("rows that are right pass, with values at which something turns over", arguments: codes)
    func honest(_ code: StepCode) throws {
        var random = SplitMix64.announced("honest \(code.text)")
        let leaf = try Self.leaf(code)
        for row in Self.rows(code, count: 300, &random) {
            guard leaf.leaf.accepts(row), Self.compare(leaf, row, isRight: true) else {
                Issue.record("\(code.text): \(row.csv)")
                return
            }
        }
    }

    @Test("of every digit of every field, exactly the values pass that are right", arguments: codes)
    func digits(_ code: StepCode) throws {
        var random = SplitMix64.announced("digits \(code.text)")
        let leaf = try Self.leaf(code)
        for row in Self.rows(code, count: 3, &random) {
            var items = leaf.leaf.witness(of: row)
            var position = 0
            for field in leaf.leaf.layout.readFields {
                let digits = field.digits(of: row)
                for index in digits.indices {
                    let original = items[position]
                    for value: UInt8 in 0..<16 where value != digits[index] {
                        items[position] = value == 0 ? [] : [value]
                        var changed = digits
                        changed[index] = value
                        var other = row
                        let isRow = field.put(changed, into: &other)
                        let isRight = isRow && leaf.leaf.accepts(other)
                        guard leaf.takes(items) == isRight else {
                            let place = "\(field.rawValue)[\(index)]=\(value)"
                            Issue.record("\(code.text) \(place), right: \(isRight): \(row.csv)")
                            return
                        }
                    }
                    items[position] = original
                    position += 1
                }
            }
        }
    }

    @Test(
        "of two digits of any two fields, exactly the values pass that are right", arguments: codes)
    func pairs(_ code: StepCode) throws {
        var random = SplitMix64.announced("pairs \(code.text)")
        let leaf = try Self.leaf(code)
        let fields = leaf.leaf.layout.readFields
        for original in Self.rows(code, count: 6, &random) {
            for (index, first) in fields.enumerated() {
                for second in fields[index...] {
                    var row = original
                    let isRow =
                        Self.change(first, &row, &random) && Self.change(second, &row, &random)
                    guard isRow else { continue }
                    let isRight = leaf.leaf.accepts(row)
                    guard Self.compare(leaf, row, isRight: isRight, "pair") else { return }
                }
            }
        }
    }

    /// Replaces one digit of a field by another; false if no row has the field that comes of it.
    private static func change(
        _ field: RowField, _ row: inout TraceRow, _ random: inout SplitMix64
    ) -> Bool {
        var digits = field.digits(of: row)
        let index = Int.random(in: digits.indices, using: &random)
        digits[index] = (digits[index] + UInt8.random(in: 1..<16, using: &random)) & 15
        return field.put(digits, into: &row)
    }

    @Test("rows with any change pass exactly if they are right", arguments: codes)
    func changed(_ code: StepCode) throws {
        var random = SplitMix64.announced("changed \(code.text)")
        let leaf = try Self.leaf(code)
        for original in Self.rows(code, count: 150, &random) {
            var maker = RowMaker(random)
            var row = original
            for _ in 0...maker.below(2) {
                let fields = leaf.leaf.layout.readFields
                let field = fields[Int(maker.below(UInt32(fields.count)))]
                let digits = Self.changed(field.digits(of: row), &maker)
                _ = field.put(digits, into: &row)
            }
            random = maker.random
            let isRight = leaf.leaf.accepts(row)
            guard Self.compare(leaf, row, isRight: isRight, "changed") else { return }
        }
    }

    /// A small change, one bit, other digits, or another number.
    private static func changed(_ digits: [UInt8], _ maker: inout RowMaker) -> [UInt8] {
        let bitCount = UInt64(4 * digits.count)
        var number = digits.reduce(0 as UInt64) { $0 << 4 | UInt64($1) }
        switch maker.below(4) {
        case 0: number &+= UInt64(maker.below(9)) &- 4
        case 1: number ^= 1 << UInt64(maker.below(UInt32(bitCount)))
        case 2: number = 0 &- number
        default: number = UInt64(maker.value())
        }
        return digits.indices.reversed().map { UInt8(number >> (4 * UInt64($0)) & 15) }
    }

    @Test("no leaf takes the row of another")
    func others() throws {
        var random = SplitMix64.announced("others")
        for code in Self.codes {
            for row in Self.rows(code, count: 4, &random) {
                for other in Self.codes where other != code {
                    guard Self.compare(try Self.leaf(other), row, isRight: false) else { return }
                }
            }
        }
    }

    @Test("a row with too few or too many digits")
    func itemCount() throws {
        var random = SplitMix64.announced("item count")
        for code in Self.codes {
            let leaf = try Self.leaf(code)
            let row = try #require(Self.rows(code, count: 1, &random).first)
            let items = leaf.leaf.witness(of: row)
            let hasAll = items.count == leaf.leaf.layout.readItemCount
            let takesFewer = leaf.takes(Array(items.dropFirst()))
            let takesMore = leaf.takes([[1]] + items)
            #expect(hasAll && !takesFewer && !takesMore, "\(code.text)")
        }
    }
}
