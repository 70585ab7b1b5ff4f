import Primitives
import TestSupport
import Testing

@Suite("Bytes32 and Bytes20")
struct Bytes32Tests {
    @Test("only the exact length is accepted", arguments: [0, 1, 19, 20, 21, 31, 32, 33, 64])
    func length(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect((Bytes32(bytes) != nil) == (count == 32))
        #expect((Bytes20(bytes) != nil) == (count == 20))
        #expect((Bytes32(bytes.span) != nil) == (count == 32))
        #expect((Bytes20(bytes.span) != nil) == (count == 20))
    }

    @Test("bytes and hexadecimal round trip")
    func roundTrip() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<100 {
            let bytes = random.bytes(count: 32)
            let value = try #require(Bytes32(bytes))
            #expect(value.bytes == bytes)
            #expect(Bytes32(hex: value.hex) == value)
            #expect(Bytes32(hex: value.hex.uppercased()) == value)
            #expect(value.description == Hex.encode(bytes))
            let short = try #require(Bytes20(bytes.prefix(20)))
            #expect(short.bytes == Array(bytes.prefix(20)))
            #expect(Bytes20(hex: short.hex) == short)
        }
    }

    @Test("hexadecimal of another length or alphabet is refused")
    func badHex() {
        let good = String(repeating: "ab", count: 32)
        #expect(Bytes32(hex: good) != nil)
        #expect(Bytes32(hex: good + "00") == nil)
        #expect(Bytes32(hex: String(good.dropLast())) == nil)
        #expect(Bytes32(hex: "g" + good.dropFirst()) == nil)
        #expect(Bytes20(hex: good) == nil)
    }

    @Test("order is lexicographic and agrees with equality and hashing")
    func order() throws {
        var random = SplitMix64(seed: 2)
        for _ in 0..<1_000 {
            let left = random.bytes(count: 20)
            var right = left
            right[Int(random.next() % 20)] = UInt8(truncatingIfNeeded: random.next())
            let first = try #require(Bytes20(left))
            let second = try #require(Bytes20(right))
            #expect((first < second) == left.lexicographicallyPrecedes(right))
            #expect((first == second) == (left == right))
            if first == second {
                #expect(first.hashValue == second.hashValue)
            }
        }
    }

    @Test("every byte can be read and written by index")
    func subscripts() {
        var value = Bytes32.zero
        for index in 0..<32 {
            value[index] = UInt8(index)
        }
        #expect(value.bytes == Array(0..<32))
        #expect(value.span[31] == 31)
        #expect(value != .zero)
    }
}
