package import Curve
package import Exchange
package import Model
package import MuSig2
import Primitives
package import ProtocolBuilder
import Protocols

extension CeremonyFixture {
    /// One nonce per signature for the operator at an index.
    package func nonces(_ index: Int, attempt: UInt32 = 1) throws -> [FixtureNonce] {
        try program.signatures.indices.map { signature in
            try FixtureNonce("\(definition.id)/\(attempt)/\(operators[index].name)/\(signature)")
        }
    }

    /// The public nonces of all operators, in canonical order.
    package func publicNonces(attempt: UInt32 = 1) throws -> [[PubNonce]] {
        try operators.indices.map { try nonces($0, attempt: attempt).map(\.pubNonce) }
    }

    /// What the last bundles of the ceremony certify.
    package func transcript(attempt: UInt32 = 1) throws -> CeremonyTranscript {
        CeremonyTranscript(
            ceremony: definition.id, attempt: attempt, graphDigest: program.digest,
            keysDigests: keys.map(\.digest),
            noncesDigests: try publicNonces(attempt: attempt).map(
                CeremonyTranscript.noncesDigest))
    }

    /// One session per signature, of everybody's nonces.
    package func sessions(attempt: UInt32 = 1) throws -> [SessionContext] {
        let nonces = try publicNonces(attempt: attempt)
        return try program.signatures.enumerated().map { index, signature in
            SessionContext(
                aggNonce: try AggNonce(aggregating: nonces.map { $0[index] }),
                keys: program.keyAggregation(of: signature),
                message: signature.task.sighash.bytes)
        }
    }

    /// The last bundle's content of the operator at an index.
    package func partialSignatures(
        _ index: Int, attempt: UInt32 = 1
    ) throws -> PartialSignaturesResponse {
        let owner = operators[index]
        let own = try nonces(index, attempt: attempt)
        let sessions = try sessions(attempt: attempt)
        let signatures = try program.signatures.enumerated().map { position, signature in
            try own[position].partialSign(
                sessions[position], with: owner.signingKey(signature.role, in: definition.id))
        }
        return PartialSignaturesResponse(
            attempt: attempt, graphDigest: program.digest,
            nonces: definition.lastSigner == index ? own.map(\.pubNonce) : nil,
            signatures: signatures,
            certificateShare: try owner.identity.sign(transcript(attempt: attempt).digest))
    }

    /// The bundle by which an operator's public nonces travel.
    package func noncesBundle(_ index: Int, attempt: UInt32 = 1) throws -> SignedBundle {
        let owner = operators[index]
        guard definition.lastSigner != index else {
            return try FixtureBundle.response(
                .partialSignatures, partialSignatures(index, attempt: attempt), of: owner,
                in: definition)
        }
        let nonces = try nonces(index, attempt: attempt).map(\.pubNonce)
        return try FixtureBundle.response(
            .nonces,
            NoncesResponse(attempt: attempt, graphDigest: program.digest, nonces: nonces),
            of: owner, in: definition)
    }

    /// Every signature of the plan, aggregated from all operators' partial signatures.
    package func signatures() throws -> [SigningTask<TransactionLabel>.ID: SchnorrSignature] {
        let sessions = try sessions()
        let parts = try operators.indices.map { try partialSignatures($0).signatures }
        var result: [SigningTask<TransactionLabel>.ID: SchnorrSignature] = [:]
        for (position, signature) in program.signatures.enumerated() {
            result[signature.task.id] = try SchnorrSignature(
                aggregating: parts.map { $0[position] }, session: sessions[position])
        }
        return result
    }
}
