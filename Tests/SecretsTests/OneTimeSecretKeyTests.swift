import Primitives
import Secrets
import TestSupport
import Testing
import Winternitz

@Suite("One-time keys of both profiles: derivation")
struct OneTimeSecretKeyTests {
    private static func context(
        _ parameters: OneTimeParameters, network: KeyNetwork = .regtest,
        ceremony: Bytes32 = SecretDerivationTests.ceremony,
        instance: [UInt8] = SecretDerivationTests.instance, variable: String = "hash"
    ) -> OneTimeContext {
        OneTimeContext(
            network: network, ceremony: ceremony, instance: instance, variable: variable,
            parameters: parameters)
    }

    private static func base16(_ byteCount: Int) throws -> OneTimeParameters {
        .base16(try WinternitzParameters(messageByteCount: byteCount))
    }

    private func publicKey(_ context: OneTimeContext) throws -> OneTimePublicKey {
        try SecretDerivationTests.derivation().oneTimeKey(context).publicKey()
    }

    private func sign(_ message: [UInt8], _ context: OneTimeContext) throws -> OneTimeSignature {
        try SecretDerivationTests.derivation().oneTimeKey(context).sign(message)
    }

    @Test("a second implementation of profile 2 gives the same key and the same signatures")
    func knownAnswers() throws {
        let context = Self.context(.composition)
        let key = try publicKey(context)
        #expect(key.chains[0].hex == "32aeb897f42217b35ae205a162bb1c913235d137")
        #expect(
            SHA256.hash(key.chains.flatMap(\.bytes)).hex
                == "867a6b7cb5d407dd10667b1aa696e9faf53930cdb09452b8ba394d2a2a365f31")
        #expect(
            key.digest.hex
                == "97e42f3b1d46c46aa79ab1cf988c6e4d83abc6dee7e8256e5a5e804866453728")
        for (message, digest) in [
            (
                [UInt8](0..<20),
                "7acd1b6f34fc9c75805d772840b82f1c20ddefb906ffa16ed16d01a6ac32b696"
            ),
            (
                [UInt8](repeating: 255, count: 20),
                "c9c65305942226547e80d322e01f5eaef643d66bd265885097931e7e5d5bf242"
            ),
        ] {
            let signature = try sign(message, context)
            #expect(SHA256.hash(signature.encoded()).hex == digest)
            #expect(key.verify(signature, of: message))
        }
    }

    /// The beginnings of a context's chains, derived without the code under test.
    private func beginnings(_ context: OneTimeContext) throws -> [Bytes20] {
        let seed = try Hex.decode(SecretDerivationTests.seedText)
        let salt = Array("BitVMX Airgap secrets v1".utf8)
        func number(_ value: Int) -> [UInt8] { [0, 0, UInt8(value >> 8), UInt8(value & 255)] }
        func field(_ bytes: [UInt8]) -> [UInt8] { number(bytes.count) + bytes }
        return try (0..<context.parameters.chainCount).map { index in
            let info =
                field(Array("winternitz/v1".utf8)) + field(Array(context.network.rawValue.utf8))
                + field(context.ceremony.bytes) + field(context.instance)
                + field(Array(context.variable.utf8))
                + field(number(Int(context.parameters.profileNumber)))
                + field(number(context.parameters.messageByteCount)) + field(number(index))
            var output = [UInt8](repeating: 0, count: 20)
            var span = output.mutableSpan
            HKDF.derive(from: seed.span, salt: salt.span, info: info.span, into: &span)
            return try #require(Bytes20(output))
        }
    }

    @Test("no two contexts share a value at any height of any chain, whatever their profiles")
    func separation() throws {
        let twenty = try Self.base16(20)
        let contexts = try [
            Self.context(.composition), Self.context(twenty), Self.context(Self.base16(32)),
            Self.context(.composition, network: .mainnet),
            Self.context(.composition, network: .testnet4),
            Self.context(twenty, network: .mainnet),
            Self.context(.composition, ceremony: .zero), Self.context(twenty, ceremony: .zero),
            Self.context(.composition, instance: []), Self.context(twenty, instance: []),
            Self.context(.composition, variable: "hash2"),
            Self.context(twenty, variable: "hash2"),
            Self.context(.composition, variable: "hash/2"),
            Self.context(.composition, variable: ""),
            // The same bytes, split between two neighbouring fields in another way.
            Self.context(
                .composition,
                instance: SecretDerivationTests.instance + Array("hash".utf8), variable: ""),
        ]
        var seen: Set<Bytes20> = []
        var count = 0
        for context in contexts {
            var values = try beginnings(context)
            let oneStep = [UInt8](repeating: 1, count: values.count)
            let steps = context.parameters.stepCount
            // Beyond its public values too: the end of a short chain must not be part of a long one.
            for height in 0...UInt8(40) {
                if height == steps { #expect(try publicKey(context).chains == values) }
                seen.formUnion(values)
                count += values.count
                Hash160Lanes.iterate(&values, steps: oneStep)
            }
        }
        #expect(seen.count == count)
    }

    @Test(
        "a message of another length is refused, and the key is gone", arguments: [0, 19, 21, 32])
    func wrongLength(byteCount: Int) throws {
        let message = [UInt8](repeating: 0, count: byteCount)
        for parameters in [.composition, try Self.base16(20)] as [OneTimeParameters] {
            #expect(throws: SecretsError.messageByteCount(byteCount, expected: 20)) {
                _ = try sign(message, Self.context(parameters))
            }
        }
    }

    @Test("a signature of one profile and one of the other of the same value help nobody")
    func bothProfiles() throws {
        var random = SplitMix64.announced("one-time-both-profiles")
        let plain = Self.context(try Self.base16(20))
        let chosen = Self.context(.composition)
        for _ in 0..<10 {
            let message = random.bytes(count: 20)
            let first = try sign(message, plain)
            let second = try sign(message, chosen)
            // Everything that can be computed from one signature, forwards.
            #expect(
                Set(reachable(first.values, steps: 40)).isDisjoint(
                    with: reachable(second.values, steps: 40)))
            #expect(try !publicKey(plain).verify(second, of: message))
            #expect(try !publicKey(chosen).verify(first, of: message))
        }
    }

    private func reachable(_ values: [Bytes20], steps: Int) -> [Bytes20] {
        var current = values
        var all = values
        for _ in 0..<steps {
            Hash160Lanes.iterate(&current, steps: [UInt8](repeating: 1, count: current.count))
            all += current
        }
        return all
    }
}
