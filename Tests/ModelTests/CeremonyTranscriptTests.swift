import Model
import MuSig2
import Primitives
import TestSupport
import Testing

@Suite("Ceremony transcript")
struct CeremonyTranscriptTests {
    static let digests = (0..<4).map { SHA256.hash([$0]) }

    static func transcript(
        ceremony: Int = 0, attempt: UInt32 = 1, graph: Int = 1, keys: [Int] = [0, 1],
        nonces: [Int] = [2, 3]
    ) -> CeremonyTranscript {
        CeremonyTranscript(
            ceremony: CeremonyID(digests[ceremony]), attempt: attempt, graphDigest: digests[graph],
            keysDigests: keys.map { digests[$0] }, noncesDigests: nonces.map { digests[$0] })
    }

    @Test("every single field is part of the digest, and so is every order")
    func everyFieldCounts() {
        let transcripts = [
            Self.transcript(), Self.transcript(ceremony: 1), Self.transcript(attempt: 2),
            Self.transcript(graph: 2), Self.transcript(keys: [1, 0]), Self.transcript(keys: [0]),
            Self.transcript(keys: [0, 2]), Self.transcript(nonces: [3, 2]),
            Self.transcript(nonces: []), Self.transcript(keys: [0, 1, 2], nonces: [3]),
        ]
        #expect(Set(transcripts.map(\.digest)).count == transcripts.count)
    }

    @Test("the digest of nonces depends on their order and their number")
    func nonces() throws {
        let nonces = try ["a", "b"].map { try FixtureNonce($0).pubNonce }
        let digests = [
            CeremonyTranscript.noncesDigest(nonces),
            CeremonyTranscript.noncesDigest(nonces.reversed()),
            CeremonyTranscript.noncesDigest([nonces[0]]), CeremonyTranscript.noncesDigest([]),
        ]
        #expect(Set(digests).count == digests.count)
    }
}
