/// Steps that leave memory alone.
extension Step {
    @inline(__always)
    func result(_ value: UInt32, _ state: inout some StateAccess) -> Successor {
        if instruction.destination != 0 {
            state.writeRegister(instruction.destination, value)
        }
        return .following
    }

    @inline(__always)
    func link(_ target: UInt32, _ state: inout some StateAccess) -> Successor {
        if instruction.destination != 0 {
            state.writeRegister(instruction.destination, address &+ 4)
        }
        return .jump(target)
    }

    @inline(__always)
    func branch(
        _ state: inout some StateAccess, isTaken: (UInt32, UInt32) -> Bool
    ) -> Successor {
        let left = state.firstRegister(instruction.first)
        let right = state.secondRegister(instruction.second)
        return isTaken(left, right)
            ? .jump(address &+ instruction.immediate) : .following
    }

    @inline(__always)
    func immediate(
        _ state: inout some StateAccess, _ compute: (UInt32, UInt32) -> UInt32
    ) -> Successor {
        let left = state.firstRegister(instruction.first)
        state.writeRegister(instruction.destination, compute(left, instruction.immediate))
        return .following
    }

    @inline(__always)
    func operation(
        _ state: inout some StateAccess, _ compute: (UInt32, UInt32) -> UInt32
    ) -> Successor {
        let left = state.firstRegister(instruction.first)
        let right = state.secondRegister(instruction.second)
        state.writeRegister(instruction.destination, compute(left, right))
        return .following
    }

    @inline(__always)
    func division(
        _ state: inout some StateAccess, _ divide: (UInt32, UInt32) -> Arithmetic.Division
    ) -> Successor {
        let left = state.firstRegister(instruction.first)
        let division = divide(left, state.secondRegister(instruction.second))
        state.writeRegister(instruction.destination, division.quotient)
        state.note(witness: division.remainder)
        return .following
    }

    @inline(__always)
    func remainder(
        _ state: inout some StateAccess, _ divide: (UInt32, UInt32) -> Arithmetic.Division
    ) -> Successor {
        let left = state.firstRegister(instruction.first)
        let division = divide(left, state.secondRegister(instruction.second))
        state.writeRegister(instruction.destination, division.remainder)
        state.note(witness: division.quotient)
        return .following
    }

    /// ECALL: only the call that ends the program leaves anything in its row.
    @inline(__always)
    func call(_ state: inout some StateAccess) -> Successor {
        guard state.callsForHalt() else { return .following }
        _ = state.firstRegister(RegisterIndex.a7)
        state.writeRegister(RegisterIndex.a0, state.secondRegister(RegisterIndex.a0))
        return .halt
    }
}
