import Curve
import Exchange
import Model
import MuSig2
import Primitives
import TestSupport
import Validation

/// One operator's partial signatures as everybody judges them.
struct ResponseScene {
    let fixture: CeremonyFixture
    let index: Int
    var response: PartialSignaturesResponse
    var nonces: [PubNonce]
    var sessions: [SessionContext]
    var transcript: CeremonyTranscript

    /// - Parameter last: Whether the operator is the one that signs last.
    init(last: SigningTurn) throws {
        fixture = try CeremonyFixture(operatorCount: 3, lastSigner: 2)
        let lastIndex = fixture.definition.lastSigner ?? 0
        index = last == .last ? lastIndex : (lastIndex == 0 ? 1 : 0)
        response = try fixture.partialSignatures(index)
        nonces = try fixture.nonces(index).map(\.pubNonce)
        sessions = try fixture.sessions()
        transcript = try fixture.transcript()
    }

    enum SigningTurn: Sendable {
        case before, last
    }

    func subject(
        _ change: (inout ResponseScene) throws -> Void = { _ in }
    ) throws -> ResponseSubject {
        var scene = self
        try change(&scene)
        return ResponseSubject(
            program: fixture.program, transcript: scene.transcript,
            signer: fixture.operators[index].identity.xOnly, response: scene.response,
            nonces: scene.nonces, sessions: scene.sessions)
    }
}

extension PartialSignaturesResponse {
    func changing(
        attempt: UInt32? = nil, graphDigest: Bytes32? = nil, nonces: [PubNonce]?? = nil,
        signatures: [PartialSignature]? = nil, certificateShare: SchnorrSignature? = nil
    ) -> PartialSignaturesResponse {
        PartialSignaturesResponse(
            attempt: attempt ?? self.attempt, graphDigest: graphDigest ?? self.graphDigest,
            nonces: nonces ?? self.nonces, signatures: signatures ?? self.signatures,
            certificateShare: certificateShare ?? self.certificateShare)
    }
}

enum ResponseRows {
    static func all() throws -> [RuleRow] {
        let scene = try ResponseScene(last: .before)
        let table = RuleTable(rules: ResponseRules.all, base: try scene.subject())
        return try session(table, scene) + nonces(table, scene) + signatures(table, scene)
    }

    private static func session(
        _ table: RuleTable<ResponseSubject>, _ scene: ResponseScene
    ) throws -> [RuleRow] {
        let response = scene.response
        let other = scene.fixture.operators[scene.index == 0 ? 1 : 0].identity
        return [
            table.row(
                "POST-SESSION", "another attempt",
                breaks: try scene.subject { $0.response = response.changing(attempt: 2) }),
            table.row(
                "POST-SESSION", "another graph",
                breaks: try scene.subject {
                    $0.response = response.changing(graphDigest: .zero)
                }),
            table.row(
                "POST-CERTIFICATE", "a share of somebody else",
                breaks: try scene.subject {
                    $0.response = response.changing(
                        certificateShare: try other.sign(scene.transcript.digest))
                }),
            table.row(
                "POST-CERTIFICATE", "a share of another transcript",
                breaks: try scene.subject {
                    let owner = scene.fixture.operators[scene.index].identity
                    $0.response = response.changing(certificateShare: try owner.sign(.zero))
                }),
        ]
    }

    private static func nonces(
        _ table: RuleTable<ResponseSubject>, _ scene: ResponseScene
    ) throws -> [RuleRow] {
        let last = try ResponseScene(last: .last)
        let base = try last.subject()
        let others = try scene.fixture.nonces(scene.index, attempt: 9).map(\.pubNonce)
        return [
            table.row(
                "POST-NONCES", "sent along by one that does not sign last",
                breaks: try scene.subject {
                    $0.response = $0.response.changing(nonces: $0.nonces)
                }),
            table.row(
                "POST-NONCES", "not sent along by the one that signs last", base: base,
                breaks: try last.subject {
                    $0.response = $0.response.changing(nonces: .some(nil))
                }),
            table.row(
                "POST-NONCES", "others sent along than announced", base: base,
                breaks: try last.subject {
                    $0.response = $0.response.changing(nonces: others)
                }),
            table.row(
                "POST-NONCES", "not those of the transcript", also: ["POST-PARTIALS"],
                breaks: try scene.subject { $0.nonces = others }),
        ]
    }

    private static func signatures(
        _ table: RuleTable<ResponseSubject>, _ scene: ResponseScene
    ) throws -> [RuleRow] {
        let other = try scene.fixture.partialSignatures(scene.index == 0 ? 1 : 0)
        func given(
            _ change: @escaping (inout [PartialSignature]) -> Void
        ) throws -> ResponseSubject {
            try scene.subject {
                var signatures = $0.response.signatures
                change(&signatures)
                $0.response = $0.response.changing(signatures: signatures)
            }
        }
        return [
            table.row("POST-COUNT", "one less", breaks: try given { $0.removeLast() }),
            table.row("POST-COUNT", "one more", breaks: try given { $0.append($0[0]) }),
            table.row("POST-COUNT", "none", breaks: try given { $0 = [] }),
            table.row(
                "POST-COUNT", "a session is missing",
                breaks: try scene.subject { $0.sessions.removeLast() }),
            table.row(
                "POST-PARTIALS", "one is off by one",
                breaks: try given { $0[4] = PartialSignature($0[4].scalar + .one) }),
            table.row(
                "POST-PARTIALS", "two are exchanged", breaks: try given { $0.swapAt(0, 1) }),
            table.row(
                "POST-PARTIALS", "those of somebody else",
                breaks: try given { $0 = other.signatures }),
        ]
    }
}
