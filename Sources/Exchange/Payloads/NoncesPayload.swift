import Model
package import MuSig2
package import Primitives

/// Asks a signer to check the graph and to commit to one public nonce per signature.
package struct NoncesRequest: Hashable, Sendable {
    /// Number of the signing attempt, from 1; a burnt or aborted session needs the next one.
    package let attempt: UInt32
    package let evidence: GraphEvidence

    package init(attempt: UInt32, evidence: GraphEvidence) {
        self.attempt = attempt
        self.evidence = evidence
    }
}

extension NoncesRequest: BundlePayload {
    package static let recordName = "nonces request"

    package var record: CBORValue {
        .record([1: .unsigned(UInt64(attempt)), 2: evidence.record])
    }

    package init(record: inout CBORRecord) throws {
        attempt = try record.unsigned32(1)
        evidence = try GraphEvidence(record.take(2))
    }
}

/// A signer's public nonces, in the order of the signing plan.
package struct NoncesResponse: Hashable, Sendable {
    package let attempt: UInt32
    package let graphDigest: Bytes32
    package let nonces: [PubNonce]

    package init(attempt: UInt32, graphDigest: Bytes32, nonces: [PubNonce]) {
        self.attempt = attempt
        self.graphDigest = graphDigest
        self.nonces = nonces
    }
}

extension NoncesResponse: BundlePayload {
    package static let recordName = "nonces"

    package var record: CBORValue {
        .record([
            1: .unsigned(UInt64(attempt)), 2: .bytes(graphDigest.bytes),
            3: .array(nonces.map { .bytes($0.bytes) }),
        ])
    }

    package init(record: inout CBORRecord) throws {
        attempt = try record.unsigned32(1)
        graphDigest = try record.bytes32(2)
        nonces = try record.pubNonces(3)
    }
}

extension CBORRecord {
    /// Every nonce is checked to be two points; the error names the first that is not.
    mutating func pubNonces(_ key: UInt64) throws -> [PubNonce] {
        try byteStrings(key).enumerated().map { index, bytes in
            do {
                return try PubNonce(decoding: bytes)
            } catch {
                throw ModelError.invalidField(name: "public nonce \(index)", reason: "\(error)")
            }
        }
    }
}
