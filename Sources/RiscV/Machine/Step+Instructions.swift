// What each instruction does, one function each: every loop and the judge are made of these.

/// Upper halves, jumps and branches.
extension Step {
    @inline(__always)
    func lui(_ state: inout some StateAccess) -> Successor { result(operands.immediate, &state) }

    @inline(__always)
    func auipc(_ state: inout some StateAccess) -> Successor {
        result(address &+ operands.immediate, &state)
    }

    @inline(__always)
    func jal(_ state: inout some StateAccess) -> Successor {
        link(address &+ operands.immediate, &state)
    }

    @inline(__always)
    func jalr(_ state: inout some StateAccess) -> Successor {
        let base = state.firstRegister(operands.first)
        return link((base &+ operands.immediate) & ~1, &state)
    }

    @inline(__always)
    func beq(_ state: inout some StateAccess) -> Successor { branch(&state) { $0 == $1 } }

    @inline(__always)
    func bne(_ state: inout some StateAccess) -> Successor { branch(&state) { $0 != $1 } }

    @inline(__always)
    func blt(_ state: inout some StateAccess) -> Successor {
        branch(&state) { Arithmetic.isLess($0, $1) }
    }

    @inline(__always)
    func bge(_ state: inout some StateAccess) -> Successor {
        branch(&state) { !Arithmetic.isLess($0, $1) }
    }

    @inline(__always)
    func bltu(_ state: inout some StateAccess) -> Successor { branch(&state) { $0 < $1 } }

    @inline(__always)
    func bgeu(_ state: inout some StateAccess) -> Successor { branch(&state) { $0 >= $1 } }
}

/// Arithmetic with an immediate.
extension Step {
    @inline(__always)
    func addi(_ state: inout some StateAccess) -> Successor { immediate(&state) { $0 &+ $1 } }

    @inline(__always)
    func slti(_ state: inout some StateAccess) -> Successor {
        immediate(&state) { Arithmetic.isLess($0, $1) ? 1 : 0 }
    }

    @inline(__always)
    func sltiu(_ state: inout some StateAccess) -> Successor {
        immediate(&state) { $0 < $1 ? 1 : 0 }
    }

    @inline(__always)
    func xori(_ state: inout some StateAccess) -> Successor { immediate(&state) { $0 ^ $1 } }

    @inline(__always)
    func ori(_ state: inout some StateAccess) -> Successor { immediate(&state) { $0 | $1 } }

    @inline(__always)
    func andi(_ state: inout some StateAccess) -> Successor { immediate(&state) { $0 & $1 } }

    @inline(__always)
    func slli(_ state: inout some StateAccess) -> Successor { immediate(&state) { $0 &<< $1 } }

    @inline(__always)
    func srli(_ state: inout some StateAccess) -> Successor { immediate(&state) { $0 &>> $1 } }

    @inline(__always)
    func srai(_ state: inout some StateAccess) -> Successor {
        immediate(&state) { Arithmetic.shiftRightArithmetic($0, $1) }
    }
}

/// Arithmetic between registers.
extension Step {
    @inline(__always)
    func add(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 &+ $1 } }

    @inline(__always)
    func sub(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 &- $1 } }

    @inline(__always)
    func sll(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 &<< $1 } }

    @inline(__always)
    func slt(_ state: inout some StateAccess) -> Successor {
        operation(&state) { Arithmetic.isLess($0, $1) ? 1 : 0 }
    }

    @inline(__always)
    func sltu(_ state: inout some StateAccess) -> Successor {
        operation(&state) { $0 < $1 ? 1 : 0 }
    }

    @inline(__always)
    func xor(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 ^ $1 } }

    @inline(__always)
    func srl(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 &>> $1 } }

    @inline(__always)
    func sra(_ state: inout some StateAccess) -> Successor {
        operation(&state) { Arithmetic.shiftRightArithmetic($0, $1) }
    }

    @inline(__always)
    func or(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 | $1 } }

    @inline(__always)
    func and(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 & $1 } }
}

/// Multiplication and division.
extension Step {
    @inline(__always)
    func mul(_ state: inout some StateAccess) -> Successor { operation(&state) { $0 &* $1 } }

    @inline(__always)
    func mulh(_ state: inout some StateAccess) -> Successor {
        operation(&state) { Arithmetic.highSignedSigned($0, $1) }
    }

    @inline(__always)
    func mulhsu(_ state: inout some StateAccess) -> Successor {
        operation(&state) { Arithmetic.highSignedUnsigned($0, $1) }
    }

    @inline(__always)
    func mulhu(_ state: inout some StateAccess) -> Successor {
        operation(&state) { Arithmetic.highUnsignedUnsigned($0, $1) }
    }

    @inline(__always)
    func div(_ state: inout some StateAccess) -> Successor {
        division(&state) { Arithmetic.divideSigned($0, $1) }
    }

    @inline(__always)
    func divu(_ state: inout some StateAccess) -> Successor {
        division(&state) { Arithmetic.divideUnsigned($0, $1) }
    }

    @inline(__always)
    func rem(_ state: inout some StateAccess) -> Successor {
        remainder(&state) { Arithmetic.divideSigned($0, $1) }
    }

    @inline(__always)
    func remu(_ state: inout some StateAccess) -> Successor {
        remainder(&state) { Arithmetic.divideUnsigned($0, $1) }
    }
}

/// First steps of loads and stores.
extension Step {
    @inline(__always)
    func lb(_ state: inout some StateAccess) throws(Trap) -> Successor {
        try loadFitting(&state) { Arithmetic.signExtendedByte($0) }
    }

    @inline(__always)
    func lbu(_ state: inout some StateAccess) throws(Trap) -> Successor {
        try loadFitting(&state) { $0 & 0xFF }
    }

    @inline(__always)
    func lh(_ state: inout some StateAccess) throws(Trap) -> Successor {
        try loadHalf(&state) { Arithmetic.signExtendedHalf($0) }
    }

    @inline(__always)
    func lhu(_ state: inout some StateAccess) throws(Trap) -> Successor {
        try loadHalf(&state) { $0 & 0xFFFF }
    }

    @inline(__always)
    func lw(_ state: inout some StateAccess) throws(Trap) -> Successor { try loadWord(&state) }

    @inline(__always)
    func sb(_ state: inout some StateAccess) throws(Trap) -> Successor {
        try storeBegin(&state, byteCount: 1)
    }

    @inline(__always)
    func sh(_ state: inout some StateAccess) throws(Trap) -> Successor {
        try storeBegin(&state, byteCount: 2)
    }

    @inline(__always)
    func sw(_ state: inout some StateAccess) throws(Trap) -> Successor { try storeWord(&state) }
}
