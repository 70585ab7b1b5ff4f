package import DisputeLeaves
package import RiscV
internal import Tapscript

/// An instruction leaf that can be run.
package struct ScriptedLeaf: Sendable {
    package let leaf: InstructionLeaf
    private let fields: [RowField]
    private let compiled: CompiledScript

    /// All 73, by code.
    package static let all: [StepCode: ScriptedLeaf] = {
        var leaves: [StepCode: ScriptedLeaf] = [:]
        for code in StepCode.withScript {
            leaves[code] = try? ScriptedLeaf(code)
        }
        return leaves
    }()

    package init(_ code: StepCode) throws {
        leaf = try InstructionLeaf(code)
        fields = leaf.layout.readFields
        compiled = CompiledScript(leaf.script.script)
    }

    /// Whether the script takes these items, bottom of the stack first.
    package func takes(_ items: [[UInt8]]) -> Bool {
        (try? Interpreter.evaluate(compiled, stack: items)) != nil
    }

    /// Whether the script takes a row.
    package func takes(_ row: TraceRow) -> Bool {
        takes(leaf.witness(of: row))
    }

    /// Whether the script takes a row whose items were made before.
    package func takes(_ row: RowItems) -> Bool {
        takes(fields.flatMap { row[$0] })
    }
}

/// The items of all fields of a row, for scripts that take them in different orders.
package struct RowItems {
    private var fields: [[[UInt8]]]

    /// The items of a row.
    package init(_ row: TraceRow) {
        fields = RowField.allCases.map { DigitItems.of($0.digits(of: row)) }
    }

    subscript(_ field: RowField) -> [[UInt8]] {
        fields[field.index]
    }
}

extension RowField {
    private static let indices = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })

    fileprivate var index: Int {
        Self.indices[self] ?? 0
    }
}

/// Digits as items of a witness.
package enum DigitItems {
    private static let table: [[UInt8]] = (0..<16).map { $0 == 0 ? [] : [$0] }

    /// Minimal numbers.
    ///
    /// - Parameter digits: Each below 16.
    package static func of(_ digits: [UInt8]) -> [[UInt8]] {
        digits.map { table[Int($0)] }
    }
}

extension StepCode {
    /// For failures.
    package var text: String { scriptKey ?? "none" }
}
