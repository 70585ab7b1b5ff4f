import Curve
import Exchange
import Model
import Primitives
import TestSupport
import Testing

@Suite("A ceremony's certificate")
struct CeremonyCertificateTests {
    private let fixture: CeremonyFixture
    private let transcript: CeremonyTranscript
    private let shares: [SchnorrSignature]

    init() throws {
        let fixture = try CeremonyFixture(lastSigner: 1)
        let transcript = try fixture.transcript()
        self.fixture = fixture
        self.transcript = transcript
        shares = try fixture.operators.map { try $0.identity.sign(transcript.digest) }
    }

    private func certificate(
        definition: CeremonyDefinition? = nil, transcript: CeremonyTranscript? = nil,
        shares: [SchnorrSignature]? = nil
    ) throws -> CeremonyCertificate {
        try CeremonyCertificate(
            definition: definition ?? fixture.definition,
            transcript: transcript ?? self.transcript, shares: shares ?? self.shares)
    }

    @Test("is read back as it was written")
    func roundTrip() throws {
        let certificate = try certificate()
        let decoded = try CeremonyCertificate(decoding: certificate.encoded())
        #expect(decoded == certificate)
        #expect(decoded.definition.id == fixture.definition.id)
        #expect(decoded.transcript.digest == transcript.digest)
    }

    @Test("names the participant whose share is invalid")
    func invalidShare() throws {
        var swapped = shares
        swapped.swapAt(1, 2)
        #expect(throws: ExchangeError.badSignature(sender: fixture.operators[1].identity.xOnly)) {
            try certificate(shares: swapped)
        }
    }

    @Test("refuses a transcript of another ceremony and missing parts")
    func incomplete() throws {
        let other = try CeremonyFixture(seed: "other")
        #expect(throws: ExchangeError.self) { try certificate(definition: other.definition) }
        #expect(throws: ExchangeError.self) { try certificate(shares: shares.dropLast()) }
        let short = CeremonyTranscript(
            ceremony: transcript.ceremony, attempt: 1, graphDigest: transcript.graphDigest,
            keysDigests: transcript.keysDigests, noncesDigests: [])
        #expect(throws: ExchangeError.self) { try certificate(transcript: short) }
    }

    @Test("refuses every transcript but the signed one")
    func otherTranscripts() throws {
        let changed = [
            CeremonyTranscript(
                ceremony: transcript.ceremony, attempt: 2, graphDigest: transcript.graphDigest,
                keysDigests: transcript.keysDigests, noncesDigests: transcript.noncesDigests),
            CeremonyTranscript(
                ceremony: transcript.ceremony, attempt: 1, graphDigest: .zero,
                keysDigests: transcript.keysDigests, noncesDigests: transcript.noncesDigests),
            CeremonyTranscript(
                ceremony: transcript.ceremony, attempt: 1, graphDigest: transcript.graphDigest,
                keysDigests: transcript.keysDigests.reversed(),
                noncesDigests: transcript.noncesDigests),
        ]
        for transcript in changed {
            #expect(throws: ExchangeError.self) { try certificate(transcript: transcript) }
        }
    }

    @Test("refuses every file with one byte changed, cut short or made longer")
    func brokenFiles() throws {
        let bytes = try certificate().encoded()
        var random = SplitMix64.announced("CeremonyCertificateTests.brokenFiles")
        for _ in 0..<60 {
            var changed = bytes
            let index = Int.random(in: bytes.indices, using: &random)
            changed[index] ^= UInt8.random(in: 1...255, using: &random)
            #expect(throws: ExchangeError.self) {
                try CeremonyCertificate(decoding: changed)
            }
        }
        for broken in [[], Array(bytes.dropLast()), bytes + [0]] {
            #expect(throws: ExchangeError.self) { try CeremonyCertificate(decoding: broken) }
        }
        let long = [UInt8](repeating: 0, count: CeremonyCertificate.byteLimit + 1)
        #expect(
            throws: ExchangeError.tooLarge(
                byteCount: long.count, limit: CeremonyCertificate.byteLimit)
        ) { try CeremonyCertificate(decoding: long) }
    }
}
