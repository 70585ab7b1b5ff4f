import Bitcoin
import TestSupport
import Testing

struct ScriptNumberTests {
    @Test(
        "Numbers have the encoding of CScriptNum",
        arguments: [
            (0, []), (1, [1]), (-1, [0x81]), (127, [0x7F]), (-127, [0xFF]), (128, [0x80, 0]),
            (-128, [0x80, 0x80]), (255, [0xFF, 0]), (256, [0, 1]), (-256, [0, 0x81]),
            (32_767, [0xFF, 0x7F]), (32_768, [0, 0x80, 0]), (65_535, [0xFF, 0xFF, 0]),
            (500_000_000, [0, 0x65, 0xCD, 0x1D]), (2_147_483_647, [0xFF, 0xFF, 0xFF, 0x7F]),
            (-2_147_483_647, [0xFF, 0xFF, 0xFF, 0xFF]),
        ] as [(Int64, [UInt8])])
    func encoding(_ number: Int64, _ encoded: [UInt8]) throws {
        #expect(ScriptNumber.encode(number) == encoded)
        #expect(try ScriptNumber.decode(encoded) == number)
    }

    @Test(
        "Encodings with a shorter form are refused",
        arguments: [[0], [0x80], [1, 0], [1, 0x80], [0, 0], [0xFF, 0, 0], [0x7F, 0x80]]
            as [[UInt8]])
    func notMinimal(_ encoded: [UInt8]) {
        #expect(throws: ScriptNumberError.notMinimal) { try ScriptNumber.decode(encoded) }
    }

    @Test("Five bytes are read for locks only")
    func tooLong() throws {
        let number = ScriptNumber.encode(2_147_483_648)
        #expect(number.count == 5)
        #expect(throws: ScriptNumberError.tooLong(byteCount: 5, limit: 4)) {
            try ScriptNumber.decode(number)
        }
        #expect(
            try ScriptNumber.decode(number, maximumByteCount: ScriptNumber.maximumLockByteCount)
                == 2_147_483_648)
    }

    @Test("Every number of 7 bytes reads back, and every string of 4 bytes that reads is minimal")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SplitMix64(seed: seed)
        for _ in 0..<1_000 {
            let number = Int64(bitPattern: random.next()) >> Int.random(in: 9...63, using: &random)
            let encoded = ScriptNumber.encode(number)
            #expect(
                try ScriptNumber.decode(encoded, maximumByteCount: 8) == number, "seed \(seed)")
            let bytes = random.bytes(count: Int.random(in: 0...4, using: &random))
            guard let read = try? ScriptNumber.decode(bytes) else { continue }
            #expect(ScriptNumber.encode(read) == bytes, "seed \(seed)")
        }
        for number in [Int64.max, .min, .min + 1] {
            #expect(ScriptNumber.encode(number).count >= 8)
        }
    }
}
