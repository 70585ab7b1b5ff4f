public import Primitives

/// The statement that a signature is a key's signature of a message.
public struct WinternitzClaim: Hashable, Sendable {
    /// What was signed.
    public let message: [UInt8]
    /// The disclosed chains.
    public let signature: WinternitzSignature
    /// The key they must lead to.
    public let publicKey: WinternitzPublicKey

    /// Puts the parts together without checking them.
    public init(message: [UInt8], signature: WinternitzSignature, publicKey: WinternitzPublicKey) {
        self.message = message
        self.signature = signature
        self.publicKey = publicKey
    }

    /// Whether the statement is true.
    public var isValid: Bool {
        Self.verify([self]) == [true]
    }

    /// Judges many statements, with all chains of all of them hashed side by side.
    ///
    /// - Parameter implementation: An available one.
    /// - Returns: One answer per claim, in their order.
    public static func verify(
        _ claims: [WinternitzClaim], using implementation: HashImplementation = .automatic
    ) -> [Bool] {
        var values: [Bytes20] = []
        var steps: [UInt8] = []
        for claim in claims where claim.isWellFormed {
            values += claim.signature.chains
            steps += claim.publicKey.parameters.remainingSteps(of: claim.message)
        }
        Hash160Lanes.iterate(&values, steps: steps, using: implementation)

        var ends = values[...]
        return claims.map { claim in
            guard claim.isWellFormed else { return false }
            let own = ends.prefix(claim.publicKey.chains.count)
            ends = ends.dropFirst(own.count)
            return own.elementsEqual(claim.publicKey.chains)
        }
    }

    private var isWellFormed: Bool {
        message.count == publicKey.messageByteCount
            && signature.chains.count == publicKey.chains.count
    }
}
