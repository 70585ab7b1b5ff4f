import Bitcoin

extension ScriptMachine {
    /// OP_IF and OP_NOTIF.
    @inline(__always)
    mutating func beginBranch(_ action: ScriptAction) throws(ScriptError) {
        guard conditions.areAllTrue else {
            conditions.push(false)
            return
        }
        try need(1)
        let argument = stack.pop()
        let isShortest =
            argument.byteCount == 0 || (argument.byteCount == 1 && argument.word == 1)
        if !isShortest {
            if context.version == .tapscript { throw .tapscriptMinimalIf }
            if context.version == .witnessV0, context.flags.contains(.minimalIf) {
                throw .minimalIf
            }
        }
        conditions.push(arena.isTrue(argument) == (action == .ifTrue))
    }

    @inline(__always)
    mutating func moveAcross(_ action: ScriptAction) throws(ScriptError) {
        if action == .toAltStack {
            try need(1)
            altStack.push(stack.pop())
        } else {
            guard altStack.count >= 1 else { throw .invalidAltStackOperation }
            stack.push(altStack.pop())
        }
    }

    /// Opcodes that move one item.
    @inline(__always)
    mutating func rearrange(_ action: ScriptAction) throws(ScriptError) {
        switch action {
        case .depth: stack.push(.number(Int64(stack.count)))
        case .drop:
            try need(1)
            stack.drop(1)
        case .dup:
            try need(1)
            stack.push(stack[0])
        case .ifDup:
            try need(1)
            if arena.isTrue(stack[0]) { stack.push(stack[0]) }
        case .nip:
            try need(2)
            stack[1] = stack[0]
            stack.drop(1)
        case .over:
            try need(2)
            stack.push(stack[1])
        case .rot:
            try need(3)
            (stack[2], stack[1], stack[0]) = (stack[1], stack[0], stack[2])
        case .swap:
            try need(2)
            (stack[1], stack[0]) = (stack[0], stack[1])
        case .tuck:
            try need(2)
            let top = stack[0]
            (stack[1], stack[0]) = (top, stack[1])
            stack.push(top)
        default: preconditionFailure("the opcode moves one item")
        }
    }

    /// Opcodes that move two or three items.
    mutating func rearrangeMany(_ action: ScriptAction) throws(ScriptError) {
        switch action {
        case .drop2:
            try need(2)
            stack.drop(2)
        case .dup2:
            try need(2)
            repeatItem(at: 1, 2)
        case .dup3:
            try need(3)
            repeatItem(at: 2, 3)
        case .over2:
            try need(4)
            repeatItem(at: 3, 2)
        case .rot2:
            try need(6)
            for _ in 0..<2 {
                stack.push(stack.remove(5))
            }
        case .swap2:
            try need(4)
            (stack[3], stack[1]) = (stack[1], stack[3])
            (stack[2], stack[0]) = (stack[0], stack[2])
        default: preconditionFailure("the opcode moves several items")
        }
    }

    private mutating func repeatItem(at depth: Int, _ count: Int) {
        for _ in 0..<count {
            stack.push(stack[depth])
        }
    }

    /// OP_PICK and OP_ROLL.
    @inline(__always)
    mutating func pick(_ action: ScriptAction) throws(ScriptError) {
        try need(2)
        let depth = try number(0)
        stack.drop(1)
        guard depth >= 0, depth < stack.count else { throw .invalidStackOperation }
        if action == .pick {
            stack.push(stack[Int(depth)])
        } else {
            stack.push(stack.remove(Int(depth)))
        }
    }

    /// OP_SIZE, OP_EQUAL and OP_EQUALVERIFY.
    @inline(__always)
    mutating func compare(_ action: ScriptAction) throws(ScriptError) {
        guard action != .size else {
            try need(1)
            stack.push(.number(Int64(stack[0].byteCount)))
            return
        }
        try need(2)
        let isEqual = arena.areEqual(stack[1], stack[0])
        if action == .equal {
            stack.drop(1)
            stack[0] = .truth(isEqual)
        } else {
            guard isEqual else { throw .equalVerify }
            stack.drop(2)
        }
    }
}
