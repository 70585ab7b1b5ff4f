/// How a program goes on after a step, as the step itself knows it.
enum Successor {
    /// With the instruction behind this one.
    case following
    /// Somewhere else; whether one may be there is for others to say.
    case jump(UInt32)
    /// With another micro-step of this instruction.
    case micro(UInt32)
    /// Not at all.
    case halt
}

/// One step of the machine over any state.
///
/// The instruction stays where it is decoded: what a step does not need of it is not loaded, and
/// its address is computed from that place by those steps that need it.
@safe
struct Step {
    private let place: UnsafePointer<Operands>
    private let origin: Int
    let micro: UInt32

    /// - Parameters:
    ///   - place: Where the instruction is, for as long as the step is used.
    ///   - origin: Where the instruction of address 0 would be, as a number: instructions take
    ///     twice the room of the words that they are decoded from.
    @inline(__always)
    @unsafe
    init(at place: UnsafePointer<Operands>, origin: Int, micro: UInt32) {
        unsafe self.place = place
        self.origin = origin
        self.micro = micro
    }

    /// - Parameter place: Where the instruction is, for as long as the step is used.
    @inline(__always)
    @unsafe
    init(at place: UnsafePointer<Operands>, address: UInt32, micro: UInt32) {
        let origin = Int(bitPattern: place) &- 2 &* Int(address)
        unsafe self.init(at: place, origin: origin, micro: micro)
    }

    var operands: Operands {
        @inline(__always) get { unsafe place.pointee }
    }

    var address: UInt32 {
        @inline(__always) get {
            unsafe UInt32(truncatingIfNeeded: (Int(bitPattern: place) &- origin) >> 1)
        }
    }

    /// Where the step is in the program.
    var counter: ProgramCounter {
        @inline(__always) get {
            ProgramCounter(address: address, micro: UInt8(truncatingIfNeeded: micro))
        }
    }

    /// Where the program goes on.
    @inline(__always)
    func next(_ successor: Successor) -> NextStep {
        switch successor {
        case .following: .following(address)
        case .jump(let target): NextStep(address: target)
        case .micro(let micro): NextStep(address: address, micro: micro)
        case .halt: NextStep(address: address, halts: true)
        }
    }

    /// Makes the step.
    ///
    /// - Parameter code: The first code of the instruction, here and below.
    /// - Returns: Where the program goes on; the caller refuses an address that is not aligned.
    func make(
        _ code: StepCode, _ state: inout some StateAccess
    ) throws(Trap) -> NextStep {
        next(try makeAny(code, &state))
    }

    @inline(__always)
    func makeAny(
        _ code: StepCode, _ state: inout some StateAccess
    ) throws(Trap) -> Successor {
        if micro == 0 { return try makeFirst(code, &state) }
        return try makeLater(code, &state)
    }

    /// Makes the first step of an instruction, for most the only one.
    @inline(__always)
    func makeFirst(
        _ code: StepCode, _ state: inout some StateAccess
    ) throws(Trap) -> Successor {
        switch code {
        case .nop: return .following
        case .lui: return lui(&state)
        case .auipc: return auipc(&state)
        case .jal: return jal(&state)
        case .jalr: return jalr(&state)
        case .beq: return beq(&state)
        case .bne: return bne(&state)
        case .blt: return blt(&state)
        case .bge: return bge(&state)
        case .bltu: return bltu(&state)
        case .bgeu: return bgeu(&state)
        case .addi: return addi(&state)
        case .slti: return slti(&state)
        case .sltiu: return sltiu(&state)
        case .xori: return xori(&state)
        case .ori: return ori(&state)
        case .andi: return andi(&state)
        case .slli: return slli(&state)
        case .srli: return srli(&state)
        case .srai: return srai(&state)
        case .add: return add(&state)
        case .sub: return sub(&state)
        case .sll: return sll(&state)
        case .slt: return slt(&state)
        case .sltu: return sltu(&state)
        case .xor: return xor(&state)
        case .srl: return srl(&state)
        case .sra: return sra(&state)
        case .or: return or(&state)
        case .and: return and(&state)
        case .mul: return mul(&state)
        case .mulh: return mulh(&state)
        case .mulhsu: return mulhsu(&state)
        case .mulhu: return mulhu(&state)
        case .div: return div(&state)
        case .divu: return divu(&state)
        case .rem: return rem(&state)
        case .remu: return remu(&state)
        case .lb0: return try lb(&state)
        case .lbu0: return try lbu(&state)
        case .lh0: return try lh(&state)
        case .lhu0: return try lhu(&state)
        case .lw0: return try lw(&state)
        case .sb0: return try sb(&state)
        case .sh0: return try sh(&state)
        case .sw0: return try sw(&state)
        case .ecall: return ecall(&state)
        // All cases are named, so that the choice among them needs no check of its range.
        case .unimplemented, .lh1, .lh2, .lh3, .lhu1, .lhu2, .lhu3, .lw1, .lw2, .lw3, .sb1, .sb2,
            .sb3, .sh1, .sh2, .sh3, .sh4, .sh5, .sh6, .sh7, .sw1, .sw2, .sw3, .sw4, .sw5, .sw6,
            .sw7:
            throw .unimplemented(operands.immediate)
        }
    }

    /// Makes another micro-step of a load or store.
    @inline(__always)
    func makeLater(
        _ code: StepCode, _ state: inout some StateAccess
    ) throws(Trap) -> Successor {
        // A code plus the micro counters of its instruction stays within the instruction's codes.
        let stepCode = unsafe unsafeBitCast(
            code.rawValue &+ UInt8(truncatingIfNeeded: micro), to: StepCode.self)
        switch stepCode {
        case .sb1: return storePart(&state, byteCount: 1)
        case .sh1: return storePart(&state, byteCount: 2)
        case .sw1: return storePart(&state, byteCount: 4)
        case .sb2, .sh2, .sh6, .sw2, .sw6: return joinAuxiliaries(&state)
        case .sb3: return try storeFirstWord(&state, byteCount: 1)
        case .sh3: return try storeFirstWord(&state, byteCount: 2)
        case .sw3: return try storeFirstWord(&state, byteCount: 4)
        case .sh4: return try storeContinue(&state, byteCount: 2)
        case .sw4: return try storeContinue(&state, byteCount: 4)
        case .sh5: return storeSecondPart(&state, byteCount: 2)
        case .sw5: return storeSecondPart(&state, byteCount: 4)
        case .sh7, .sw7: return try storeSecondWord(&state)
        case .lh1: return try loadSecondHalf(&state) { Arithmetic.signExtendedHalf($0 &<< 8) }
        case .lhu1: return try loadSecondHalf(&state) { ($0 & 0xFF) &<< 8 }
        case .lw1: return try loadSecondWord(&state)
        case .lh2, .lhu2, .lw2:
            return operands.destination == 0 ? .following : joinAuxiliaries(&state)
        case .lh3, .lhu3, .lw3:
            return result(state.firstRegister(RegisterIndex.auxiliary1), &state)
        default: throw .unimplemented(operands.immediate)
        }
    }
}
