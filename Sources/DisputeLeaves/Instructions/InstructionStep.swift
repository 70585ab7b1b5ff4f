import RiscV

/// What the instruction table says about the step of one leaf script.
struct InstructionStep {
    let code: StepCode
    let definition: InstructionDefinition
    /// The micro counter before the step.
    let micro: Int

    /// - Parameter code: Any but `nop`, which stands for steps of many instructions, and
    ///   `unimplemented`.
    init(_ code: StepCode) {
        for definition in InstructionTable.definitions where definition.firstCode != .nop {
            let micro = Int(code.rawValue) - Int(definition.firstCode.rawValue)
            if (0..<definition.microCount).contains(micro) {
                self.code = code
                self.definition = definition
                self.micro = micro
                return
            }
        }
        preconditionFailure("the step belongs to one instruction")
    }

    /// Whether the step belongs to an instruction.
    func isOf(_ codes: StepCode...) -> Bool {
        codes.contains(definition.firstCode)
    }

    /// Bits 3 to 0 of the opcode.
    var lowestDigit: Int64 { Int64(definition.match & 15) }
    /// Bits 6 to 4, the lower part of a digit whose highest bit is an operand's.
    var middleBits: Int64 { Int64(definition.match >> 4 & 7) }
    /// funct3, the lower part of a digit whose highest bit is an operand's.
    var function: Int64 { Int64(definition.match >> 12 & 7) }
    /// Bits 31 to 28 where funct7 is fixed.
    var highestDigit: Int64 { Int64(definition.match >> 28) }
    /// Bits 27 to 25 where funct7 is fixed, as part of their digit.
    var sixthDigit: Int64 { Int64(definition.match >> 24 & 14) }

    /// Bytes that a load or store moves.
    var accessByteCount: Int { 1 << Int(definition.match >> 12 & 3) }

    /// Whether the step makes its first read.
    var usesFirstRead: Bool {
        switch definition.format {
        case .upper, .jump: false
        default: true
        }
    }

    /// Whether the step makes its second read.
    var usesSecondRead: Bool {
        switch definition.format {
        case .register, .store, .branch, .none: true
        case .load: micro < 3
        default: false
        }
    }
}
