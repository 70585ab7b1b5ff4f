import Primitives
import Testing

@Suite("Hex")
struct HexTests {
    @Test("every byte is written in two lower-case digits and read in either case")
    func everyByte() throws {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hex.encode(bytes)
        #expect(text.hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect(try Hex.decode(text) == bytes)
        #expect(try Hex.decode(text.uppercased()) == bytes)
        #expect(try Hex.decode("") == [])
    }

    @Test("what is not two digits a byte is refused")
    func refusals() {
        #expect(throws: HexError.oddLength(3)) { try Hex.decode("abc") }
        #expect(throws: HexError.notADigit(offset: 0)) { try Hex.decode("x0") }
        #expect(throws: HexError.notADigit(offset: 1)) { try Hex.decode("0x") }
        #expect(throws: HexError.notADigit(offset: 2)) { try Hex.decode("00 000") }
        #expect(throws: HexError.notADigit(offset: 0)) { try Hex.decode("é") }
        #expect(throws: HexError.notADigit(offset: 3)) { try Hex.decode("000\u{0}") }
    }
}
