/// Loads and stores, by whole aligned words.
///
/// - Source: docs/protocol/machine.md, "Loads and stores".
extension Step {
    /// The address of a load or store; the base register is the step's first read.
    @inline(__always)
    func target(state: inout some StateAccess) -> UInt32 {
        state.firstRegister(operands.first) &+ operands.immediate
    }

    @inline(__always)
    private func keepFirst(
        _ word: UInt32, from target: UInt32, _ state: inout some StateAccess
    ) -> Successor {
        state.writeRegister(RegisterIndex.auxiliary1, word &>> (8 &* (target & 3)))
        return .micro(1)
    }

    @inline(__always)
    func loadWord(_ state: inout some StateAccess) throws(Trap) -> Successor {
        let target = target(state: &state)
        let word = try state.secondMemory(target & ~3)
        return target & 3 == 0 ? result(word, &state) : keepFirst(word, from: target, &state)
    }

    @inline(__always)
    func loadHalf(
        _ state: inout some StateAccess, extend: (UInt32) -> UInt32
    ) throws(Trap) -> Successor {
        let target = target(state: &state)
        let word = try state.secondMemory(target & ~3)
        return target & 3 != 3
            ? result(extend(word &>> (8 &* (target & 3))), &state)
            : keepFirst(word, from: target, &state)
    }

    @inline(__always)
    func loadFitting(
        _ state: inout some StateAccess, extend: (UInt32) -> UInt32
    ) throws(Trap) -> Successor {
        let target = target(state: &state)
        let word = try state.secondMemory(target & ~3)
        return result(extend(word &>> (8 &* (target & 3))), &state)
    }

    @inline(__always)
    func loadSecondWord(_ state: inout some StateAccess) throws(Trap) -> Successor {
        let target = target(state: &state)
        let word = try state.secondMemory((target & ~3) &+ 4)
        state.writeRegister(RegisterIndex.auxiliary2, word &<< secondShift(target))
        return .micro(2)
    }

    @inline(__always)
    func loadSecondHalf(
        _ state: inout some StateAccess, place: (UInt32) -> UInt32
    ) throws(Trap) -> Successor {
        let word = try state.secondMemory((target(state: &state) & ~3) &+ 4)
        state.writeRegister(RegisterIndex.auxiliary2, place(word))
        return .micro(2)
    }

    @inline(__always)
    func joinAuxiliaries(_ state: inout some StateAccess) -> Successor {
        let first = state.firstRegister(RegisterIndex.auxiliary1)
        let second = state.secondRegister(RegisterIndex.auxiliary2)
        state.writeRegister(RegisterIndex.auxiliary1, first | second)
        return .micro(micro &+ 1)
    }
}

extension Step {
    /// The bits of a store of so many bytes, as if it were aligned.
    @inline(__always)
    private func storedBits(_ byteCount: UInt32) -> UInt32 {
        UInt32.max &>> (32 &- 8 &* byteCount)
    }

    @inline(__always)
    func storeWord(_ state: inout some StateAccess) throws(Trap) -> Successor {
        let target = target(state: &state)
        guard target & 3 == 0 else { return try storeBegin(at: target, &state, byteCount: 4) }
        try state.writeMemory(target, state.secondRegister(operands.second))
        return .following
    }

    @inline(__always)
    func storeBegin(
        _ state: inout some StateAccess, byteCount: UInt32
    ) throws(Trap) -> Successor {
        try storeBegin(at: target(state: &state), &state, byteCount: byteCount)
    }

    @inline(__always)
    private func storeBegin(
        at target: UInt32, _ state: inout some StateAccess, byteCount: UInt32
    ) throws(Trap) -> Successor {
        let word = try state.secondMemory(target & ~3)
        let kept = word & ~(storedBits(byteCount) &<< (8 &* (target & 3)))
        state.writeRegister(RegisterIndex.auxiliary1, kept)
        return .micro(1)
    }

    @inline(__always)
    func storePart(_ state: inout some StateAccess, byteCount: UInt32) -> Successor {
        let shift = 8 &* (target(state: &state) & 3)
        let value = state.secondRegister(operands.second) & storedBits(byteCount)
        state.writeRegister(RegisterIndex.auxiliary2, value &<< shift)
        return .micro(2)
    }

    @inline(__always)
    func storeFirstWord(
        _ state: inout some StateAccess, byteCount: UInt32
    ) throws(Trap) -> Successor {
        let target = target(state: &state)
        let word = state.secondRegister(RegisterIndex.auxiliary1)
        try state.writeMemory(target & ~3, word)
        // A word that fits is stored in one step and never comes here.
        return byteCount == 4 || (target & 3) &+ byteCount > 4 ? .micro(4) : .following
    }

    /// How far the stored bytes of the second word are shifted down.
    @inline(__always)
    private func secondShift(_ target: UInt32) -> UInt32 {
        8 &* (4 &- (target & 3))
    }

    @inline(__always)
    func storeContinue(
        _ state: inout some StateAccess, byteCount: UInt32
    ) throws(Trap) -> Successor {
        let target = target(state: &state)
        let word = try state.secondMemory((target & ~3) &+ 4)
        let kept = word & ~(storedBits(byteCount) &>> secondShift(target))
        state.writeRegister(RegisterIndex.auxiliary1, kept)
        return .micro(5)
    }

    @inline(__always)
    func storeSecondPart(_ state: inout some StateAccess, byteCount: UInt32) -> Successor {
        let shift = secondShift(target(state: &state))
        let value = state.secondRegister(operands.second) & storedBits(byteCount)
        state.writeRegister(RegisterIndex.auxiliary2, value &>> shift)
        return .micro(6)
    }

    @inline(__always)
    func storeSecondWord(_ state: inout some StateAccess) throws(Trap) -> Successor {
        let target = target(state: &state)
        try state.writeMemory(
            (target & ~3) &+ 4, state.secondRegister(RegisterIndex.auxiliary1))
        return .following
    }
}
