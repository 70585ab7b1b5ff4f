import Bitcoin
import Testing

struct OpcodeTests {
    @Test(
        "Opcodes have the numbers and names of Bitcoin Core",
        arguments: [
            (.zero, 0x00, "OP_0"), (.pushData4, 0x4E, "OP_PUSHDATA4"),
            (.oneNegate, 0x4F, "OP_1NEGATE"), (.one, 0x51, "OP_1"), (.sixteen, 0x60, "OP_16"),
            (.nop, 0x61, "OP_NOP"), (.return, 0x6A, "OP_RETURN"),
            (.toAltStack, 0x6B, "OP_TOALTSTACK"), (.tuck, 0x7D, "OP_TUCK"),
            (.cat, 0x7E, "OP_CAT"), (.size, 0x82, "OP_SIZE"), (.invert, 0x83, "OP_INVERT"),
            (.equalVerify, 0x88, "OP_EQUALVERIFY"), (.oneAdd, 0x8B, "OP_1ADD"),
            (.within, 0xA5, "OP_WITHIN"), (.ripemd160, 0xA6, "OP_RIPEMD160"),
            (.codeSeparator, 0xAB, "OP_CODESEPARATOR"), (.checkSig, 0xAC, "OP_CHECKSIG"),
            (.checkMultisigVerify, 0xAF, "OP_CHECKMULTISIGVERIFY"),
            (.checkLockTimeVerify, 0xB1, "OP_CHECKLOCKTIMEVERIFY"),
            (.checkSequenceVerify, 0xB2, "OP_CHECKSEQUENCEVERIFY"), (.nop10, 0xB9, "OP_NOP10"),
            (.checkSigAdd, 0xBA, "OP_CHECKSIGADD"), (.invalidOpcode, 0xFF, "OP_INVALIDOPCODE"),
        ] as [(Opcode, UInt8, String)])
    func names(_ opcode: Opcode, _ number: UInt8, _ name: String) {
        #expect(opcode.rawValue == number)
        #expect(opcode.name == name)
    }

    @Test("Every byte has a name of its own")
    func distinct() {
        let names = Set((0...255).map { Opcode(UInt8($0)).name })
        #expect(names.count == 256)
        #expect(Opcode(32).name == "OP_PUSHBYTES_32")
        #expect(Opcode(0xBB).name == "OP_UNKNOWN_187")
    }

    @Test("87 opcodes make a tapscript succeed at once (BIP-342)")
    func success() {
        let success = (0...255).map { Opcode(UInt8($0)) }.filter(\.isSuccess)
        #expect(success.count == 87)
        #expect(Opcode.cat.isSuccess && Opcode.reserved.isSuccess && Opcode.mul.isSuccess)
        #expect(!Opcode.checkSigAdd.isSuccess && !Opcode.invalidOpcode.isSuccess)
    }
}
