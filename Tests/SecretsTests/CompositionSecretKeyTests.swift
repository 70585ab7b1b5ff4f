import Primitives
import Secrets
import TestSupport
import Testing
import Winternitz

struct CompositionSecretKeyTests {
    private static func context(
        _ network: KeyNetwork = .regtest, ceremony: Bytes32 = SecretDerivationTests.ceremony,
        instance: [UInt8] = SecretDerivationTests.instance, variable: String = "hash"
    ) -> OneTimeContext {
        OneTimeContext(
            network: network, ceremony: ceremony, instance: instance, variable: variable,
            parameters: .composition)
    }

    private func publicKey(_ context: OneTimeContext) throws -> CompositionPublicKey {
        try SecretDerivationTests.derivation().compositionKey(context).publicKey()
    }

    @Test("Signatures verify under their key, and under no other message or key")
    func signing() throws {
        var random = SplitMix64.announced("composition-secret")
        let key = try publicKey(Self.context())
        let stranger = try publicKey(Self.context(variable: "other"))
        for _ in 0..<20 {
            let message = try #require(Bytes20(random.bytes(count: 20)))
            let signature = try SecretDerivationTests.derivation()
                .compositionKey(Self.context()).sign(message)
            #expect(signature.verify(message: message, publicKey: key))
            #expect(!signature.verify(message: message, publicKey: stranger))
            var other = message
            other[Int.random(in: 0..<20, using: &random)] ^= 1
            #expect(!signature.verify(message: other, publicKey: key))
            for value in signature.values { #expect(!key.chains.contains(value)) }
        }
    }

    @Test("No two contexts share a chain, nor the two profiles")
    func contexts() throws {
        let keys = try [
            publicKey(Self.context()), publicKey(Self.context(.testnet4)),
            publicKey(Self.context(ceremony: SHA256.hash([1]))),
            publicKey(Self.context(instance: SecretDerivationTests.instance + [0])),
            publicKey(Self.context(variable: "hash2")),
        ]
        let plain = try SecretDerivationTests.derivation().winternitzKey(
            OneTimeContext(
                network: .regtest, ceremony: SecretDerivationTests.ceremony,
                instance: SecretDerivationTests.instance, variable: "hash",
                parameters: .base16(WinternitzParameters(messageByteCount: 20)))
        ).publicKey()
        let chains = keys.flatMap(\.chains) + plain.chains
        #expect(Set(chains).count == chains.count)
        // Each chain goes 23 steps here and 15 there: neither may be a later part of the other.
        var further = plain.chains
        Hash160Lanes.iterate(&further, steps: [UInt8](repeating: 8, count: further.count))
        #expect(Set(further).isDisjoint(with: keys[0].chains))
    }
}
