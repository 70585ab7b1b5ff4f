/// Where an instruction has its operands.
package enum InstructionFormat: Hashable, Sendable {
    /// rd, rs1, rs2.
    case register
    /// rd, rs1, immediate of 12 bits.
    case immediate
    /// rd, rs1, shift amount of 5 bits.
    case shift
    /// rd, memory at rs1 plus 12 bits.
    case load
    /// rs2 to memory at rs1 plus 12 bits.
    case store
    /// rs1, rs2, distance of 12 bits in half-words.
    case branch
    /// rd, upper 20 bits.
    case upper
    /// rd, distance of 20 bits in half-words.
    case jump
    /// rd, address in rs1 plus 12 bits.
    case jumpRegister
    /// Nothing that is looked at.
    case none

    /// Whether the script's name carries the micro counter.
    package var hasMicroSteps: Bool {
        self == .load || self == .store
    }
}

/// Everything that is particular to one instruction.
package struct InstructionDefinition: Hashable, Sendable {
    /// In assembly, and in the names of scripts.
    package let name: String
    /// Where its operands are.
    package let format: InstructionFormat
    /// The bits that are the same in all its words.
    package let match: UInt32
    /// Which bits these are.
    package let mask: UInt32
    /// What its first step does.
    package let firstCode: StepCode
    /// How many steps it may take.
    package let microCount: Int
    /// Whether rows carry the other result of a division.
    package let hasWitness: Bool
}

/// All instructions that the machine executes: RV32IM, FENCE, ECALL and EBREAK.
///
/// Decoder, disassembler, step, script names and tests are driven by it.
package enum InstructionTable {
    /// One entry per instruction.
    package static let definitions: [InstructionDefinition] =
        upperAndJumps + branches + loads + stores + immediates + shifts + operations
        + multiplications + system

    /// The entry that a word belongs to.
    package static func definition(of word: UInt32) -> InstructionDefinition? {
        definitions.first { word & $0.mask == $0.match }
    }

    private static func entry(
        _ name: String, _ format: InstructionFormat, _ match: UInt32, _ mask: UInt32,
        _ code: StepCode
    ) -> InstructionDefinition {
        let micros: [StepCode: Int] = [.lh0: 4, .lhu0: 4, .lw0: 4, .sb0: 4, .sh0: 8, .sw0: 8]
        let divisions: Set<StepCode> = [.div, .divu, .rem, .remu]
        return InstructionDefinition(
            name: name, format: format, match: match, mask: mask, firstCode: code,
            microCount: micros[code] ?? 1, hasWitness: divisions.contains(code))
    }

    private static let upperAndJumps = [
        entry("lui", .upper, 0x37, 0x7F, .lui),
        entry("auipc", .upper, 0x17, 0x7F, .auipc),
        entry("jal", .jump, 0x6F, 0x7F, .jal),
        entry("jalr", .jumpRegister, 0x67, 0x707F, .jalr),
    ]

    private static let branches = [
        entry("beq", .branch, 0x0063, 0x707F, .beq),
        entry("bne", .branch, 0x1063, 0x707F, .bne),
        entry("blt", .branch, 0x4063, 0x707F, .blt),
        entry("bge", .branch, 0x5063, 0x707F, .bge),
        entry("bltu", .branch, 0x6063, 0x707F, .bltu),
        entry("bgeu", .branch, 0x7063, 0x707F, .bgeu),
    ]

    private static let loads = [
        entry("lb", .load, 0x0003, 0x707F, .lb0),
        entry("lh", .load, 0x1003, 0x707F, .lh0),
        entry("lw", .load, 0x2003, 0x707F, .lw0),
        entry("lbu", .load, 0x4003, 0x707F, .lbu0),
        entry("lhu", .load, 0x5003, 0x707F, .lhu0),
    ]

    private static let stores = [
        entry("sb", .store, 0x0023, 0x707F, .sb0),
        entry("sh", .store, 0x1023, 0x707F, .sh0),
        entry("sw", .store, 0x2023, 0x707F, .sw0),
    ]

    private static let immediates = [
        entry("addi", .immediate, 0x0013, 0x707F, .addi),
        entry("slti", .immediate, 0x2013, 0x707F, .slti),
        entry("sltiu", .immediate, 0x3013, 0x707F, .sltiu),
        entry("xori", .immediate, 0x4013, 0x707F, .xori),
        entry("ori", .immediate, 0x6013, 0x707F, .ori),
        entry("andi", .immediate, 0x7013, 0x707F, .andi),
    ]

    private static let shifts = [
        entry("slli", .shift, 0x0000_1013, 0xFE00_707F, .slli),
        entry("srli", .shift, 0x0000_5013, 0xFE00_707F, .srli),
        entry("srai", .shift, 0x4000_5013, 0xFE00_707F, .srai),
    ]

    private static let operations = [
        entry("add", .register, 0x0000_0033, 0xFE00_707F, .add),
        entry("sub", .register, 0x4000_0033, 0xFE00_707F, .sub),
        entry("sll", .register, 0x0000_1033, 0xFE00_707F, .sll),
        entry("slt", .register, 0x0000_2033, 0xFE00_707F, .slt),
        entry("sltu", .register, 0x0000_3033, 0xFE00_707F, .sltu),
        entry("xor", .register, 0x0000_4033, 0xFE00_707F, .xor),
        entry("srl", .register, 0x0000_5033, 0xFE00_707F, .srl),
        entry("sra", .register, 0x4000_5033, 0xFE00_707F, .sra),
        entry("or", .register, 0x0000_6033, 0xFE00_707F, .or),
        entry("and", .register, 0x0000_7033, 0xFE00_707F, .and),
    ]

    private static let multiplications = [
        entry("mul", .register, 0x0200_0033, 0xFE00_707F, .mul),
        entry("mulh", .register, 0x0200_1033, 0xFE00_707F, .mulh),
        entry("mulhsu", .register, 0x0200_2033, 0xFE00_707F, .mulhsu),
        entry("mulhu", .register, 0x0200_3033, 0xFE00_707F, .mulhu),
        entry("div", .register, 0x0200_4033, 0xFE00_707F, .div),
        entry("divu", .register, 0x0200_5033, 0xFE00_707F, .divu),
        entry("rem", .register, 0x0200_6033, 0xFE00_707F, .rem),
        entry("remu", .register, 0x0200_7033, 0xFE00_707F, .remu),
    ]

    private static let system = [
        entry("fence", .none, 0x0000_000F, 0xF00F_FFFF, .nop),
        entry("ecall", .none, 0x0000_0073, 0xFFFF_FFFF, .ecall),
        entry("ebreak", .none, 0x0010_0073, 0xFFFF_FFFF, .nop),
    ]
}
