package import Curve
import Primitives

extension SchnorrSignature {
    /// PartialSigAgg of BIP-327; the order of the partial signatures does not matter.
    ///
    /// The result is not verified: that takes `session.keys.xOnly`, or `SessionContext.signature`.
    ///
    /// - Throws: `noContribution`.
    package init(
        aggregating partialSignatures: [PartialSignature], session: SessionContext
    ) throws(MuSig2Error) {
        guard !partialSignatures.isEmpty else { throw .noContribution(.partialSignature) }
        let s = partialSignatures.reduce(session.challenge * session.keys.signingTweak) {
            $0 + $1.scalar
        }
        self.init(r: session.finalNonce.x, s: s.bytes32)
    }
}

extension SessionContext {
    /// The final signature, verified; where it is not valid, the signer who is to blame.
    ///
    /// One verification where all are honest; partial signatures are only looked at one by one
    /// when the sum is wrong.
    ///
    /// - Parameters:
    ///   - partialSignatures: One for each key, in the order of the keys.
    ///   - pubNonces: One for each key, in the order of the keys; those that were aggregated.
    /// - Throws: `countMismatch`; `invalidContribution(.partialSignature, …)` with the first
    ///   culprit; `invalidContribution(.aggNonce, signerIndex: nil)` where every partial signature
    ///   is good, so that the nonces are not those that were aggregated.
    package func signature(
        aggregating partialSignatures: [PartialSignature], pubNonces: [PubNonce]
    ) throws(MuSig2Error) -> SchnorrSignature {
        for actual in [partialSignatures.count, pubNonces.count]
        where actual != keys.publicKeys.count {
            throw .countMismatch(expected: keys.publicKeys.count, actual: actual)
        }
        let signature = try SchnorrSignature(aggregating: partialSignatures, session: self)
        if keys.xOnly.verify(signature, message: message) { return signature }
        try checkEach(partialSignatures, pubNonces: pubNonces)
        throw .invalidContribution(.aggNonce, signerIndex: nil)
    }

    /// PartialSigVerify of BIP-327 for every signer.
    ///
    /// - Throws: `invalidContribution(.partialSignature, …)` with the first culprit;
    ///   `countMismatch`.
    package func checkEach(
        _ partialSignatures: [PartialSignature], pubNonces: [PubNonce]
    ) throws(MuSig2Error) {
        for actual in [partialSignatures.count, pubNonces.count]
        where actual != keys.publicKeys.count {
            throw .countMismatch(expected: keys.publicKeys.count, actual: actual)
        }
        for (signerIndex, partialSignature) in partialSignatures.enumerated() {
            guard
                partialSignature.verify(
                    pubNonce: pubNonces[signerIndex], signerIndex: signerIndex, session: self)
            else { throw .invalidContribution(.partialSignature, signerIndex: signerIndex) }
        }
    }
}
