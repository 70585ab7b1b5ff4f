/// Steps that leave memory alone.
extension Step {
    @inline(__always)
    func result(_ value: UInt32, _ state: inout some StateAccess) -> Successor {
        if operands.destination != 0 {
            state.writeRegister(operands.destination, value)
        }
        return .following
    }

    @inline(__always)
    func link(_ target: UInt32, _ state: inout some StateAccess) -> Successor {
        if operands.destination != 0 {
            state.writeRegister(operands.destination, address &+ 4)
        }
        return .jump(target)
    }

    @inline(__always)
    func branch(
        _ state: inout some StateAccess, isTaken: (UInt32, UInt32) -> Bool
    ) -> Successor {
        let left = state.firstRegister(operands.first)
        let right = state.secondRegister(operands.second)
        return isTaken(left, right)
            ? .jump(address &+ operands.immediate) : .following
    }

    @inline(__always)
    func immediate(
        _ state: inout some StateAccess, _ compute: (UInt32, UInt32) -> UInt32
    ) -> Successor {
        let left = state.firstRegister(operands.first)
        state.writeRegister(operands.destination, compute(left, operands.immediate))
        return .following
    }

    @inline(__always)
    func operation(
        _ state: inout some StateAccess, _ compute: (UInt32, UInt32) -> UInt32
    ) -> Successor {
        let left = state.firstRegister(operands.first)
        let right = state.secondRegister(operands.second)
        state.writeRegister(operands.destination, compute(left, right))
        return .following
    }

    @inline(__always)
    func division(
        _ state: inout some StateAccess, _ divide: (UInt32, UInt32) -> Arithmetic.Division
    ) -> Successor {
        let left = state.firstRegister(operands.first)
        let division = divide(left, state.secondRegister(operands.second))
        state.writeRegister(operands.destination, division.quotient)
        state.note(witness: division.remainder)
        return .following
    }

    @inline(__always)
    func remainder(
        _ state: inout some StateAccess, _ divide: (UInt32, UInt32) -> Arithmetic.Division
    ) -> Successor {
        let left = state.firstRegister(operands.first)
        let division = divide(left, state.secondRegister(operands.second))
        state.writeRegister(operands.destination, division.remainder)
        state.note(witness: division.quotient)
        return .following
    }

    /// ECALL: only the call that ends the program leaves anything in its row.
    @inline(__always)
    func ecall(_ state: inout some StateAccess) -> Successor {
        guard state.callsForHalt() else { return .following }
        _ = state.firstRegister(RegisterIndex.a7)
        state.writeRegister(RegisterIndex.a0, state.secondRegister(RegisterIndex.a0))
        return .halt
    }
}
