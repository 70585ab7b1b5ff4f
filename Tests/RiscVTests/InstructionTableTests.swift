import RiscV
import TestSupport
import Testing

@Suite("Instruction table")
struct InstructionTableTests {
    /// The names of the dispute's leaf scripts, in alphabetical order.
    static let scriptKeys = """
        add addi and andi auipc beq bge bgeu blt bltu bne div divu ecall jal jalr lb_0 lbu_0 lh_0
        lh_1 lh_2 lh_3 lhu_0 lhu_1 lhu_2 lhu_3 lui lw_0 lw_1 lw_2 lw_3 mul mulh mulhsu mulhu nop or
        ori rem remu sb_0 sb_1 sb_2 sb_3 sh_0 sh_1 sh_2 sh_3 sh_4 sh_5 sh_6 sh_7 sll slli slt slti
        sltiu sltu sra srai srl srli sub sw_0 sw_1 sw_2 sw_3 sw_4 sw_5 sw_6 sw_7 xor xori
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    @Test("every step has the script key of the reference")
    func keys() {
        #expect(Self.scriptKeys.count == 73)
        #expect(StepCode.withScript.compactMap(\.scriptKey).sorted() == Self.scriptKeys)
        #expect(StepCode.unimplemented.scriptKey == nil)
    }

    @Test("no word belongs to two instructions")
    func unambiguous() {
        let definitions = InstructionTable.definitions
        #expect(definitions.count == 48)
        for (index, one) in definitions.enumerated() {
            #expect(one.match & ~one.mask == 0)
            for other in definitions[(index + 1)...] {
                let shared = one.mask & other.mask
                #expect(one.match & shared != other.match & shared, "\(one.name) \(other.name)")
            }
        }
    }

    @Test("what is executed may be loaded")
    func known() {
        var random = SplitMix64(seed: 0x10AD)
        for definition in InstructionTable.definitions {
            for _ in 0..<1000 {
                let free = UInt32(truncatingIfNeeded: random.next()) & ~definition.mask
                #expect(KnownEncoding.contains(definition.match | free))
            }
        }
    }

    @Test(
        "words that may and may not stand in code",
        arguments: [
            (0x0000_0000, true), (0x0000_0001, false), (0xFFFF_FFFF, false), (0x0000_100F, true),
            (0x0FF0_000F, true), (0x8330_000F, false), (0x0010_0073, true), (0x3020_0073, true),
            (0x1050_0073, true), (0x0020_0013, true), (0x0200_1013, true), (0x0400_1013, false),
            (0x4000_5013, true), (0x8000_5013, false), (0x0000_7003, false), (0x0000_3003, true),
            (0x0000_7067, true), (0x0000_2063, false), (0x0400_0033, false), (0x4000_1033, false),
            (0x0800_202F, true), (0x5800_202F, false), (0x3000_1073, true), (0x3000_4073, false),
        ] as [(UInt32, Bool)])
    func known(_ example: (UInt32, Bool)) {
        #expect(KnownEncoding.contains(example.0) == example.1)
    }

    /// A JALR with funct3 1, a shift by 32, C.LW, C.SW and C.SWSP.
    ///
    /// - Source: riscv-decode 0.2.3, whose tests have the last three: the reference executes them.
    static let refusedWords: [UInt32] = [
        0x0000_1067, 0x0200_1013, 0x0000_43B0, 0x0000_C3B0, 0x0000_D402,
    ]

    @Test("what the script of an instruction refuses loads, and is not executed")
    func refused() {
        for word in Self.refusedWords {
            #expect(KnownEncoding.contains(word))
            #expect(Instruction(decoding: word).code == .unimplemented)
            #expect(Disassembler.text(of: word, at: 0) == ".word 0x" + Hexadecimal.word(word))
        }
    }

    @Test(
        "disassembly",
        arguments: [
            (0x0000_0513, "addi a0, zero, 0"), (0xF7DF_F0EF, "jal ra, 0x8000007c"),
            (0xFD01_0113, "addi sp, sp, -48"), (0x0211_2623, "sw ra, 44(sp)"),
            (0x00E7_8023, "sb a4, 0(a5)"), (0x0000_8067, "jalr zero, 0(ra)"),
            (0x0242_43B3, "div t2, tp, tp"), (0xFE62_9EE3, "bne t0, t1, 0x800000fc"),
            (0x8000_02B7, "lui t0, 0x80000"), (0x4057_5793, "srai a5, a4, 5"),
            (0x0000_0073, "ecall"), (0x0000_0000, ".word 0x00000000"),
        ] as [(UInt32, String)])
    func disassembly(_ example: (UInt32, String)) {
        #expect(Disassembler.text(of: example.0, at: 0x8000_0100) == example.1)
    }
}
