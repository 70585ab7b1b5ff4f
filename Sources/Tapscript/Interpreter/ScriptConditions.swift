/// The nested conditions of OP_IF; as in Bitcoin Core only their number and the outermost false
/// one are kept.
struct ScriptConditions {
    private var count = 0
    /// The index of the outermost false condition; -1 for none.
    private var firstFalse = -1

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    var areAllTrue: Bool { firstFalse < 0 }

    @inline(__always)
    mutating func push(_ isTrue: Bool) {
        if firstFalse < 0, !isTrue { firstFalse = count }
        count += 1
    }

    /// OP_ENDIF.
    @inline(__always)
    mutating func pop() throws(ScriptError) {
        guard count > 0 else { throw .unbalancedConditional }
        count -= 1
        if firstFalse == count { firstFalse = -1 }
    }

    /// OP_ELSE; inside of a branch that is not taken it changes nothing.
    @inline(__always)
    mutating func toggle() throws(ScriptError) {
        guard count > 0 else { throw .unbalancedConditional }
        if firstFalse < 0 {
            firstFalse = count - 1
        } else if firstFalse == count - 1 {
            firstFalse = -1
        }
    }
}
