import Exchange
import Model
import Protocols
import TestSupport
import Testing
import Validation

@Suite("Announced keys and nonces")
struct AnnouncementTests {
    @Test("only a keys response announces keys")
    func keys() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let announced = try AnnouncedKeys(decoding: fixture.keysBundles[0].bytes)
        #expect(announced.keys == fixture.keys[0])
        #expect(throws: ExchangeError.self) {
            try AnnouncedKeys(decoding: fixture.noncesBundle(0).bytes)
        }
        let owner = fixture.operators[0]
        let request = fixture.keysBundles[0].envelope.changing(direction: .request)
        #expect(throws: ExchangeError.self) {
            try AnnouncedKeys(decoding: FixtureBundle.sign(request, with: owner.identity).bytes)
        }
        #expect(throws: ExchangeError.notABundle) { try AnnouncedKeys(decoding: []) }
    }

    @Test("nonces come in a nonces response, or in that of the last signer")
    func nonces() throws {
        let fixture = try CeremonyFixture(operatorCount: 2, lastSigner: 0)
        let last = try #require(fixture.definition.lastSigner)
        for index in [0, 1] {
            let announced = try AnnouncedNonces(decoding: fixture.noncesBundle(index).bytes)
            #expect(announced.nonces == (try fixture.nonces(index).map(\.pubNonce)))
            #expect(announced.isFromLastSigner == (index == last))
            #expect(announced.attempt == 1 && announced.graphDigest == fixture.program.digest)
        }
    }

    @Test("partial signatures alone, keys and requests announce no nonces")
    func noNonces() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let owner = fixture.operators[0]
        let partials = try FixtureBundle.response(
            .partialSignatures, fixture.partialSignatures(0), of: owner, in: fixture.definition)
        let request = try FixtureBundle.sign(
            fixture.noncesBundle(0).envelope.changing(direction: .request),
            with: owner.identity)
        for bundle in [partials, request, fixture.keysBundles[0]] {
            #expect(throws: ExchangeError.self) {
                try AnnouncedNonces(decoding: bundle.bytes)
            }
        }
    }
}
