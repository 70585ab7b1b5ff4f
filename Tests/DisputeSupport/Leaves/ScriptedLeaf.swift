package import DisputeLeaves
package import RiscV
internal import Tapscript

/// An instruction leaf that can be run.
package struct ScriptedLeaf: Sendable {
    package let leaf: InstructionLeaf
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
}

extension StepCode {
    /// For failures.
    package var text: String { scriptKey ?? "none" }
}
