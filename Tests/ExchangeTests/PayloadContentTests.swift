import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import TestSupport
import Testing

@Suite("Content of payloads")
struct PayloadContentTests {
    static let noPoint = [2] + [UInt8](repeating: 0xFF, count: 32)

    private func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test("the first public nonce that is no pair of points is named")
    func nonces() throws {
        let nonces = try ["a", "b", "c"].map { try FixtureNonce($0).pubNonce }
        let response = NoncesResponse(attempt: 1, graphDigest: .zero, nonces: nonces)
        let record = response.record
        for index in nonces.indices {
            for wrong in [
                Self.noPoint + nonces[index].second.bytes,
                nonces[index].first.bytes + Self.noPoint, nonces[index].bytes + [0],
                Array(nonces[index].bytes.dropLast()), [UInt8](repeating: 0, count: 66), [],
            ] {
                var list = nonces.map { CBORValue.bytes($0.bytes) }
                list[index] = .bytes(wrong)
                let bytes = record.setting(3, to: .array(list)).encode()
                let text = reason { _ = try NoncesResponse.decoded(from: bytes) }
                #expect(text.contains("public nonce \(index)"), "\(text)")
            }
        }
    }

    @Test("the first partial signature that is no number below the group order is named")
    func partialSignatures() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let response = try fixture.partialSignatures(0)
        let list = response.signatures.map { CBORValue.bytes($0.bytes) }
        for index in list.indices {
            for wrong in [[UInt8](repeating: 0xFF, count: 32), [], [1]] {
                var changed = list
                changed[index] = .bytes(wrong)
                let bytes = response.record.setting(4, to: .array(changed)).encode()
                let text = reason { _ = try PartialSignaturesResponse.decoded(from: bytes) }
                #expect(text.contains("partial signature \(index)"), "\(text)")
            }
        }
    }

    @Test("numbers have their range", arguments: [1 << 32, UInt64.max])
    func attempt(_ attempt: UInt64) throws {
        let record = NoncesResponse(attempt: 1, graphDigest: .zero, nonces: []).record
        let bytes = record.setting(1, to: .unsigned(attempt)).encode()
        #expect(throws: ExchangeError.self) { try NoncesResponse.decoded(from: bytes) }
    }

    @Test("a role that nobody knows is refused", arguments: [0, 3, UInt64.max])
    func role(_ role: UInt64) throws {
        let record = IdentityPayload(name: try OperatorName("a"), role: .signer).record
        let bytes = record.setting(2, to: .unsigned(role)).encode()
        #expect(throws: ExchangeError.self) { try IdentityPayload.decoded(from: bytes) }
    }

    @Test("evidence holds whole transactions, and nothing after them")
    func evidence() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let request = NoncesRequest(attempt: 1, evidence: fixture.evidence)
        let evidence = try #require(request.record.field(2))
        let funding = fixture.funding.transaction.encoded()
        for wrong in [[], Array(funding.dropLast()), funding + [0]] {
            let changed = evidence.setting(2, to: .bytes(wrong))
            let bytes = request.record.setting(2, to: changed).encode()
            #expect(throws: ExchangeError.self) { try NoncesRequest.decoded(from: bytes) }
        }
    }

    @Test("a request's payload is read by the kind of its envelope")
    func requestPayload() throws {
        let key = try FixtureKey("sender")
        for sample in try PayloadSample.all() {
            let envelope = try sample.bundle(signedWith: key).envelope
            guard sample.direction == .request, sample.kind != .identity else { continue }
            #expect(throws: Never.self, "\(sample.name)") { try RequestPayload.check(envelope) }
            for kind in BundleKind.allCases where kind != sample.kind {
                #expect(throws: ExchangeError.self, "\(sample.name) as \(kind.word)") {
                    try RequestPayload.check(envelope.changing(kind: kind))
                }
            }
        }
    }
}
