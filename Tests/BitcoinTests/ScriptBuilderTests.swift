import Bitcoin
import Testing

struct ScriptBuilderTests {
    @Test(
        "A push has its shortest form",
        arguments: [
            (0, [0x00]), (1, [0x01, 0xAA]), (75, [75]), (76, [0x4C, 76]), (255, [0x4C, 255]),
            (256, [0x4D, 0, 1]), (520, [0x4D, 8, 2]), (65_535, [0x4D, 255, 255]),
            (65_536, [0x4E, 0, 0, 1, 0]),
        ] as [(Int, [UInt8])])
    func pushLengths(_ count: Int, _ start: [UInt8]) throws {
        let data = [UInt8](repeating: 0xAA, count: count)
        var builder = ScriptBuilder()
        builder.push(data)
        let script = builder.script
        #expect(Array(script.bytes.prefix(start.count)) == start)
        #expect(script.bytes.suffix(count) == data[...])
        let instructions = try script.instructions()
        #expect(instructions.count == 1)
        guard case .push(let read, _) = try #require(instructions.first) else {
            Issue.record("not a push")
            return
        }
        #expect(read == data)
    }

    @Test(
        "Numbers and single bytes use the one-byte opcodes",
        arguments: [
            (-1, "4f"), (0, "00"), (1, "51"), (16, "60"), (17, "0111"), (127, "017f"),
            (128, "028000"), (587, "024b02"), (32_767, "02ff7f"), (32_768, "03008000"),
            (65_535, "03ffff00"), (-2, "0182"),
        ] as [(Int64, String)])
    func numbers(_ number: Int64, _ hex: String) {
        var builder = ScriptBuilder()
        builder.number(number)
        #expect(builder.script.hex == hex)
        var pushed = ScriptBuilder()
        pushed.push(ScriptNumber.encode(number))
        #expect(pushed.script.hex == hex)
    }

    @Test("Disassembly names opcodes and shows data")
    func disassembly() {
        var builder = ScriptBuilder()
        builder.number(144)
        builder.opcodes(.checkSequenceVerify, .drop)
        builder.push([UInt8](repeating: 2, count: 3))
        builder.opcode(.checkSig)
        builder.number(0)
        builder.number(5)
        #expect(
            builder.script.disassembly
                == "9000 OP_CHECKSEQUENCEVERIFY OP_DROP 020202 OP_CHECKSIG OP_0 OP_5")
        #expect(Script.empty.disassembly == "")
    }

    @Test(
        "A push beyond the end is an error with its place",
        arguments: [
            ("ac02aa", 1, 2, 1, "OP_CHECKSIG [error]"), ("4c", 0, 1, 0, "[error]"),
            ("4d00", 0, 2, 1, "[error]"), ("4effffffff00", 0, 4_294_967_295, 1, "[error]"),
            ("4c05aaaa", 0, 5, 2, "[error]"),
        ] as [(String, Int, Int, Int, String)])
    func truncated(
        _ hex: String, _ offset: Int, _ needed: Int, _ available: Int, _ text: String
    ) throws {
        let script = try #require(Script(hex: hex))
        #expect(
            throws: ScriptDecodingError.truncatedPush(
                offset: offset, needed: needed, available: available)
        ) { try script.instructions() }
        #expect(script.disassembly == text)
    }
}
