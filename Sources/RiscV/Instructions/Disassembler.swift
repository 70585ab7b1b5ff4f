/// Words of code as assembly text.
package enum Disassembler {
    private static let registerNames = [
        "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4",
        "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4",
        "t5", "t6",
    ]

    /// The name of a register as assembly writes it; nil beyond x31.
    package static func registerName(_ index: Int) -> String? {
        registerNames.indices.contains(index) ? registerNames[index] : nil
    }

    /// One instruction.
    ///
    /// - Parameters:
    ///   - word: The word of code; what is no instruction of the machine becomes `.word`.
    ///   - address: Where it stands, for the targets of branches and jumps.
    package static func text(of word: UInt32, at address: UInt32) -> String {
        guard let definition = InstructionTable.definition(of: word) else {
            return ".word 0x" + Hexadecimal.word(word)
        }
        let operands = operands(of: word, definition.format, at: address)
        return operands.isEmpty ? definition.name : definition.name + " " + operands
    }

    private static func operands(
        of word: UInt32, _ format: InstructionFormat, at address: UInt32
    ) -> String {
        let destination = registerNames[Int(word >> 7 & 0x1F)]
        let first = registerNames[Int(word >> 15 & 0x1F)]
        let second = registerNames[Int(word >> 20 & 0x1F)]
        let immediate = Instruction.immediate(of: word, format)
        let signed = Int32(bitPattern: immediate)
        let target = "0x" + Hexadecimal.word(address &+ immediate)
        switch format {
        case .register: return "\(destination), \(first), \(second)"
        case .immediate, .shift: return "\(destination), \(first), \(signed)"
        case .load, .jumpRegister: return "\(destination), \(signed)(\(first))"
        case .store: return "\(second), \(signed)(\(first))"
        case .branch: return "\(first), \(second), \(target)"
        case .upper: return "\(destination), 0x\(String(immediate >> 12, radix: 16))"
        case .jump: return "\(destination), \(target)"
        case .none: return ""
        }
    }
}
