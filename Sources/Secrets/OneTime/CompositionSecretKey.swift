package import Primitives
package import Winternitz

/// What a one-time key of profile 2 is for.
///
/// Keys of contexts that differ in anything have no chain in common, nor with keys of base 16: the
/// profile's number stands in the derivation.
package struct CompositionContext: Hashable, Sendable {
    package let network: KeyNetwork
    /// The ceremony's id.
    package let ceremony: Bytes32
    /// The ceremony's random instance; at most 100 bytes.
    package let instance: [UInt8]
    /// The variable's name; at most 100 bytes.
    package let variable: String

    package init(network: KeyNetwork, ceremony: Bytes32, instance: [UInt8], variable: String) {
        self.network = network
        self.ceremony = ceremony
        self.instance = instance
        self.variable = variable
    }

    /// The context of one chain; the fields are those of `WinternitzContext`.
    func chain(_ chainIndex: Int) throws(SecretsError) -> DerivationContext {
        var context = try DerivationContext("winternitz/v1")
        try context.append(network)
        try context.append(ceremony.bytes)
        try context.append(instance)
        try context.append(variable)
        try context.append(UInt32(CompositionCode.profileNumber))
        try context.append(UInt32(CompositionCode.messageByteCount))
        try context.append(UInt32(chainIndex))
        return context
    }
}

/// The secret ends of the chains of a one-time key of profile 2.
///
/// Signing consumes it. As with base 16, a ledger must keep what each variable was bound to.
package struct CompositionSecretKey: ~Copyable, Sendable {
    private let page: SecretPage

    fileprivate init(_ page: consuming SecretPage) {
        self.page = page
    }

    /// The public key: every chain at its end.
    package borrowing func publicKey() throws(SecretsError) -> CompositionPublicKey {
        let steps = [UInt8](
            repeating: CompositionCode.stepCount, count: CompositionCode.chainCount)
        let copy = try page.withBytes { bytes throws(SecretsError) in
            try SecretPage.make(copying: bytes)
        }
        do throws(WinternitzError) {
            return try CompositionPublicKey(chains: SecretChains.advance(copy, by: steps))
        } catch {
            preconditionFailure("a secret key has as many chains as its public key")
        }
    }

    /// Signs a message; only the chains that it chooses are advanced and given out.
    package consuming func sign(_ message: Bytes20) -> CompositionSignature {
        let indices = CompositionCode.chainIndices(at: CompositionCode.positions(of: message))
        var steps = [UInt8](repeating: CompositionCode.stepCount, count: CompositionCode.chainCount)
        for (index, distance) in zip(indices, CompositionCode.distances) {
            steps[index] -= distance
        }
        let values = SecretChains.advance(page, by: steps)
        do throws(WinternitzError) {
            return try CompositionSignature(values: indices.map { values[$0] })
        } catch {
            preconditionFailure("the code discloses as many chains as a signature has")
        }
    }
}

extension SecretDerivation {
    /// The one-time key of profile 2 of a context.
    package borrowing func compositionKey(
        _ context: CompositionContext
    ) throws(SecretsError) -> CompositionSecretKey {
        var page = try SecretPage.make(
            byteCount: CompositionCode.chainCount * Bytes20.byteCount)
        var chain = try SecretPage.make(byteCount: Bytes20.byteCount)
        for chainIndex in 0..<CompositionCode.chainCount {
            let info = try context.chain(chainIndex)
            chain.withMutableBytes { expand(info, into: &$0) }
            let start = chainIndex * Bytes20.byteCount
            chain.withBytes { chain in
                page.withMutableBytes { bytes in
                    for index in chain.indices {
                        bytes[start + index] = chain[index]
                    }
                }
            }
        }
        return CompositionSecretKey(page)
    }
}
