package import Curve
package import MuSig2
package import Primitives

/// A secret nonce (`secnonce` of BIP-327).
///
/// Usable once: signing consumes it, and so does failing to sign.
///
/// The compiler refuses a second use, a copy, storage in an array and any kind of encoding; the
/// pages are wiped when the value goes away. What this cannot stop is a second process or a
/// restored disk: whoever derives nonces keeps a ledger for that.
package struct SecNonce: ~Copyable, Sendable {
    private let first: SecretPage
    private let second: SecretPage

    /// The key that the nonce is bound to.
    package let publicKey: PublicKey
    /// The public half.
    package let pubNonce: PubNonce

    /// Takes over two numbers of 32 bytes each.
    ///
    /// For the algorithms of this module and the published vectors; nobody else has such pages.
    ///
    /// - Throws: `nonceOutOfRange` where one of them is not in 1…n-1.
    package init(
        _ first: consuming SecretPage, _ second: consuming SecretPage, publicKey: PublicKey
    ) throws(SecretsError) {
        pubNonce = PubNonce(try Self.point(first), try Self.point(second))
        self.first = first
        self.second = second
        self.publicKey = publicKey
    }

    private static func point(_ scalar: borrowing SecretPage) throws(SecretsError) -> PublicKey {
        do throws(SecretScalarError) {
            return try scalar.withBytes { scalar throws(SecretScalarError) in
                try SecretScalar.publicKey(of: scalar)
            }
        } catch {
            throw .nonceOutOfRange
        }
    }

    /// Sign of BIP-327.
    ///
    /// Before anything is checked, the two secret numbers are replaced by the one sum that this
    /// session needs. The signature is verified before it is returned.
    package consuming func partialSign(
        _ session: SessionContext, with key: borrowing SecretKey
    ) throws(PartialSignError) -> PartialSignature {
        let (publicKey, pubNonce) = (publicKey, pubNonce)
        let sum = try Self.combine(first, second, session)
        guard key.publicKey == publicKey else { throw .nonceOfAnotherKey }
        let factor: Scalar
        do throws(MuSig2Error) {
            factor = try session.keyFactor(of: publicKey)
        } catch {
            throw .signerNotAmongKeys
        }
        let scalar = try Self.share(of: key, factor, adding: sum)
        let signature = PartialSignature(scalar)
        guard signature.verify(pubNonce: pubNonce, publicKey: publicKey, session: session) else {
            throw .ownSignatureInvalid
        }
        return signature
    }

    /// `±(k1 + b * k2)`, the sign being that of the session's final nonce.
    private static func combine(
        _ first: consuming SecretPage, _ second: consuming SecretPage, _ session: SessionContext
    ) throws(PartialSignError) -> SecretPage {
        var first = first
        var sum = second
        do throws(SecretScalarError) {
            try sum.withMutableBytes { sum throws(SecretScalarError) in
                try SecretScalar.multiply(&sum, by: session.nonceCoefficient)
                try first.withBytes { first throws(SecretScalarError) in
                    try SecretScalar.add(first, to: &sum)
                }
                if session.finalNonce.parity == 1 { try SecretScalar.negate(&sum) }
            }
        } catch {
            throw .degenerateSession
        }
        first.wipe()
        return sum
    }

    /// `factor * d + sum`, which is published.
    private static func share(
        of key: borrowing SecretKey, _ factor: Scalar, adding sum: borrowing SecretPage
    ) throws(PartialSignError) -> Scalar {
        var share: SecretPage
        do throws(SecretsError) {
            share = try key.copiedBytes()
        } catch {
            throw .secret(error)
        }
        do throws(SecretScalarError) {
            try share.withMutableBytes { share throws(SecretScalarError) in
                try SecretScalar.multiply(&share, by: factor)
                try sum.withBytes { sum throws(SecretScalarError) in
                    try SecretScalar.add(sum, to: &share)
                }
            }
        } catch {
            throw .degenerateSession
        }
        let bytes = share.withBytes { share in share.indices.map { share[$0] } }
        guard let scalar = Scalar(bytes) else { throw .degenerateSession }
        return scalar
    }
}
