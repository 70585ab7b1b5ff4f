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
    private let place: UnsafePointer<Instruction>
    private let origin: Int
    let micro: UInt32

    /// - Parameters:
    ///   - place: Where the instruction is, for as long as the step is used.
    ///   - origin: Where the instruction of address 0 would be, as a number: instructions take
    ///     twice the room of the words that they are decoded from.
    @inline(__always)
    @unsafe
    init(at place: UnsafePointer<Instruction>, origin: Int, micro: UInt32) {
        unsafe self.place = place
        self.origin = origin
        self.micro = micro
    }

    /// - Parameter place: Where the instruction is, for as long as the step is used.
    @inline(__always)
    @unsafe
    init(at place: UnsafePointer<Instruction>, address: UInt32, micro: UInt32) {
        let origin = Int(bitPattern: place) &- 2 &* Int(address)
        unsafe self.init(at: place, origin: origin, micro: micro)
    }

    var instruction: Instruction {
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
    /// - Returns: Where the program goes on; the caller refuses an address that is not aligned.
    func make(_ state: inout some StateAccess) throws(Trap) -> NextStep {
        next(try makeAny(&state))
    }

    @inline(__always)
    func makeAny(_ state: inout some StateAccess) throws(Trap) -> Successor {
        if micro == 0 { return try makeFirst(&state) }
        return try makeLater(&state)
    }

    /// Makes the first step of an instruction, for most the only one.
    @inline(__always)
    func makeFirst(_ state: inout some StateAccess) throws(Trap) -> Successor {
        switch instruction.code {
        case .nop: return .following
        case .lui: return result(instruction.immediate, &state)
        case .auipc: return result(address &+ instruction.immediate, &state)
        case .jal: return link(address &+ instruction.immediate, &state)
        case .jalr:
            let base = state.firstRegister(instruction.first)
            return link((base &+ instruction.immediate) & ~1, &state)
        case .beq: return branch(&state) { $0 == $1 }
        case .bne: return branch(&state) { $0 != $1 }
        case .blt: return branch(&state) { Arithmetic.isLess($0, $1) }
        case .bge: return branch(&state) { !Arithmetic.isLess($0, $1) }
        case .bltu: return branch(&state) { $0 < $1 }
        case .bgeu: return branch(&state) { $0 >= $1 }
        case .addi: return immediate(&state) { $0 &+ $1 }
        case .slti: return immediate(&state) { Arithmetic.isLess($0, $1) ? 1 : 0 }
        case .sltiu: return immediate(&state) { $0 < $1 ? 1 : 0 }
        case .xori: return immediate(&state) { $0 ^ $1 }
        case .ori: return immediate(&state) { $0 | $1 }
        case .andi: return immediate(&state) { $0 & $1 }
        case .slli: return immediate(&state) { $0 &<< $1 }
        case .srli: return immediate(&state) { $0 &>> $1 }
        case .srai: return immediate(&state) { Arithmetic.shiftRightArithmetic($0, $1) }
        case .add: return operation(&state) { $0 &+ $1 }
        case .sub: return operation(&state) { $0 &- $1 }
        case .sll: return operation(&state) { $0 &<< $1 }
        case .slt: return operation(&state) { Arithmetic.isLess($0, $1) ? 1 : 0 }
        case .sltu: return operation(&state) { $0 < $1 ? 1 : 0 }
        case .xor: return operation(&state) { $0 ^ $1 }
        case .srl: return operation(&state) { $0 &>> $1 }
        case .sra: return operation(&state) { Arithmetic.shiftRightArithmetic($0, $1) }
        case .or: return operation(&state) { $0 | $1 }
        case .and: return operation(&state) { $0 & $1 }
        case .mul: return operation(&state) { $0 &* $1 }
        case .mulh: return operation(&state) { Arithmetic.highSignedSigned($0, $1) }
        case .mulhsu: return operation(&state) { Arithmetic.highSignedUnsigned($0, $1) }
        case .mulhu: return operation(&state) { Arithmetic.highUnsignedUnsigned($0, $1) }
        case .lw0: return try loadWord(&state)
        case .lb0: return try loadFitting(&state) { Arithmetic.signExtendedByte($0) }
        case .lbu0: return try loadFitting(&state) { $0 & 0xFF }
        case .lh0: return try loadHalf(&state) { Arithmetic.signExtendedHalf($0) }
        case .lhu0: return try loadHalf(&state) { $0 & 0xFFFF }
        case .sw0: return try storeWord(&state)
        case .sb0, .sh0: return try storeBegin(&state)
        case .div: return division(&state) { Arithmetic.divideSigned($0, $1) }
        case .divu: return division(&state) { Arithmetic.divideUnsigned($0, $1) }
        case .rem: return remainder(&state) { Arithmetic.divideSigned($0, $1) }
        case .remu: return remainder(&state) { Arithmetic.divideUnsigned($0, $1) }
        case .ecall: return call(&state)
        // All cases are named, so that the choice among them needs no check of its range.
        case .unimplemented, .lh1, .lh2, .lh3, .lhu1, .lhu2, .lhu3, .lw1, .lw2, .lw3, .sb1, .sb2,
            .sb3, .sh1, .sh2, .sh3, .sh4, .sh5, .sh6, .sh7, .sw1, .sw2, .sw3, .sw4, .sw5, .sw6,
            .sw7:
            throw .unimplemented(instruction.immediate)
        }
    }

    /// Makes another micro-step of a load or store.
    @inline(__always)
    func makeLater(_ state: inout some StateAccess) throws(Trap) -> Successor {
        // A code plus the micro counters of its instruction stays within the instruction's codes.
        let code = unsafe unsafeBitCast(
            instruction.code.rawValue &+ UInt8(truncatingIfNeeded: micro), to: StepCode.self)
        switch code {
        case .sb1, .sh1, .sw1: return storePart(&state)
        case .sb2, .sh2, .sh6, .sw2, .sw6: return joinAuxiliaries(&state)
        case .sb3, .sh3, .sw3: return try storeFirstWord(&state)
        case .sh4, .sw4: return try storeContinue(&state)
        case .sh5, .sw5: return storeSecondPart(&state)
        case .sh7, .sw7: return try storeSecondWord(&state)
        case .lh1: return try loadSecondHalf(&state) { Arithmetic.signExtendedHalf($0 &<< 8) }
        case .lhu1: return try loadSecondHalf(&state) { ($0 & 0xFF) &<< 8 }
        case .lw1: return try loadSecondWord(&state)
        case .lh2, .lhu2, .lw2:
            return instruction.destination == 0 ? .following : joinAuxiliaries(&state)
        case .lh3, .lhu3, .lw3:
            return result(state.firstRegister(RegisterIndex.auxiliary1), &state)
        default: throw .unimplemented(instruction.immediate)
        }
    }
}
