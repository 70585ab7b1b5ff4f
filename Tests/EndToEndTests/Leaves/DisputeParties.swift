import Curve
import DisputeLeaves
import MuSig2
import Primitives
import Secrets

/// Both sides of a dispute, and the key that they have together.
final class DisputeParties {
    let prover: DisputeParty
    let verifier: DisputeParty
    let keys: KeyAggContext
    /// In the order of the aggregated keys.
    private let signers: [DisputeParty]
    /// Those that were asked for.
    var publicKeys: [LeafValue: [CommitmentProfile: OneTimeKey]] = [:]
    private var sessionCount = 0

    init() throws {
        let prover = try DisputeParty("prover")
        let verifier = try DisputeParty("verifier")
        let byKey = try [prover, verifier].map { (try $0.signingKey().publicKey, $0) }
            .sorted { $0.0 < $1.0 }
        keys = try KeyAggContext(KeySort.sorted(byKey.map(\.0)))
        signers = byKey.map(\.1)
        (self.prover, self.verifier) = (prover, verifier)
    }

    /// A whole MuSig2 session: two nonces, two partial signatures, one signature.
    func sign(_ message: Bytes32) throws -> SchnorrSignature {
        let request = NonceRequest(
            sessionDigest: message, index: sessionCount, keys: keys, message: message.bytes)
        sessionCount += 1
        let nonces = try signers.map { try $0.pubNonce(request) }
        let aggNonce = try AggNonce(aggregating: nonces)
        let parts = try signers.map { signer in
            try signer.partialSignature(SigningRequest(nonce: request, aggNonce: aggNonce))
        }
        let session = SessionContext(aggNonce: aggNonce, keys: keys, message: message.bytes)
        return try session.signature(aggregating: parts, pubNonces: nonces)
    }
}
