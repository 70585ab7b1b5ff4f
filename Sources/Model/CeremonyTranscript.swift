package import MuSig2
package import Primitives

/// What all participants of a ceremony have agreed on when the last partial signature is made.
///
/// Every signer signs the digest with its identity key in its last response; together the
/// signatures are the ceremony's certificate, which anybody can check offline.
package struct CeremonyTranscript: Hashable, Sendable {
    package let ceremony: CeremonyID
    package let attempt: UInt32
    package let graphDigest: Bytes32
    /// `ParticipantKeys.digest` of every participant, in canonical order.
    package let keysDigests: [Bytes32]
    /// `noncesDigest` of every participant's public nonces, in canonical order.
    package let noncesDigests: [Bytes32]

    package init(
        ceremony: CeremonyID, attempt: UInt32, graphDigest: Bytes32, keysDigests: [Bytes32],
        noncesDigests: [Bytes32]
    ) {
        self.ceremony = ceremony
        self.attempt = attempt
        self.graphDigest = graphDigest
        self.keysDigests = keysDigests
        self.noncesDigests = noncesDigests
    }

    package static func noncesDigest(_ nonces: [PubNonce]) -> Bytes32 {
        TaggedHash("BitVMX/public-nonces/v1").hash(nonces.flatMap(\.bytes))
    }

    package func encoded() -> [UInt8] {
        CBORValue.record([
            1: .bytes(ceremony.digest.bytes), 2: .unsigned(UInt64(attempt)),
            3: .bytes(graphDigest.bytes),
            4: .array(keysDigests.map { .bytes($0.bytes) }),
            5: .array(noncesDigests.map { .bytes($0.bytes) }),
        ]).encode()
    }

    package var digest: Bytes32 {
        TaggedHash("BitVMX/transcript/v1").hash(encoded())
    }
}
