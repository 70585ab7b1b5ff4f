package import Curve
import Primitives

/// `session_ctx` of BIP-327 with its session values: all that one signature depends on, except
/// who signs.
package struct SessionContext: Sendable {
    /// The aggregate of all signers' nonces.
    package let aggNonce: AggNonce
    /// The aggregate key with its tweaks.
    package let keys: KeyAggContext
    /// What is signed; any length.
    package let message: [UInt8]
    /// b: binds each signer's second nonce to the session.
    package let nonceCoefficient: Scalar
    /// R: the nonce point of the final signature.
    package let finalNonce: PublicKey
    /// e: BIP-340's challenge.
    package let challenge: Scalar

    private static let nonceCoefficientHash = TaggedHash("MuSig/noncecoef")
    private static let challengeHash = TaggedHash("BIP0340/challenge")

    /// GetSessionValues of BIP-327.
    package init(aggNonce: AggNonce, keys: KeyAggContext, message: [UInt8]) {
        let key = keys.aggregateKey.x.bytes
        nonceCoefficient = Scalar(
            reducing: Self.nonceCoefficientHash.hash(aggNonce.bytes, key, message))
        let sum = aggNonce.first.adding(aggNonce.second.multiplied(by: nonceCoefficient))
        // BIP-327, GetSessionValues: a sum that is infinity is replaced by G, and the session goes
        // on to find the culprit among the partial signatures.
        finalNonce = sum.key ?? .generator
        challenge = Scalar(reducing: Self.challengeHash.hash(finalNonce.x.bytes, key, message))
        self.aggNonce = aggNonce
        self.keys = keys
        self.message = message
    }

    /// The session of keys that are aggregated and tweaked for it alone.
    ///
    /// Where several sessions have keys and tweaks in common, make their `KeyAggContext` once.
    package init(
        aggNonce: AggNonce, publicKeys: [PublicKey], tweaks: [Tweak], message: [UInt8]
    ) throws(MuSig2Error) {
        var keys = try KeyAggContext(publicKeys)
        for tweak in tweaks {
            keys = try keys.applying(tweak)
        }
        self.init(aggNonce: aggNonce, keys: keys, message: message)
    }

    /// `e * a * g * gacc` of BIP-327: the factor of a signer's secret key in its partial signature.
    ///
    /// - Throws: `signerNotAmongKeys`.
    package func keyFactor(of key: PublicKey) throws(MuSig2Error) -> Scalar {
        guard let coefficient = keys.coefficient(of: key) else { throw .signerNotAmongKeys }
        return challenge * coefficient * keys.signingSign
    }
}
