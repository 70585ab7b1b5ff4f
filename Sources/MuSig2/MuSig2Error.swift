/// What a signer, or the aggregator of nonces, contributes to a session (BIP-327).
package enum Contribution: String, Hashable, Sendable {
    case publicKey = "public key"
    case pubNonce = "public nonce"
    case aggNonce = "aggregate nonce"
    case partialSignature = "partial signature"
}

/// Why an algorithm of BIP-327's public side has no result.
package enum MuSig2Error: Error, Hashable, Sendable {
    /// Bytes that are no point or number, or a partial signature that does not verify.
    ///
    /// - signerIndex: 0-based place of the culprit in the list that was passed; nil where there is
    ///   no list, or where the contribution is the aggregator's.
    case invalidContribution(Contribution, signerIndex: Int?)
    /// An empty list.
    case noContribution(Contribution)
    /// Two lists that belong together differ in length.
    case countMismatch(expected: Int, actual: Int)
    /// A tweak that is the group order or more.
    case tweakOutOfRange
    /// The aggregate of the keys, or the tweaked aggregate, is the point at infinity.
    case aggregateKeyAtInfinity
    /// The signer's key is not among the keys of the session.
    case signerNotAmongKeys
}
