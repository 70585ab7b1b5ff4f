package import Primitives
package import Winternitz

/// A random one-time key of profile 2 with its secrets in the open.
package struct OpenComposition {
    /// The beginnings of its chains.
    package let secrets: [Bytes20]
    /// What others see of it.
    package let publicKey: CompositionPublicKey

    package init(_ random: inout SplitMix64) throws {
        secrets = (0..<CompositionCode.chainCount).map { _ in
            Bytes20(random.bytes(count: Bytes20.byteCount)) ?? .zero
        }
        var ends = secrets
        Hash160Lanes.iterate(
            &ends, steps: [UInt8](repeating: CompositionCode.stepCount, count: ends.count))
        publicKey = try CompositionPublicKey(chains: ends)
    }

    /// The signature of a message.
    package func sign(_ message: Bytes20) throws -> CompositionSignature {
        try disclose(CompositionCode.positions(of: message))
    }

    /// The values at positions, whether a message has them or not.
    package func disclose(_ positions: [Int]) throws -> CompositionSignature {
        var values = CompositionCode.chainIndices(at: positions).map { secrets[$0] }
        Hash160Lanes.iterate(
            &values, steps: CompositionCode.distances.map { CompositionCode.stepCount - $0 })
        return try CompositionSignature(values: values)
    }
}
