import Primitives
import TestSupport
import Testing
import Winternitz

@Suite("One-time keys of both profiles")
struct OneTimeKeyTests {
    private static func all() throws -> [OneTimeParameters] {
        [
            .composition, .base16(try WinternitzParameters(messageByteCount: 20)),
            .base16(try WinternitzParameters(messageByteCount: 1)),
            .base16(try WinternitzParameters(messageByteCount: 32)),
        ]
    }

    private func key(
        _ parameters: OneTimeParameters, _ random: inout SplitMix64
    ) throws -> OneTimePublicKey {
        try OneTimePublicKey(
            parameters: parameters,
            chains: (0..<parameters.chainCount).map { _ in
                Bytes20(random.bytes(count: 20)) ?? .zero
            })
    }

    @Test("Profile 2 has messages of 20 bytes and no others; profile 1 has 1 to 1024")
    func lengths() throws {
        for byteCount in -1...1100 {
            let composition = try? OneTimeParameters(
                profileNumber: 2, messageByteCount: byteCount)
            #expect(composition == (byteCount == 20 ? .composition : nil))
            let plain = try? OneTimeParameters(profileNumber: 1, messageByteCount: byteCount)
            #expect((plain != nil) == (1...1024).contains(byteCount))
            #expect(plain.map(\.messageByteCount) ?? byteCount == byteCount)
        }
        #expect(throws: WinternitzError.messageByteCount(32)) {
            try OneTimeParameters(profileNumber: 2, messageByteCount: 32)
        }
        for number in [0, 3, 255] as [UInt8] {
            #expect(throws: WinternitzError.unknownProfile(number)) {
                try OneTimeParameters(profileNumber: number, messageByteCount: 20)
            }
            #expect(throws: WinternitzError.unknownProfile(number)) {
                try OneTimeSignature(
                    profileNumber: number, decoding: [UInt8](repeating: 0, count: 680))
            }
        }
    }

    @Test(
        "Numbers and lengths say the parameters, and the parameters say them", arguments: try all())
    func parameters(_ parameters: OneTimeParameters) throws {
        #expect(
            try OneTimeParameters(
                profileNumber: parameters.profileNumber,
                messageByteCount: parameters.messageByteCount) == parameters)
        #expect(
            parameters.description
                == "\(parameters.messageByteCount) bytes, profile \(parameters.profileNumber)")
    }

    @Test("Keys read back; another profile, length or number of chains is refused")
    func keys() throws {
        var random = SplitMix64.announced("one-time-union-keys")
        var digests: Set<Bytes32> = []
        for parameters in try Self.all() {
            let key = try key(parameters, &random)
            let encoded = key.encoded()
            #expect(try OneTimePublicKey(decoding: encoded) == key)
            #expect(key.parameters == parameters)
            digests.insert(key.digest)
            for profile in UInt8.min...UInt8.max where profile != encoded[0] {
                #expect(throws: WinternitzError.self) {
                    try OneTimePublicKey(decoding: [profile] + encoded.dropFirst())
                }
            }
            for bit in 0..<16 {
                var changed = encoded
                changed[1 + bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(throws: WinternitzError.self) { try OneTimePublicKey(decoding: changed) }
            }
            for count in encoded.indices {
                #expect(throws: WinternitzError.self) {
                    try OneTimePublicKey(decoding: Array(encoded.prefix(count)))
                }
            }
            #expect(throws: WinternitzError.self) {
                try OneTimePublicKey(decoding: encoded + [0])
            }
            #expect(throws: WinternitzError.self) {
                try OneTimePublicKey(parameters: parameters, chains: Array(key.chains.dropLast()))
            }
        }
        #expect(digests.count == 4)
    }

    @Test("Every byte of a key of profile 2 counts in its digest")
    func digest() throws {
        var random = SplitMix64.announced("one-time-union-digest")
        let encoded = try key(.composition, &random).encoded()
        var digests: Set<Bytes32> = [try OneTimePublicKey(decoding: encoded).digest]
        for index in encoded.indices.dropFirst(3) {
            var changed = encoded
            changed[index] ^= 1
            digests.insert(try OneTimePublicKey(decoding: changed).digest)
        }
        #expect(digests.count == encoded.count - 2)
    }

    @Test("Signatures read back under their own profile only, and verify under none else")
    func signatures() throws {
        var random = SplitMix64.announced("one-time-union-signatures")
        let own = try OpenComposition(&random)
        let message = try #require(Bytes20(random.bytes(count: 20)))
        let signature = OneTimeSignature.composition(
            try own.sign(message))
        let encoded = signature.encoded()
        #expect(signature.profileNumber == 2)
        #expect(try OneTimeSignature(profileNumber: 2, decoding: encoded) == signature)
        // No message of profile 1 has 34 chains, so the lengths keep the profiles apart as well.
        #expect(throws: WinternitzError.unusableChainCount(34)) {
            try OneTimeSignature(profileNumber: 1, decoding: encoded)
        }
        let key = OneTimePublicKey.composition(own.publicKey)
        #expect(key.verify(signature, of: message.bytes))
        #expect(!key.verify(signature, of: message.bytes + [0]))
        #expect(!key.verify(signature, of: message.bytes.dropLast()))
        #expect(!key.verify(signature, of: []))
        let plain = try key20(&random)
        #expect(!plain.verify(signature, of: message.bytes))
        for index in signature.values.indices {
            var values = signature.values
            values[index] = Hash160.hash(values[index].bytes)
            let changed = try OneTimeSignature.composition(CompositionSignature(values: values))
            #expect(!key.verify(changed, of: message.bytes))
        }
        for bit in 0..<160 {
            var other = message.bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.verify(signature, of: other))
        }
    }

    private func key20(_ random: inout SplitMix64) throws -> OneTimePublicKey {
        try key(.base16(WinternitzParameters(messageByteCount: 20)), &random)
    }

    @Test("What one signature of profile 2 gives away is that signature")
    func oneSignature() throws {
        var random = SplitMix64.announced("one-time-union-one")
        for _ in 0..<50 {
            let message = try #require(Bytes20(random.bytes(count: 20)))
            let reach = Reach([message])
            for _ in 0..<20 {
                let chains = try #require(reach.choice(&random))
                #expect(reach.message(chains) == message)
            }
        }
    }

    @Test("Two signatures of one key of profile 2 are a third one for whoever sees both")
    func twoSignatures() throws {
        var random = SplitMix64.announced("one-time-union-two")
        let key = try OpenComposition(&random)
        for _ in 0..<10 {
            let messages = try (0..<2).map { _ in try #require(Bytes20(random.bytes(count: 20))) }
            let seen = try messages.map { message in
                let positions = CompositionCode.positions(of: message)
                return (
                    CompositionCode.chainIndices(at: positions), try key.disclose(positions).values
                )
            }
            let reach = Reach(messages)
            var forged: Bytes20?
            var chains: [Int] = []
            for _ in 0..<10_000 where forged == nil {
                guard let choice = reach.choice(&random), let message = reach.message(choice),
                    !messages.contains(message)
                else { continue }
                (forged, chains) = (message, choice)
            }
            let message = try #require(forged, "no third message was found")
            let values = zip(chains, CompositionCode.distances).map { chain, distance in
                Reach.value(of: chain, at: distance, from: seen)
            }
            let signature = try CompositionSignature(values: values.compactMap { $0 })
            #expect(signature.verify(message: message, publicKey: key.publicKey))
        }
    }
}
