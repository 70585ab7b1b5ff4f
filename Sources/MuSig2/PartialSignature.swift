package import Curve
package import Primitives

/// `psig` of BIP-327: one signer's share of s, 32 bytes of a number below the group order.
package struct PartialSignature: Hashable, Sendable, CustomStringConvertible {
    /// The number s.
    package let scalar: Scalar

    package init(_ scalar: Scalar) {
        self.scalar = scalar
    }

    /// Exact decoding.
    ///
    /// - Throws: `invalidContribution(.partialSignature, signerIndex: nil)`.
    package init(decoding bytes: [UInt8]) throws(MuSig2Error) {
        guard let scalar = Scalar(bytes) else {
            throw .invalidContribution(.partialSignature, signerIndex: nil)
        }
        self.init(scalar)
    }

    /// Exact decoding of every signer's partial signature.
    ///
    /// - Throws: `invalidContribution` with the index of the first that is none.
    package static func decode(_ list: [[UInt8]]) throws(MuSig2Error) -> [PartialSignature] {
        var signatures: [PartialSignature] = []
        for (signerIndex, bytes) in list.enumerated() {
            guard let scalar = Scalar(bytes) else {
                throw .invalidContribution(.partialSignature, signerIndex: signerIndex)
            }
            signatures.append(PartialSignature(scalar))
        }
        return signatures
    }

    /// The 32 bytes.
    package var bytes: [UInt8] { scalar.bytes }

    /// The 32 bytes.
    package var bytes32: Bytes32 { scalar.bytes32 }

    /// Lower-case hexadecimal.
    package var description: String { scalar.description }

    /// PartialSigVerify of BIP-327 for the signer of a key; false where the key is not among those
    /// of the session.
    package func verify(
        pubNonce: PubNonce, publicKey: PublicKey, session: SessionContext
    ) -> Bool {
        guard let factor = try? session.keyFactor(of: publicKey) else { return false }
        let nonce = CurvePoint.point(pubNonce.first).adding(
            .point(pubNonce.second).multiplied(by: session.nonceCoefficient))
        let signedNonce = session.finalNonce.parity == 0 ? nonce : nonce.negated
        // s * G = R + factor * P, with both products on one side.
        return CurvePoint.point(publicKey).multiplied(by: -factor).tweakAdded(scalar)
            == signedNonce
    }

    /// PartialSigVerify of BIP-327 for a signer by its place in the session's keys.
    ///
    /// - Parameter signerIndex: 0-based, less than `session.keys.publicKeys.count`.
    package func verify(
        pubNonce: PubNonce, signerIndex: Int, session: SessionContext
    ) -> Bool {
        verify(
            pubNonce: pubNonce, publicKey: session.keys.publicKeys[signerIndex], session: session)
    }
}
