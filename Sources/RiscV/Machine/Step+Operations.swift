/// Steps that leave memory alone.
extension Step {
    @inline(__always)
    func result(_ value: UInt32, _ state: inout some StateAccess) -> NextStep {
        if instruction.destination != 0 {
            state.writeRegister(instruction.destination, value)
        }
        return .following(address)
    }

    @inline(__always)
    func link(_ target: UInt32, _ state: inout some StateAccess) -> NextStep {
        if instruction.destination != 0 {
            state.writeRegister(instruction.destination, address &+ 4)
        }
        return NextStep(address: target)
    }

    @inline(__always)
    func branch(
        _ state: inout some StateAccess, isTaken: (UInt32, UInt32) -> Bool
    ) -> NextStep {
        let left = state.firstRegister(instruction.first)
        let right = state.secondRegister(instruction.second)
        return isTaken(left, right)
            ? NextStep(address: address &+ instruction.immediate) : .following(address)
    }

    @inline(__always)
    func immediate(
        _ state: inout some StateAccess, _ compute: (UInt32, UInt32) -> UInt32
    ) -> NextStep {
        let left = state.firstRegister(instruction.first)
        state.writeRegister(instruction.destination, compute(left, instruction.immediate))
        return .following(address)
    }

    @inline(__always)
    func operation(
        _ state: inout some StateAccess, _ compute: (UInt32, UInt32) -> UInt32
    ) -> NextStep {
        let left = state.firstRegister(instruction.first)
        let right = state.secondRegister(instruction.second)
        state.writeRegister(instruction.destination, compute(left, right))
        return .following(address)
    }

    @inline(__always)
    func division(
        _ state: inout some StateAccess, _ divide: (UInt32, UInt32) -> Arithmetic.Division
    ) -> NextStep {
        let left = state.firstRegister(instruction.first)
        let division = divide(left, state.secondRegister(instruction.second))
        state.writeRegister(instruction.destination, division.quotient)
        state.note(witness: division.remainder)
        return .following(address)
    }

    @inline(__always)
    func remainder(
        _ state: inout some StateAccess, _ divide: (UInt32, UInt32) -> Arithmetic.Division
    ) -> NextStep {
        let left = state.firstRegister(instruction.first)
        let division = divide(left, state.secondRegister(instruction.second))
        state.writeRegister(instruction.destination, division.remainder)
        state.note(witness: division.quotient)
        return .following(address)
    }

    /// ECALL: only the call that ends the program leaves anything in its row.
    @inline(__always)
    func call(_ state: inout some StateAccess) -> NextStep {
        guard state.callsForHalt() else { return .following(address) }
        _ = state.firstRegister(RegisterIndex.a7)
        state.writeRegister(RegisterIndex.a0, state.secondRegister(RegisterIndex.a0))
        return NextStep(address: address, halts: true)
    }
}
