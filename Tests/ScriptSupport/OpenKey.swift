internal import Primitives
package import TestSupport
package import Winternitz

/// A one-time key in base 16 with its secrets in the open.
package struct OpenKey {
    /// What others see of it.
    package let publicKey: WinternitzPublicKey
    private let secrets: [Bytes20]

    /// A key for messages of some length.
    package init(messageByteCount: Int, random: inout SplitMix64) throws {
        let parameters = try WinternitzParameters(messageByteCount: messageByteCount)
        secrets = (0..<parameters.chainCount).map { _ in
            Bytes20(random.bytes(count: Bytes20.byteCount)) ?? .zero
        }
        var ends = secrets
        Hash160Lanes.iterate(&ends, steps: [UInt8](repeating: 15, count: ends.count))
        publicKey = try WinternitzPublicKey(parameters: parameters, chains: ends)
    }

    /// The signature of a message.
    package func sign(_ message: [UInt8]) throws -> WinternitzSignature {
        var chains = secrets
        Hash160Lanes.iterate(&chains, steps: publicKey.parameters.digits(of: message))
        return try WinternitzSignature(chains: chains)
    }

    /// The value of a chain after some steps; more than 15 lead beyond the public value.
    package func value(_ chainIndex: Int, after steps: UInt8) -> [UInt8] {
        (0..<steps).reduce(secrets[chainIndex]) { value, _ in Hash160.hash(value.bytes) }.bytes
    }
}
