import Bitcoin
import Primitives

/// Sees every operation of a run; the run is specialised for each kind of observer.
protocol ScriptObserver {
    mutating func willExecute(_ index: Int, _ machine: borrowing ScriptMachine)
    mutating func didExecute(_ index: Int, _ machine: borrowing ScriptMachine)
}

/// Sees nothing and costs nothing.
struct NoScriptObserver: ScriptObserver {
    @inline(__always)
    mutating func willExecute(_ index: Int, _ machine: borrowing ScriptMachine) {}
    @inline(__always)
    mutating func didExecute(_ index: Int, _ machine: borrowing ScriptMachine) {}
}

/// The state of one run of one script (Bitcoin Core's `EvalScript`).
struct ScriptMachine: ~Copyable {
    /// The most items of both stacks (`MAX_STACK_SIZE`).
    static let maximumItemCount = 1000
    /// The most counted opcodes before tapscript (`MAX_OPS_PER_SCRIPT`).
    static let maximumOperationCount = 201
    /// What one opcode can add before the limit is checked: OP_3DUP.
    private static let slackItemCount = 3

    let script: CompiledScript
    let context: ScriptContext
    let numberForm: NumberForm
    var stack: SlotStack
    var altStack: SlotStack
    var arena: ByteArena
    var conditions = ScriptConditions()
    var countedOperationCount = 0
    /// Where the last executed OP_CODESEPARATOR ends, in bytes.
    var scriptCodeOffset = 0
    /// Which operation the last executed OP_CODESEPARATOR is; 0xFFFFFFFF for none.
    var codeSeparatorPosition = UInt32.max
    var validationWeightLeft: Int

    /// - Parameter items: The bottom first; none has more than 2^32 - 1 bytes.
    init(_ script: CompiledScript, items: [[UInt8]], context: ScriptContext) {
        self.script = script
        self.context = context
        numberForm = context.flags.contains(.minimalData) ? .shortest : .any
        let itemByteCount = items.reduce(0) { $0 + $1.count }
        let scriptBytes = script.script.bytes
        arena = ByteArena(
            capacity: scriptBytes.count + itemByteCount + script.digestByteCount)
        let origin = arena.append(scriptBytes)
        precondition(origin == 0, "pushes know their bytes by the offset in the script")
        let capacity = max(Self.maximumItemCount, items.count) + Self.slackItemCount
        stack = SlotStack(capacity: capacity)
        altStack = SlotStack(capacity: capacity)
        for (index, item) in items.enumerated() {
            var slot = arena.slot(item)
            slot.origin = UInt32(truncatingIfNeeded: index + 1)
            stack.push(slot)
        }
        validationWeightLeft = context.validationWeight ?? .max
    }

    /// Runs all operations; the stack then holds the result.
    mutating func run(_ observer: inout some ScriptObserver) throws(ScriptError) {
        let operations = script.operations
        let isCounting = context.version == .base || context.version == .witnessV0
        let refusesSeparators =
            context.version == .base && context.flags.contains(.constScriptCode)
        if isCounting, script.script.byteCount > Script.maximumByteCount { throw .scriptSize }
        for index in operations.indices {
            let operation = operations[index]
            observer.willExecute(index, self)
            if isCounting, operation.isCounted {
                countedOperationCount += 1
                if countedOperationCount > Self.maximumOperationCount { throw .opCount }
            }
            if operation.hazard != .none { throw Self.reason(of: operation.hazard) }
            if refusesSeparators, operation.action == .codeSeparator { throw .opCodeSeparator }
            if conditions.areAllTrue || operation.action.isConditional {
                try execute(operation, at: index)
            }
            if stack.count + altStack.count > Self.maximumItemCount { throw .stackSize }
            observer.didExecute(index, self)
        }
        if !conditions.isEmpty { throw .unbalancedConditional }
    }

    private static func reason(of hazard: ScriptOperation.Hazard) -> ScriptError {
        switch hazard {
        case .oversized: .pushSize
        case .disabled: .disabledOpcode
        case .none, .truncated: .badOpcode
        }
    }

    @inline(__always)
    private mutating func execute(
        _ operation: ScriptOperation, at index: Int
    ) throws(ScriptError) {
        let action = operation.action
        switch action {
        case .push:
            if numberForm == .shortest, !operation.isMinimal { throw .minimalData }
            stack.push(operation.slot)
        case .nop: break
        case .upgradableNop:
            if context.flags.contains(.discourageUpgradableNops) {
                throw .discourageUpgradableNops
            }
        case .ifTrue, .notIf: try beginBranch(action)
        case .verIf, .bad: throw .badOpcode
        case .otherwise: try conditions.toggle()
        case .endIf: try conditions.pop()
        case .verify:
            try need(1)
            guard arena.isTrue(stack[0]) else { throw .verify }
            stack.drop(1)
        case .fail: throw .opReturn
        case .toAltStack, .fromAltStack: try moveAcross(action)
        case .drop2, .dup2, .dup3, .over2, .rot2, .swap2: try rearrangeMany(action)
        case .ifDup, .depth, .drop, .dup, .nip, .over, .rot, .swap, .tuck:
            try rearrange(action)
        case .pick, .roll: try pick(action)
        case .size, .equal, .equalVerify: try compare(action)
        case .add1, .sub1, .negate, .abs, .not, .notEqual0: try unary(action)
        case .add, .sub, .boolAnd, .boolOr, .numEqual, .numEqualVerify, .numNotEqual, .lessThan,
            .greaterThan, .lessThanOrEqual, .greaterThanOrEqual, .min, .max:
            try binary(action)
        case .within: try within()
        case .ripemd160, .sha1, .sha256, .hash160, .hash256: try hash(action)
        case .codeSeparator:
            scriptCodeOffset = operation.slot.offset
            codeSeparatorPosition = UInt32(truncatingIfNeeded: index)
        case .checkSig, .checkSigVerify, .checkSigAdd: try checkSignature(action)
        case .checkMultisig, .checkMultisigVerify: try checkMultisig(action)
        case .checkLockTimeVerify, .checkSequenceVerify: try checkLock(action)
        }
    }

    /// Refuses an opcode that takes more items than there are.
    @inline(__always)
    func need(_ itemCount: Int) throws(ScriptError) {
        if stack.count < itemCount { throw .invalidStackOperation }
    }

    /// The number that an item encodes, of at most four bytes.
    @inline(__always)
    func number(_ depth: Int) throws(ScriptError) -> Int64 {
        try stack[depth].number(maximumByteCount: ScriptNumber.maximumByteCount, numberForm)
    }

    /// The items, bottom first.
    borrowing func items(_ chosen: borrowing SlotStack) -> [[UInt8]] {
        (0..<chosen.count).reversed().map { arena.bytes(of: chosen[$0]) }
    }
}
