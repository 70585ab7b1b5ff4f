import Primitives
import TestSupport
import Testing
import Winternitz

@Suite("Winternitz public keys")
struct WinternitzPublicKeyTests {
    private let encoded: [UInt8]

    init() throws {
        var random = SplitMix64(seed: 0xB0)
        encoded = try OneTimeKey(messageByteCount: 4, random: &random).publicKey().encoded()
    }

    @Test("The encoding is profile, length, chains, and reads back")
    func roundTrip() throws {
        let key = try WinternitzPublicKey(decoding: encoded)
        #expect(Array(encoded.prefix(3)) == [1, 4, 0])
        #expect(encoded.count == 3 + 10 * 20)
        #expect(key.encoded() == encoded)
        #expect(key.messageByteCount == 4)
        #expect(key.profile == .base16Hash160)
    }

    @Test("A change of any byte gives another key, another digest, or a refusal")
    func everyByte() throws {
        let digest = try WinternitzPublicKey(decoding: encoded).digest
        for index in encoded.indices {
            var broken = encoded
            broken[index] ^= 0x04
            if index < 3 {
                #expect(throws: WinternitzError.self) {
                    try WinternitzPublicKey(decoding: broken)
                }
            } else {
                #expect(try WinternitzPublicKey(decoding: broken).digest != digest)
            }
        }
    }

    @Test("Unknown profiles, lengths and left-over or missing bytes are refused by name")
    func refusals() {
        var broken = encoded
        broken[0] = 2
        #expect(throws: WinternitzError.unknownProfile(2)) {
            try WinternitzPublicKey(decoding: broken)
        }
        #expect(throws: WinternitzError.messageByteCount(0)) {
            try WinternitzPublicKey(decoding: [1, 0, 0])
        }
        #expect(throws: WinternitzError.messageByteCount(1025)) {
            try WinternitzPublicKey(decoding: [1, 1, 4])
        }
        #expect(throws: WinternitzError.encodedByteCount(found: 2, needed: 3)) {
            try WinternitzPublicKey(decoding: [1, 4])
        }
        #expect(throws: WinternitzError.encodedByteCount(found: 202, needed: 203)) {
            try WinternitzPublicKey(decoding: encoded.dropLast())
        }
        #expect(throws: WinternitzError.encodedByteCount(found: 204, needed: 203)) {
            try WinternitzPublicKey(decoding: encoded + [0])
        }
        #expect(throws: WinternitzError.chainCount(found: 9, needed: 10)) {
            try WinternitzPublicKey(
                profile: .base16Hash160, messageByteCount: 4,
                chains: [Bytes20](repeating: .zero, count: 9))
        }
    }
}
