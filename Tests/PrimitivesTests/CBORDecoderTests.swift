import Primitives
import Testing

@Suite("CBOR decoder")
struct CBORDecoderTests {
    static let refusals: [(String, CBORError)] = [
        ("", .endOfInput(offset: 0)),
        ("1817", .nonMinimalArgument(offset: 0)),
        ("1800", .nonMinimalArgument(offset: 0)),
        ("190017", .nonMinimalArgument(offset: 0)),
        ("1900ff", .nonMinimalArgument(offset: 0)),
        ("1a0000ffff", .nonMinimalArgument(offset: 0)),
        ("1b00000000ffffffff", .nonMinimalArgument(offset: 0)),
        ("3817", .nonMinimalArgument(offset: 0)),
        ("5800", .nonMinimalArgument(offset: 0)),
        ("590001aa", .nonMinimalArgument(offset: 0)),
        ("780161", .nonMinimalArgument(offset: 0)),
        ("980100", .nonMinimalArgument(offset: 0)),
        ("b8010000", .nonMinimalArgument(offset: 0)),
        ("821800", .nonMinimalArgument(offset: 1)),
        ("1c", .unsupported(initialByte: 0x1C, offset: 0)),
        ("1d", .unsupported(initialByte: 0x1D, offset: 0)),
        ("1e", .unsupported(initialByte: 0x1E, offset: 0)),
        ("1f", .unsupported(initialByte: 0x1F, offset: 0)),
        ("3f", .unsupported(initialByte: 0x3F, offset: 0)),
        ("5c", .unsupported(initialByte: 0x5C, offset: 0)),
        ("5f41aaff", .indefiniteLength(offset: 0)),
        ("7f6161ff", .indefiniteLength(offset: 0)),
        ("9f00ff", .indefiniteLength(offset: 0)),
        ("bf0000ff", .indefiniteLength(offset: 0)),
        ("81ff", .indefiniteLength(offset: 1)),
        ("c000", .unsupported(initialByte: 0xC0, offset: 0)),
        ("d82a00", .unsupported(initialByte: 0xD8, offset: 0)),
        ("e0", .unsupported(initialByte: 0xE0, offset: 0)),
        ("f7", .unsupported(initialByte: 0xF7, offset: 0)),
        ("f814", .unsupported(initialByte: 0xF8, offset: 0)),
        ("f93c00", .unsupported(initialByte: 0xF9, offset: 0)),
        ("fb3ff0000000000000", .unsupported(initialByte: 0xFB, offset: 0)),
        ("0000", .trailingBytes(1)),
        ("a0f6f6", .trailingBytes(2)),
        ("19ff", .endOfInput(offset: 2)),
        ("42aa", .endOfInput(offset: 2)),
        ("8200", .endOfInput(offset: 2)),
        ("a100", .endOfInput(offset: 2)),
        ("61ff", .invalidText(offset: 1)),
        ("62c080", .invalidText(offset: 1)),
        ("63eda080", .invalidText(offset: 1)),
        ("64f4908080", .invalidText(offset: 1)),
        ("a200000000", .duplicateKey(offset: 3)),
        ("a201000000", .unsortedKeys(offset: 3)),
        ("a261610000f6", .unsortedKeys(offset: 4)),
        ("a2626161006162f6", .unsortedKeys(offset: 5)),
        ("81a2616100616100", .duplicateKey(offset: 5)),
    ]

    @Test("every other spelling is refused", arguments: refusals)
    func refusal(encoding: String, error: CBORError) throws {
        let bytes = try Hex.decode(encoding)
        #expect(throws: error) { try CBORValue.decode(bytes) }
    }

    @Test("a stated gigabyte is refused before memory is taken")
    func gigabyte() throws {
        let gigabyte = 1 << 30
        let generous = CBORLimits(
            byteCount: 8 * gigabyte, depth: 64, itemCount: 8 * gigabyte,
            stringByteCount: 8 * gigabyte)
        for head in ["5a40000000", "7a40000000"] {
            let bytes = try Hex.decode(head) + [0, 0]
            #expect(throws: CBORError.stringTooLong(byteCount: 1 << 30, limit: 16 << 20)) {
                try CBORValue.decode(bytes)
            }
            #expect(throws: CBORError.endOfInput(offset: 7)) {
                try CBORValue.decode(bytes, limits: generous)
            }
        }
        for head in ["9a40000000", "ba40000000"] {
            let bytes = try Hex.decode(head) + [0, 0]
            #expect(throws: CBORError.tooManyItems(limit: 100_000)) {
                try CBORValue.decode(bytes)
            }
            #expect(throws: CBORError.endOfInput(offset: 7)) {
                try CBORValue.decode(bytes, limits: generous)
            }
        }
        for head in ["5b", "7b", "9b", "bb"] {
            let bytes = try Hex.decode(head + "ffffffffffffffff")
            #expect(throws: CBORError.self) { try CBORValue.decode(bytes, limits: generous) }
        }
    }

    @Test("every limit holds exactly")
    func limits() throws {
        let limits = CBORLimits(byteCount: 12, depth: 2, itemCount: 5, stringByteCount: 4)
        func decode(_ hex: String) throws -> CBORValue {
            try CBORValue.decode(try Hex.decode(hex), limits: limits)
        }
        #expect(try decode("4400000000") == .bytes([0, 0, 0, 0]))
        #expect(throws: CBORError.stringTooLong(byteCount: 5, limit: 4)) {
            try decode("450000000000")
        }
        #expect(throws: CBORError.stringTooLong(byteCount: 5, limit: 4)) {
            try decode("656161616161")
        }
        #expect(try decode("818100") == .array([.array([.unsigned(0)])]))
        #expect(throws: CBORError.tooDeep(limit: 2)) { try decode("818180") }
        #expect(throws: CBORError.tooDeep(limit: 2)) { try decode("a100a100a0") }
        #expect(try decode("8400000000").array().count == 4)
        #expect(throws: CBORError.tooManyItems(limit: 5)) { try decode("850000000000") }
        #expect(throws: CBORError.tooManyItems(limit: 5)) { try decode("82820000820000") }
        #expect(throws: CBORError.tooManyItems(limit: 5)) { try decode("a3000001000200") }
        #expect(throws: CBORError.tooManyBytes(13, limit: 12)) {
            try decode(String(repeating: "00", count: 13))
        }
    }

    @Test("the deepest nesting that can be asked for is decoded")
    func deepest() throws {
        let limits = CBORLimits(depth: 64)
        let open = [UInt8](repeating: 0x81, count: 64)
        #expect(try CBORValue.decode(open + [0], limits: limits).encode() == open + [0])
        #expect(throws: CBORError.tooDeep(limit: 64)) {
            try CBORValue.decode(open + [0x81, 0], limits: limits)
        }
    }
}
