import Bitcoin

extension ScriptMachine {
    /// A sequence with this bit is no lock (BIP-68).
    private static let sequenceLockDisableFlag: Int64 = 1 << 31

    @inline(__always)
    mutating func unary(_ action: ScriptAction) throws(ScriptError) {
        try need(1)
        let value = try number(0)
        switch action {
        case .add1: stack[0] = .number(value + 1)
        case .sub1: stack[0] = .number(value - 1)
        case .negate: stack[0] = .number(-value)
        case .abs: stack[0] = .number(Swift.abs(value))
        case .not: stack[0] = .truth(value == 0)
        case .notEqual0: stack[0] = .truth(value != 0)
        default: preconditionFailure("the opcode takes one number")
        }
    }

    @inline(__always)
    mutating func binary(_ action: ScriptAction) throws(ScriptError) {
        try need(2)
        let left = try number(1)
        let right = try number(0)
        stack.drop(1)
        switch action {
        case .add: stack[0] = .number(left + right)
        case .sub: stack[0] = .number(left - right)
        case .boolAnd: stack[0] = .truth(left != 0 && right != 0)
        case .boolOr: stack[0] = .truth(left != 0 || right != 0)
        case .numEqual: stack[0] = .truth(left == right)
        case .numEqualVerify:
            guard left == right else { throw .numEqualVerify }
            stack.drop(1)
        case .numNotEqual: stack[0] = .truth(left != right)
        case .lessThan: stack[0] = .truth(left < right)
        case .greaterThan: stack[0] = .truth(left > right)
        case .lessThanOrEqual: stack[0] = .truth(left <= right)
        case .greaterThanOrEqual: stack[0] = .truth(left >= right)
        case .min: stack[0] = .number(Swift.min(left, right))
        case .max: stack[0] = .number(Swift.max(left, right))
        default: preconditionFailure("the opcode takes two numbers")
        }
    }

    mutating func within() throws(ScriptError) {
        try need(3)
        let value = try number(2)
        let lower = try number(1)
        let upper = try number(0)
        stack.drop(2)
        stack[0] = .truth(lower <= value && value < upper)
    }

    /// OP_CHECKLOCKTIMEVERIFY and OP_CHECKSEQUENCEVERIFY; no-operations where they have no meaning
    /// yet.
    mutating func checkLock(_ action: ScriptAction) throws(ScriptError) {
        let flag: ScriptVerifyFlags =
            action == .checkLockTimeVerify ? .checkLockTimeVerify : .checkSequenceVerify
        guard context.flags.contains(flag) else { return }
        try need(1)
        let lock = try stack[0].number(
            maximumByteCount: ScriptNumber.maximumLockByteCount, numberForm)
        guard lock >= 0 else { throw .negativeLockTime }
        if action == .checkLockTimeVerify {
            guard context.checker.checkLockTime(lock) else { throw .unsatisfiedLockTime }
        } else if lock & Self.sequenceLockDisableFlag == 0 {
            guard context.checker.checkSequence(lock) else { throw .unsatisfiedLockTime }
        }
    }
}
