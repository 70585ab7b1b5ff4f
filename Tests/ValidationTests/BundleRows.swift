import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import TestSupport
import Validation

/// A request as a signer meets it, one part of the scene changed at a time.
struct BundleScene {
    var envelope: Envelope
    var key: FixtureKey
    var me: XOnlyPublicKey
    var network = Network.regtest
    var watchers: Set<XOnlyPublicKey>
    var ceremonies: Set<CeremonyID>
    var lastSequence: UInt64 = 4
    var lastResponse = SHA256.hash([1])
    var isHeadKnown = true

    func subject(_ change: (inout BundleScene) throws -> Void = { _ in }) throws -> BundleSubject {
        var scene = self
        try change(&scene)
        return BundleSubject(
            bundle: try FixtureBundle.sign(scene.envelope, with: scene.key), me: scene.me,
            network: scene.network, watchers: scene.watchers, ceremonies: scene.ceremonies,
            lastSequence: scene.lastSequence, lastResponseDigest: scene.lastResponse,
            isHeadKnown: scene.isHeadKnown)
    }

    static func nonces() throws -> BundleScene {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let owner = fixture.operators[0]
        let request = NoncesRequest(attempt: 1, evidence: fixture.evidence)
        let bundle = try FixtureBundle.request(
            .nonces, request, of: owner, ceremony: fixture.definition.id)
        return BundleScene(
            envelope: bundle.envelope.changing(sequence: 5, previous: SHA256.hash([1])),
            key: owner.watcher, me: owner.identity.xOnly, watchers: [owner.watcher.xOnly],
            ceremonies: [fixture.definition.id])
    }
}

enum BundleRows {
    static func all() throws -> [RuleRow] {
        let scene = try BundleScene.nonces()
        let table = RuleTable(rules: BundleRules.all, base: try scene.subject())
        return try addressing(table, scene) + order(table, scene) + content(table, scene)
    }

    private static func addressing(
        _ table: RuleTable<BundleSubject>, _ scene: BundleScene
    ) throws -> [RuleRow] {
        let stranger = try FixtureKey("stranger")
        let envelope = scene.envelope
        return [
            table.row(
                "BND-NETWORK", "another network",
                breaks: try scene.subject { $0.network = .mainnet }),
            table.row(
                "BND-SENDER", "no watcher is enrolled",
                breaks: try scene.subject { $0.watchers = [] }),
            table.row(
                "BND-SENDER", "a stranger sends",
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(sender: stranger.xOnly)
                    $0.key = stranger
                }),
            table.row(
                "BND-RECIPIENT", "for another signer",
                breaks: try scene.subject { $0.me = stranger.xOnly }),
            table.row(
                "BND-RECIPIENT", "for everyone",
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(recipient: .some(nil))
                }),
            table.row(
                "BND-DIRECTION", "a response",
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(direction: .response)
                }),
            table.row(
                "BND-DIRECTION", "an identity", also: ["BND-PAYLOAD"],
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(kind: .identity)
                }),
            table.row(
                "BND-DIRECTION", "keys", also: ["BND-PAYLOAD"],
                breaks: try scene.subject { $0.envelope = envelope.changing(kind: .keys) }),
        ]
    }

    private static func order(
        _ table: RuleTable<BundleSubject>, _ scene: BundleScene
    ) throws -> [RuleRow] {
        try [
            ("answered before", 5), ("answered long ago", 100), ("too early", 3),
            ("at the end of numbers", UInt64.max - 1),
        ].map { name, last in
            table.row(
                "BND-SEQUENCE", name, breaks: try scene.subject { $0.lastSequence = last })
        } + [
            table.row(
                "BND-PREVIOUS", "another response",
                breaks: try scene.subject { $0.lastResponse = .zero }),
            table.row(
                "BND-HEAD", "a head that the log does not have",
                breaks: try scene.subject { $0.isHeadKnown = false }),
        ]
    }

    private static func content(
        _ table: RuleTable<BundleSubject>, _ scene: BundleScene
    ) throws -> [RuleRow] {
        let envelope = scene.envelope
        let status = envelope.changing(
            kind: .status, ceremony: .some(nil), payload: StatusRequest().encoded())
        let base = try scene.subject { $0.envelope = status }
        return [
            table.row(
                "BND-CEREMONY", "not registered",
                breaks: try scene.subject { $0.ceremonies = [] }),
            table.row(
                "BND-CEREMONY", "none",
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(ceremony: .some(nil))
                }),
            table.row(
                "BND-CEREMONY", "a status request with one", base: base,
                breaks: try scene.subject {
                    $0.envelope = status.changing(ceremony: envelope.ceremony)
                }),
            table.row(
                "BND-PAYLOAD", "empty",
                breaks: try scene.subject { $0.envelope = envelope.changing(payload: []) }),
            table.row(
                "BND-PAYLOAD", "of another kind",
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(payload: StatusRequest().encoded())
                }),
            table.row(
                "BND-PAYLOAD", "with left-over bytes",
                breaks: try scene.subject {
                    $0.envelope = envelope.changing(payload: envelope.payload + [0])
                }),
        ]
    }
}
