import TestSupport
import Testing
import Winternitz

@Suite("Winternitz parameters and digits")
struct WinternitzParametersTests {
    @Test("The checksum of every message length is as short as its maximum allows")
    func checksumDigitCounts() throws {
        for byteCount in 1...64 {
            let parameters = try WinternitzParameters(messageByteCount: byteCount)
            let maximum = 15 * 2 * byteCount
            let hexadecimal = String(maximum, radix: 16)
            #expect(parameters.messageDigitCount == 2 * byteCount)
            #expect(parameters.checksumDigitCount == hexadecimal.utf8.count)
            #expect(parameters.chainCount == 2 * byteCount + hexadecimal.utf8.count)
        }
    }

    @Test(
        "Digit counts at the edges",
        arguments: [(1, 2), (8, 2), (9, 3), (20, 3), (32, 3), (136, 3), (137, 4), (1024, 4)])
    func edges(byteCount: Int, checksumDigitCount: Int) throws {
        let parameters = try WinternitzParameters(messageByteCount: byteCount)
        #expect(parameters.checksumDigitCount == checksumDigitCount)
    }

    @Test("Message lengths outside of 1 to 1024 bytes are refused", arguments: [-1, 0, 1025])
    func lengthLimits(byteCount: Int) {
        #expect(throws: WinternitzError.messageByteCount(byteCount)) {
            try WinternitzParameters(messageByteCount: byteCount)
        }
    }

    @Test("The chain count tells the message length, and no other count is accepted")
    func chainCounts() throws {
        var lengths: [Int: Int] = [:]
        for byteCount in WinternitzParameters.messageByteCounts {
            let chainCount = try WinternitzParameters(messageByteCount: byteCount).chainCount
            lengths[chainCount] = byteCount
        }
        #expect(lengths.count == 1024)
        for chainCount in -1...2060 {
            if let byteCount = lengths[chainCount] {
                let parameters = try WinternitzParameters(chainCount: chainCount)
                #expect(parameters.messageByteCount == byteCount)
            } else {
                #expect(throws: WinternitzError.unusableChainCount(chainCount)) {
                    try WinternitzParameters(chainCount: chainCount)
                }
            }
        }
    }

    @Test("Digits by hand: the letters of Hello, and what they lack to 15 each: 70")
    func hello() throws {
        let parameters = try WinternitzParameters(messageByteCount: 5)
        let digits = parameters.digits(of: Array("Hello".utf8))
        #expect(digits == [4, 8, 6, 5, 6, 0xC, 6, 0xC, 6, 0xF, 4, 6])
    }

    @Test(
        "Digits by hand: one byte",
        arguments: [
            ([0x00], [0, 0, 1, 0xE]), ([0xFF], [0xF, 0xF, 0, 0]), ([0xA5], [0xA, 5, 0, 0xF]),
            ([0x10], [1, 0, 1, 0xD]),
        ] as [([UInt8], [UInt8])])
    func oneByte(message: [UInt8], digits: [UInt8]) throws {
        #expect(try WinternitzParameters(messageByteCount: 1).digits(of: message) == digits)
    }

    @Test("Digits give their message back")
    func roundTrip() throws {
        var random = SplitMix64(seed: 0xD161)
        print("seed \(0xD161)")
        for byteCount in [1, 4, 5, 32, 137, 1024] {
            let parameters = try WinternitzParameters(messageByteCount: byteCount)
            let message = random.bytes(count: byteCount)
            #expect(try parameters.message(fromDigits: parameters.digits(of: message)) == message)
        }
    }

    @Test("Foreign digits are refused: too large, too few, or with a wrong checksum")
    func foreignDigits() throws {
        let parameters = try WinternitzParameters(messageByteCount: 2)
        let digits = parameters.digits(of: [0x12, 0x34])
        for index in digits.indices {
            var broken = digits
            broken[index] = 16
            #expect(throws: WinternitzError.digitOutOfRange(index: index, value: 16)) {
                try parameters.message(fromDigits: broken)
            }
            broken[index] = digits[index] ^ 1
            #expect(throws: WinternitzError.self) { try parameters.message(fromDigits: broken) }
        }
        #expect(throws: WinternitzError.digitCount(found: 5, needed: 6)) {
            try parameters.message(fromDigits: digits.dropLast())
        }
        #expect(throws: WinternitzError.digitCount(found: 7, needed: 6)) {
            try parameters.message(fromDigits: digits + [0])
        }
        #expect(throws: WinternitzError.checksum(found: 51, needed: 50)) {
            try parameters.message(fromDigits: [1, 2, 3, 4, 3, 3])
        }
    }

    @Test("No message's digits reach another's in every place")
    func noDomination() throws {
        var random = SplitMix64(seed: 0xD0)
        print("seed \(0xD0)")
        let short = try WinternitzParameters(messageByteCount: 1)
        let all = (UInt8.min...UInt8.max).map { short.digits(of: [$0]) }
        for (first, low) in all.enumerated() {
            for (second, high) in all.enumerated() where first != second {
                #expect(!dominates(high, low))
            }
        }
        for _ in 0..<1000 {
            let byteCount = Int.random(in: 2...40, using: &random)
            let parameters = try WinternitzParameters(messageByteCount: byteCount)
            let message = random.bytes(count: byteCount)
            var other = message
            // Raise digits only: the message part then dominates, and the checksum must not.
            for index in other.indices {
                other[index] |= random.bytes(count: 1)[0]
            }
            guard other != message else { continue }
            let (low, high) = (parameters.digits(of: message), parameters.digits(of: other))
            #expect(!dominates(high, low))
            #expect(!dominates(low, high))
        }
    }

    private func dominates(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        zip(left, right).allSatisfy { $0 >= $1 }
    }
}
