public import Bitcoin

/// A run of a script, operation by operation.
public struct ScriptTrace: Sendable {
    /// An item on a stack.
    public struct Item: Hashable, Sendable {
        /// Its bytes.
        public let bytes: [UInt8]
        /// For copies of an item of the first stack its place there, 0 being the bottom.
        public let origin: Int?
    }

    /// What one operation did.
    public struct Step: Hashable, Sendable {
        /// 0-based, counting every opcode and push of the script.
        public let operationIndex: Int
        /// The opcode, or what is pushed.
        public let instruction: ScriptInstruction
        /// False in branches that are not taken.
        public let isExecuted: Bool
        /// After the operation, bottom first; as before where it failed.
        public let stack: [Item]
        /// After the operation, bottom first.
        public let altStack: [Item]
    }

    /// What the script began with, bottom first.
    public let firstStack: [Item]
    /// All operations that were reached; the last one failed if the run did not get to its end.
    public let steps: [Step]
    /// Why the script does not accept; nil where it does.
    public let failure: ScriptError?

    /// The stack before a step, bottom first.
    ///
    /// - Parameter index: 0-based position in `steps`.
    public func stackBefore(_ index: Int) -> [Item] {
        index == 0 ? firstStack : steps[index - 1].stack
    }
}

extension Interpreter {
    /// Executes a script of a witness as `evaluate` does, and tells what every operation did.
    ///
    /// The stacks of all steps are kept: for people, not for speed.
    ///
    /// - Parameters:
    ///   - stack: The bottom first.
    ///   - context: Of version `tapscript` or `witnessV0`.
    public static func trace(
        _ script: Script, stack: [[UInt8]], context: ScriptContext = ScriptContext()
    ) -> ScriptTrace {
        var recorder = ScriptRecorder(script)
        var failure: ScriptError?
        do throws(ScriptError) {
            try evaluate(CompiledScript(script), stack: stack, context: context, &recorder)
        } catch {
            failure = error
        }
        return ScriptTrace(
            firstStack: stack.enumerated().map { .init(bytes: $0.element, origin: $0.offset) },
            steps: recorder.finished, failure: failure)
    }
}

/// Writes down what every operation of a run does.
private struct ScriptRecorder: ScriptObserver {
    private let instructions: [ScriptInstruction]
    private var steps: [ScriptTrace.Step] = []
    /// The operation that has begun and not ended.
    private var open: ScriptTrace.Step?

    init(_ script: Script) {
        instructions = script.readableInstructions
    }

    /// All steps, the failed one last.
    var finished: [ScriptTrace.Step] {
        steps + (open.map { [$0] } ?? [])
    }

    mutating func willExecute(_ index: Int, _ machine: borrowing ScriptMachine) {
        let isExecuted =
            machine.conditions.areAllTrue
            || machine.script.operations[index].action.isConditional
        open = step(index, isExecuted ? .executed : .skipped, machine)
    }

    mutating func didExecute(_ index: Int, _ machine: borrowing ScriptMachine) {
        let begun = open?.isExecuted ?? false
        steps.append(step(index, begun ? .executed : .skipped, machine))
        open = nil
    }

    private enum Execution { case executed, skipped }

    private func step(
        _ index: Int, _ execution: Execution, _ machine: borrowing ScriptMachine
    ) -> ScriptTrace.Step {
        ScriptTrace.Step(
            operationIndex: index,
            instruction: index < instructions.count
                ? instructions[index] : .opcode(.invalidOpcode),
            isExecuted: execution == .executed, stack: machine.traced(machine.stack),
            altStack: machine.traced(machine.altStack))
    }
}

extension ScriptMachine {
    /// The items with their origins, bottom first.
    fileprivate borrowing func traced(_ chosen: borrowing SlotStack) -> [ScriptTrace.Item] {
        (0..<chosen.count).reversed().map { depth in
            let slot = chosen[depth]
            return ScriptTrace.Item(
                bytes: arena.bytes(of: slot),
                origin: slot.origin == 0 ? nil : Int(slot.origin) - 1)
        }
    }
}

extension Script {
    /// The instructions up to the first that cannot be read.
    fileprivate var readableInstructions: [ScriptInstruction] {
        do {
            return try instructions()
        } catch {
            guard case .truncatedPush(let offset, _, _) = error else { return [] }
            return Script(Array(bytes[..<offset])).readableInstructions
        }
    }
}
