import Curve
package import MuSig2
import Primitives

/// A MuSig2 nonce that a text determines; both halves are in the open.
package struct FixtureNonce: Hashable, Sendable {
    package let pubNonce: PubNonce
    private let first: Scalar
    private let second: Scalar

    package init(_ seed: String) throws {
        let first = try FixtureKey(seed + "/first")
        let second = try FixtureKey(seed + "/second")
        self.first = first.secret
        self.second = second.secret
        pubNonce = PubNonce(first.publicKey, second.publicKey)
    }

    /// Sign of BIP-327 on open numbers: an implementation apart from that of `Secrets`.
    package func partialSign(
        _ session: SessionContext, with key: FixtureKey
    ) throws -> PartialSignature {
        let sum = first + session.nonceCoefficient * second
        let nonce = session.finalNonce.parity == 0 ? sum : sum.negated
        return PartialSignature(nonce + (try session.keyFactor(of: key.publicKey)) * key.secret)
    }
}
