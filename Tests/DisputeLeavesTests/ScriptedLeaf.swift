import DisputeLeaves
import RiscV
import Tapscript

/// An instruction leaf that can be run.
struct ScriptedLeaf: Sendable {
    let leaf: InstructionLeaf
    private let compiled: CompiledScript

    /// All 73, by code.
    static let all: [StepCode: ScriptedLeaf] = {
        var leaves: [StepCode: ScriptedLeaf] = [:]
        for code in StepCode.withScript {
            leaves[code] = try? ScriptedLeaf(code)
        }
        return leaves
    }()

    init(_ code: StepCode) throws {
        leaf = try InstructionLeaf(code)
        compiled = CompiledScript(leaf.script.script)
    }

    /// Whether the script takes these items, bottom of the stack first.
    func takes(_ items: [[UInt8]]) -> Bool {
        (try? Interpreter.evaluate(compiled, stack: items)) != nil
    }

    /// Whether the script takes a row.
    func takes(_ row: TraceRow) -> Bool {
        takes(leaf.witness(of: row))
    }
}

extension StepCode {
    /// For failures.
    var text: String { scriptKey ?? "none" }
}
