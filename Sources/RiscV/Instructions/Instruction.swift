/// What an instruction works on.
package struct Operands: Hashable, Sendable, BitwiseCopyable {
    /// Sign-extended immediate, upper bits or shift amount.
    package let immediate: UInt32
    /// Register that is written; 0 where the format has none.
    package let destination: UInt8
    /// First register that is read.
    package let first: UInt8
    /// Second register that is read.
    package let second: UInt8

    /// The operands of an instruction where it stands.
    @inline(__always)
    @unsafe
    static func place<Decoded>(of instruction: UnsafePointer<Decoded>) -> UnsafePointer<Operands> {
        unsafe UnsafeRawPointer(instruction).assumingMemoryBound(to: Operands.self)
    }
}

/// A decoded word of code, ready to be executed: eight bytes.
package struct Instruction: Hashable, Sendable, BitwiseCopyable {
    /// What it works on; first, so that a step finds it in whatever holds an instruction.
    package let operands: Operands
    /// What its first step does.
    package let code: StepCode

    /// Register that is written; 0 where the format has none.
    package var destination: UInt8 { operands.destination }
    /// First register that is read.
    package var first: UInt8 { operands.first }
    /// Second register that is read.
    package var second: UInt8 { operands.second }
    /// Sign-extended immediate, upper bits or shift amount.
    package var immediate: UInt32 { operands.immediate }

    /// Decodes a word of code.
    ///
    /// What the machine does not execute gets the code `unimplemented`. Instructions that would
    /// only write register 0 are decoded as `nop`, as rows and scripts have them.
    package init(decoding word: UInt32) {
        guard let definition = InstructionTable.definition(of: word) else {
            self.init(.unimplemented, immediate: word)
            return
        }
        let destination = UInt8(truncatingIfNeeded: word >> 7 & 0x1F)
        let first = UInt8(truncatingIfNeeded: word >> 15 & 0x1F)
        let second = UInt8(truncatingIfNeeded: word >> 20 & 0x1F)
        let immediate = Self.immediate(of: word, definition.format)
        let code = definition.firstCode
        switch definition.format {
        case .register, .immediate, .shift, .upper:
            self.init(destination == 0 ? .nop : code, destination, first, second, immediate)
        case .load, .jump, .jumpRegister:
            self.init(code, destination, first, 0, immediate)
        case .store, .branch:
            self.init(code, 0, first, second, immediate)
        case .none:
            self.init(code, immediate: 0)
        }
    }

    private init(
        _ code: StepCode, _ destination: UInt8 = 0, _ first: UInt8 = 0, _ second: UInt8 = 0,
        immediate: UInt32
    ) {
        self.init(code, destination, first, second, immediate)
    }

    private init(
        _ code: StepCode, _ destination: UInt8, _ first: UInt8, _ second: UInt8,
        _ immediate: UInt32
    ) {
        self.code = code
        operands = Operands(
            immediate: immediate, destination: destination, first: first, second: second)
    }

    /// The immediate of a word whose format is known.
    static func immediate(of word: UInt32, _ format: InstructionFormat) -> UInt32 {
        let sign = UInt32(bitPattern: Int32(bitPattern: word) >> 31)
        switch format {
        case .register, .none: return 0
        case .shift: return word >> 20 & 0x1F
        case .upper: return word & 0xFFFF_F000
        case .immediate, .load, .jumpRegister:
            return UInt32(bitPattern: Int32(bitPattern: word) >> 20)
        case .store:
            return UInt32(bitPattern: Int32(bitPattern: word) >> 20) & ~0x1F | word >> 7 & 0x1F
        case .branch:
            return sign << 12 | word << 4 & 0x800 | word >> 20 & 0x7E0 | word >> 7 & 0x1E
        case .jump:
            return sign << 20 | word & 0xFF000 | word >> 9 & 0x800 | word >> 20 & 0x7FE
        }
    }
}
