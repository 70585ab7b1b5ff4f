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
        var scratch = first
        var sum = second
        try Self.combine(scratch, into: &sum, session)
        scratch.wipe()
        guard key.publicKey == publicKey else { throw .nonceOfAnotherKey }
        let factor: Scalar
        do throws(MuSig2Error) {
            factor = try session.keyFactor(of: publicKey)
        } catch {
            throw .signerNotAmongKeys
        }
        let scalar = try Self.share(of: key, factor, adding: sum, on: &scratch)
        let signature = PartialSignature(scalar)
        guard signature.verify(pubNonce: pubNonce, publicKey: publicKey, session: session) else {
            throw .ownSignatureInvalid
        }
        return signature
    }

    /// `±(k1 + b * k2)` in the place of k2, the sign being that of the session's final nonce.
    private static func combine(
        _ first: borrowing SecretPage, into second: inout SecretPage, _ session: SessionContext
    ) throws(PartialSignError) {
        do throws(SecretScalarError) {
            try second.withMutableBytes { sum throws(SecretScalarError) in
                try SecretScalar.multiply(&sum, by: session.nonceCoefficient)
                try first.withBytes { first throws(SecretScalarError) in
                    try SecretScalar.add(first, to: &sum)
                }
                if session.finalNonce.parity == 1 { try SecretScalar.negate(&sum) }
            }
        } catch {
            throw .degenerateSession
        }
    }

    /// `factor * d + sum`, which is published.
    ///
    /// - Parameter scratch: 32 bytes to calculate on.
    private static func share(
        of key: borrowing SecretKey, _ factor: Scalar, adding sum: borrowing SecretPage,
        on scratch: inout SecretPage
    ) throws(PartialSignError) -> Scalar {
        do throws(SecretScalarError) {
            try scratch.withMutableBytes { share throws(SecretScalarError) in
                key.withBytes { key in
                    for index in key.indices {
                        share[index] = key[index]
                    }
                }
                try SecretScalar.multiply(&share, by: factor)
                try sum.withBytes { sum throws(SecretScalarError) in
                    try SecretScalar.add(sum, to: &share)
                }
            }
        } catch {
            throw .degenerateSession
        }
        let bytes = scratch.withBytes { share in share.indices.map { share[$0] } }
        guard let scalar = Scalar(bytes) else { throw .degenerateSession }
        return scalar
    }
}
