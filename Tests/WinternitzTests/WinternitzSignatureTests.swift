import Primitives
import TestSupport
import Testing
import Winternitz

@Suite("Winternitz signatures")
struct WinternitzSignatureTests {
    @Test("A signature verifies, gives its message back, and survives its encoding")
    func everyLength() throws {
        var random = generator(seed: 0x51)
        for byteCount in [1, 2, 4, 5, 8, 9, 20, 32, 64, 137, 1024] {
            let key = try OneTimeKey(messageByteCount: byteCount, random: &random)
            let publicKey = try key.publicKey()
            let message = random.bytes(count: byteCount)
            let signature = try key.sign(message)
            #expect(signature.verify(message: message, publicKey: publicKey))
            #expect(publicKey.message(signedBy: signature) == message)
            #expect(
                try signature.digits(signing: message) == publicKey.parameters.digits(of: message))
            #expect(try WinternitzSignature(decoding: signature.encoded()) == signature)
        }
    }

    @Test("A change of any chain is noticed")
    func changedChains() throws {
        var random = generator(seed: 0xC4)
        let key = try OneTimeKey(messageByteCount: 4, random: &random)
        let publicKey = try key.publicKey()
        let message = random.bytes(count: 4)
        let signature = try key.sign(message)
        for index in signature.chains.indices {
            var chains = signature.chains
            chains[index][Int.random(in: 0..<20, using: &random)] ^= 1
            let broken = try WinternitzSignature(chains: chains)
            #expect(!broken.verify(message: message, publicKey: publicKey))
            #expect(publicKey.message(signedBy: broken) == nil)
            chains[index] = OneTimeKey.iterate(signature.chains[index], 1)
            let advanced = try WinternitzSignature(chains: chains)
            #expect(!advanced.verify(message: message, publicKey: publicKey))
        }
    }

    @Test("A change of any message digit is noticed, upwards and downwards")
    func changedDigits() throws {
        var random = generator(seed: 0xD1)
        let key = try OneTimeKey(messageByteCount: 5, random: &random)
        let publicKey = try key.publicKey()
        let message = Array("Hello".utf8)
        let signature = try key.sign(message)
        for index in message.indices {
            for change in [UInt8(0x01), 0x0F, 0x10, 0xF0, 0x80] {
                var other = message
                other[index] ^= change
                #expect(!signature.verify(message: other, publicKey: publicKey))
            }
        }
    }

    @Test("A raised message digit with its chain moved on is stopped by the checksum")
    func raisedDigit() throws {
        var random = generator(seed: 0xF0)
        let key = try OneTimeKey(messageByteCount: 2, random: &random)
        let publicKey = try key.publicKey()
        var chains = try key.sign([0x12, 0x34]).chains
        chains[3] = OneTimeKey.iterate(chains[3], 1)
        let forged = try WinternitzSignature(chains: chains)
        #expect(!forged.verify(message: [0x12, 0x35], publicKey: publicKey))
        #expect(publicKey.message(signedBy: forged) == nil)
    }

    @Test("A signature of another length, key or message length is false, not a crash")
    func wrongLengths() throws {
        var random = generator(seed: 0x1E)
        let key = try OneTimeKey(messageByteCount: 4, random: &random)
        let longer = try OneTimeKey(messageByteCount: 5, random: &random)
        let message = random.bytes(count: 4)
        let signature = try key.sign(message)
        #expect(!signature.verify(message: message + [0], publicKey: try key.publicKey()))
        #expect(!signature.verify(message: [], publicKey: try key.publicKey()))
        #expect(!signature.verify(message: message, publicKey: try longer.publicKey()))
        #expect(!signature.verify(message: message + [0], publicKey: try longer.publicKey()))
        #expect(throws: WinternitzError.chainCount(found: 10, needed: 12)) {
            try signature.digits(signing: message + [0])
        }
    }

    @Test("Encodings that are not whole chains of a possible count are refused")
    func brokenEncodings() throws {
        var random = generator(seed: 0xE0)
        let encoded = try OneTimeKey(messageByteCount: 4, random: &random)
            .sign([1, 2, 3, 4]).encoded()
        #expect(throws: WinternitzError.partialChain(byteCount: 199)) {
            try WinternitzSignature(decoding: encoded.dropLast())
        }
        #expect(throws: WinternitzError.unusableChainCount(0)) {
            try WinternitzSignature(decoding: [])
        }
        #expect(throws: WinternitzError.unusableChainCount(9)) {
            try WinternitzSignature(decoding: encoded.dropLast(20))
        }
        #expect(throws: WinternitzError.unusableChainCount(2053)) {
            try WinternitzSignature(decoding: [UInt8](repeating: 0, count: 2053 * 20))
        }
    }

    @Test("Many claims of different lengths are judged one by one", arguments: [true, false])
    func manyClaims(interleaved: Bool) throws {
        var random = generator(seed: 0xA1)
        var claims: [WinternitzClaim] = []
        var expected: [Bool] = []
        for index in 0..<24 {
            let byteCount = Int.random(in: 1...40, using: &random)
            let key = try OneTimeKey(messageByteCount: byteCount, random: &random)
            let message = random.bytes(count: byteCount)
            let isTrue = interleaved ? index % 3 != 0 : true
            // False claims are of both sorts: a wrong message, and one that does not even fit.
            let claimed = isTrue ? message : index % 2 == 0 ? message + [0] : message.map { ~$0 }
            claims.append(
                WinternitzClaim(
                    message: claimed, signature: try key.sign(message),
                    publicKey: try key.publicKey()))
            expected.append(isTrue)
        }
        for implementation in HashImplementation.allCases where implementation.isAvailable {
            #expect(WinternitzClaim.verify(claims, using: implementation) == expected)
        }
        #expect(WinternitzClaim.verify([]) == [])
    }

    @Test("Many-lane verification agrees with one chain at a time through libcrypto")
    func slowVerification() throws {
        var random = generator(seed: 0x510)
        for round in 0..<60 {
            let byteCount = Int.random(in: 1...33, using: &random)
            let key = try OneTimeKey(messageByteCount: byteCount, random: &random)
            let publicKey = try key.publicKey()
            let message = random.bytes(count: byteCount)
            let claimed = round % 2 == 0 ? message : random.bytes(count: byteCount)
            let signature = try key.sign(message)
            let slow = zip(signature.chains, publicKey.parameters.digits(of: claimed))
                .map { OneTimeKey.iterate($0, 15 - $1) }
            #expect(
                signature.verify(message: claimed, publicKey: publicKey)
                    == (slow == publicKey.chains))
        }
    }

    private func generator(seed: UInt64) -> SplitMix64 {
        print("seed \(seed)")
        return SplitMix64(seed: seed)
    }
}
