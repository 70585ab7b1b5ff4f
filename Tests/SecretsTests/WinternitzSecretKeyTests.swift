import Primitives
import Secrets
import TestSupport
import Testing
import Winternitz

@Suite("WinternitzSecretKey")
struct WinternitzSecretKeyTests {
    private static func context(
        _ network: KeyNetwork = .regtest, ceremony: Bytes32 = SecretDerivationTests.ceremony,
        instance: [UInt8] = SecretDerivationTests.instance, variable: String = "acceptance",
        messageByteCount: Int = 4
    ) throws -> OneTimeContext {
        OneTimeContext(
            network: network, ceremony: ceremony, instance: instance, variable: variable,
            parameters: .base16(try WinternitzParameters(messageByteCount: messageByteCount)))
    }

    private func publicKey(_ context: OneTimeContext) throws -> WinternitzPublicKey {
        try SecretDerivationTests.derivation().winternitzKey(context).publicKey()
    }

    private func sign(
        _ message: [UInt8], _ context: OneTimeContext
    ) throws -> WinternitzSignature {
        try SecretDerivationTests.derivation().winternitzKey(context).sign(message)
    }

    @Test("a second implementation derives the same chains")
    func knownAnswer() throws {
        let key = try publicKey(Self.context())
        #expect(key.chains.count == 10)
        #expect(key.chains[0].hex == "c797b35c112ae916fcf4001c905875cc1db1ca24")
        #expect(
            SHA256.hash(key.chains.flatMap(\.bytes)).hex
                == "70b1b2788f442e63c794770e6fd6d64485504249075791832079b2f29d4066fc")
    }

    @Test("signatures verify under the public key, and under no other message or key")
    func signing() throws {
        var random = SplitMix64(seed: 16)
        for messageByteCount in [1, 2, 4, 20, 32, 100] {
            let context = try Self.context(messageByteCount: messageByteCount)
            let key = try publicKey(context)
            for _ in 0..<10 {
                let message = random.bytes(count: messageByteCount)
                let signature = try sign(message, context)
                #expect(signature.verify(message: message, publicKey: key))
                #expect(try sign(message, context) == signature)
                var other = message
                other[0] ^= 1
                #expect(!signature.verify(message: other, publicKey: key))
                let stranger = try publicKey(
                    Self.context(variable: "other", messageByteCount: messageByteCount))
                #expect(!signature.verify(message: message, publicKey: stranger))
            }
        }
    }

    @Test("changing any one field of the context changes every chain")
    func contextSeparation() throws {
        let contexts = try [
            Self.context(), Self.context(.mainnet), Self.context(.signet), Self.context(.testnet4),
            Self.context(ceremony: .zero),
            Self.context(instance: [UInt8](1..<17)), Self.context(instance: []),
            Self.context(variable: "acceptancf"), Self.context(variable: "acceptance/2"),
            Self.context(variable: ""), Self.context(messageByteCount: 5),
            Self.context(messageByteCount: 3), Self.context(messageByteCount: 32),
            // The same bytes, split between two neighbouring fields in another way.
            Self.context(
                instance: SecretDerivationTests.instance + Array("acceptance".utf8),
                variable: ""),
        ]
        var owners: [Bytes20: Int] = [:]
        var chainCount = 0
        for (contextIndex, context) in contexts.enumerated() {
            // A signature of zeros gives the secrets of the message chains themselves.
            let secrets = try sign(
                [UInt8](repeating: 0, count: context.parameters.messageByteCount), context
            ).chains.prefix(2 * context.parameters.messageByteCount)
            for value in try publicKey(context).chains + secrets {
                #expect(owners.updateValue(contextIndex, forKey: value) == nil)
                chainCount += 1
            }
        }
        #expect(owners.count == chainCount)
    }

    @Test("another seed shares no chain")
    func seedSeparation() throws {
        let context = try Self.context()
        let other = "00" + SecretDerivationTests.seedText.dropFirst(2)
        let chains = try publicKey(context).chains
        let others = try SecretDerivationTests.derivation(other).winternitzKey(context)
            .publicKey().chains
        #expect(Set(chains).isDisjoint(with: others))
    }

    @Test("a message of another length is refused", arguments: [0, 3, 5])
    func wrongLength(byteCount: Int) throws {
        let context = try Self.context()
        #expect(throws: SecretsError.messageByteCount(byteCount, expected: 4)) {
            _ = try sign([UInt8](repeating: 0, count: byteCount), context)
        }
    }
}
