package import Primitives
package import Winternitz

/// One-time keys of both profiles with their secrets in the open: a text determines each of them.
package struct OpenOneTimeKeys: Sendable {
    private let seed: String

    /// The same seed always gives the same keys.
    package init(_ seed: String) {
        self.seed = seed
    }

    private func secrets(_ name: String, count: Int) -> [Bytes20] {
        (0..<count).map { index in
            let digest = TaggedHash("BitVMX/test-one-time-key")
                .hash(Array("\(seed)/\(name)/\(index)".utf8))
            return Bytes20(digest.bytes.prefix(Bytes20.byteCount)) ?? .zero
        }
    }

    // MARK: Profile 1

    private func parameters(_ byteCount: Int) throws(WinternitzError) -> WinternitzParameters {
        try WinternitzParameters(messageByteCount: byteCount)
    }

    /// The public key of a name.
    ///
    /// - Parameter byteCount: Of the messages, 1 to 1024.
    package func base16(
        _ name: String, byteCount: Int
    ) throws(WinternitzError) -> WinternitzPublicKey {
        let parameters = try parameters(byteCount)
        var ends = secrets(name, count: parameters.chainCount)
        Hash160Lanes.iterate(&ends, steps: [UInt8](repeating: 15, count: ends.count))
        return try WinternitzPublicKey(parameters: parameters, chains: ends)
    }

    /// The signature of a message by the key of a name and of the message's length.
    package func sign(
        _ message: [UInt8], as name: String
    ) throws(WinternitzError) -> WinternitzSignature {
        let parameters = try parameters(message.count)
        var chains = secrets(name, count: parameters.chainCount)
        Hash160Lanes.iterate(&chains, steps: parameters.digits(of: message))
        return try WinternitzSignature(chains: chains)
    }

    // MARK: Profile 2

    /// The public key of a name.
    package func chosenChains(_ name: String) throws(WinternitzError) -> CompositionPublicKey {
        var ends = secrets(name, count: CompositionCode.chainCount)
        Hash160Lanes.iterate(
            &ends, steps: [UInt8](repeating: CompositionCode.stepCount, count: ends.count))
        return try CompositionPublicKey(chains: ends)
    }

    /// The signature of a message by the key of a name.
    package func choose(
        _ message: Bytes20, as name: String
    ) throws(WinternitzError) -> CompositionSignature {
        let secrets = secrets(name, count: CompositionCode.chainCount)
        let positions = CompositionCode.positions(of: message)
        var values = CompositionCode.chainIndices(at: positions).map { secrets[$0] }
        Hash160Lanes.iterate(
            &values, steps: CompositionCode.distances.map { CompositionCode.stepCount - $0 })
        return try CompositionSignature(values: values)
    }
}
