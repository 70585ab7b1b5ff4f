package import Curve
import Model
package import MuSig2
package import Primitives

/// Gives a signer everybody's public nonces and asks for its partial signatures.
package struct PartialSignaturesRequest: Hashable, Sendable {
    package let attempt: UInt32
    package let graphDigest: Bytes32
    /// Bundles with the nonces of all other participants, in canonical order: nonces responses,
    /// and the partial-signatures response of the participant that signs last.
    package let nonceBundles: [[UInt8]]
    /// Present for the participant that signs last, which has not seen the graph before.
    package let evidence: GraphEvidence?

    package init(
        attempt: UInt32, graphDigest: Bytes32, nonceBundles: [[UInt8]], evidence: GraphEvidence?
    ) {
        self.attempt = attempt
        self.graphDigest = graphDigest
        self.nonceBundles = nonceBundles
        self.evidence = evidence
    }
}

extension PartialSignaturesRequest: BundlePayload {
    package static let recordName = "partial signatures request"

    package var record: CBORValue {
        var fields: [UInt64: CBORValue] = [
            1: .unsigned(UInt64(attempt)), 2: .bytes(graphDigest.bytes),
            3: .array(nonceBundles.map(CBORValue.bytes)),
        ]
        fields[4] = evidence?.record
        return .record(fields)
    }

    package init(record: inout CBORRecord) throws {
        attempt = try record.unsigned32(1)
        graphDigest = try record.bytes32(2)
        nonceBundles = try record.byteStrings(3)
        evidence = try record.optional(4).map(GraphEvidence.init)
    }
}

/// A signer's partial signatures, in the order of the signing plan, and its share of the
/// ceremony certificate.
package struct PartialSignaturesResponse: Hashable, Sendable {
    package let attempt: UInt32
    package let graphDigest: Bytes32
    /// Present when this participant signs last: its public nonces.
    package let nonces: [PubNonce]?
    package let signatures: [PartialSignature]
    /// Signature by the identity key over `CeremonyTranscript.digest`.
    package let certificateShare: SchnorrSignature

    package init(
        attempt: UInt32, graphDigest: Bytes32, nonces: [PubNonce]?,
        signatures: [PartialSignature], certificateShare: SchnorrSignature
    ) {
        self.attempt = attempt
        self.graphDigest = graphDigest
        self.nonces = nonces
        self.signatures = signatures
        self.certificateShare = certificateShare
    }
}

extension PartialSignaturesResponse: BundlePayload {
    package static let recordName = "partial signatures"

    package var record: CBORValue {
        var fields: [UInt64: CBORValue] = [
            1: .unsigned(UInt64(attempt)), 2: .bytes(graphDigest.bytes),
            4: .array(signatures.map { .bytes($0.bytes) }),
            5: .bytes(certificateShare.bytes),
        ]
        fields[3] = nonces.map { .array($0.map { .bytes($0.bytes) }) }
        return .record(fields)
    }

    package init(record: inout CBORRecord) throws {
        attempt = try record.unsigned32(1)
        graphDigest = try record.bytes32(2)
        nonces = try record.contains(3) ? record.pubNonces(3) : nil
        signatures = try record.byteStrings(4).enumerated().map { index, bytes in
            do {
                return try PartialSignature(decoding: bytes)
            } catch {
                throw ModelError.invalidField(
                    name: "partial signature \(index)", reason: "\(error)")
            }
        }
        guard let share = SchnorrSignature(try record.bytes(5)) else {
            throw ModelError.invalidField(
                name: "certificate share", reason: "64 bytes expected")
        }
        certificateShare = share
    }
}
