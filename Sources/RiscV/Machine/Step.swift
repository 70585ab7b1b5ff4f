/// One step of the machine over any state.
///
/// The instruction stays where it is decoded: what a step does not need of it is not loaded.
@safe
struct Step {
    private let place: UnsafePointer<Instruction>
    let address: UInt32
    let micro: UInt32

    /// - Parameter place: Where the instruction is, for as long as the step is used.
    @inline(__always)
    @unsafe
    init(at place: UnsafePointer<Instruction>, address: UInt32, micro: UInt32) {
        unsafe self.place = place
        self.address = address
        self.micro = micro
    }

    var instruction: Instruction {
        @inline(__always) get { unsafe place.pointee }
    }

    /// Makes the step.
    ///
    /// - Returns: Where the program goes on; the caller refuses an address that is not aligned.
    @inline(__always)
    func make(_ state: inout some StateAccess) throws(Trap) -> NextStep {
        switch code {
        case .nop: return .following(address)
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
        default: return try makeLessFrequent(&state)
        }
    }

    @inline(__always)
    private var code: StepCode {
        // A code plus the micro counters of its instruction stays within the instruction's codes.
        unsafe unsafeBitCast(
            instruction.code.rawValue &+ UInt8(truncatingIfNeeded: micro), to: StepCode.self)
    }

    @inline(__always)
    private func makeLessFrequent(_ state: inout some StateAccess) throws(Trap) -> NextStep {
        switch code {
        case .sb0, .sh0: return try storeBegin(&state)
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
            return instruction.destination == 0 ? .following(address) : joinAuxiliaries(&state)
        case .lh3, .lhu3, .lw3:
            return result(state.firstRegister(RegisterIndex.auxiliary1), &state)
        case .div: return division(&state) { Arithmetic.divideSigned($0, $1) }
        case .divu: return division(&state) { Arithmetic.divideUnsigned($0, $1) }
        case .rem: return remainder(&state) { Arithmetic.divideSigned($0, $1) }
        case .remu: return remainder(&state) { Arithmetic.divideUnsigned($0, $1) }
        case .ecall: return call(&state)
        default: throw .unimplemented(instruction.immediate)
        }
    }
}
