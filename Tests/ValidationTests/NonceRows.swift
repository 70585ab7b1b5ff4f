import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import Protocols
import TestSupport
import Validation

/// The nonces of four operators, one of whom signs last, as one of the others meets them.
struct NonceScene {
    let fixture: CeremonyFixture
    /// Canonical index of the operator that judges.
    let own: Int
    /// Canonical indexes of the others.
    let others: [Int]
    var bundles: [SignedBundle]
    var attempt: UInt32 = 1
    var mine: [PubNonce]?
    var released: Bytes32?

    init() throws {
        fixture = try CeremonyFixture(operatorCount: 4, lastSigner: 3)
        let last = fixture.definition.lastSigner
        own = last == 0 ? 1 : 0
        let own = own
        others = fixture.operators.indices.filter { $0 != own }
        bundles = try others.map { [fixture] in try fixture.noncesBundle($0) }
        let nonces = try fixture.nonces(own).map(\.pubNonce)
        mine = nonces
        released = CeremonyTranscript.noncesDigest(nonces)
    }

    /// Place in `bundles` of the operator that signs last.
    var lastPlace: Int { others.firstIndex { $0 == fixture.definition.lastSigner } ?? 0 }
    /// Place in `bundles` of an operator that does not.
    var plainPlace: Int { lastPlace == 0 ? 1 : 0 }

    func subject(
        me: XOnlyPublicKey? = nil, _ change: (inout NonceScene) throws -> Void = { _ in }
    ) throws -> NonceSubject {
        var scene = self
        try change(&scene)
        return NonceSubject(
            program: fixture.program, attempt: scene.attempt,
            me: me ?? fixture.operators[own].identity.xOnly,
            others: try scene.bundles.map { try AnnouncedNonces(decoding: $0.bytes) },
            mine: scene.mine, releasedDigest: scene.released)
    }

    /// A nonces bundle of the operator at a place, with some of its content replaced.
    func bundle(
        _ place: Int, attempt: UInt32 = 1, graph: Bytes32? = nil, nonces: [PubNonce]? = nil
    ) throws -> SignedBundle {
        let index = others[place]
        let own = try fixture.nonces(index).map(\.pubNonce)
        return try FixtureBundle.response(
            .nonces,
            NoncesResponse(
                attempt: attempt, graphDigest: graph ?? fixture.program.digest,
                nonces: nonces ?? own),
            of: fixture.operators[index], in: fixture.definition)
    }
}

enum NonceRows {
    static func all() throws -> [RuleRow] {
        let scene = try NonceScene()
        let table = RuleTable(rules: NonceRules.all, base: try scene.subject())
        return try origin(table, scene) + session(table, scene) + content(table, scene)
    }

    private static func origin(
        _ table: RuleTable<NonceSubject>, _ scene: NonceScene
    ) throws -> [RuleRow] {
        let place = scene.plainPlace
        let envelope = scene.bundles[place].envelope
        let key = scene.fixture.operators[scene.others[place]].identity
        func moved(_ envelope: Envelope) throws -> NonceSubject {
            try scene.subject { $0.bundles[place] = try FixtureBundle.sign(envelope, with: key) }
        }
        let stranger = try FixtureKey("stranger")
        return [
            table.row(
                "MUS-SENDERS", "one is missing",
                breaks: try scene.subject { $0.bundles.remove(at: place) }),
            table.row(
                "MUS-SENDERS", "another order",
                breaks: try scene.subject { $0.bundles.reverse() }),
            table.row(
                "MUS-SENDERS", "one twice", also: ["MUS-DISTINCT"],
                breaks: try scene.subject { $0.bundles.insert($0.bundles[0], at: 0) }),
            table.row(
                "MUS-SENDERS", "a stranger's",
                breaks: try scene.subject {
                    $0.bundles[place] = try FixtureBundle.sign(
                        envelope.changing(sender: stranger.xOnly), with: stranger)
                }),
            table.row(
                "MUS-CEREMONY", "another ceremony",
                breaks: try moved(envelope.changing(ceremony: CeremonyID(.zero)))),
            table.row(
                "MUS-CEREMONY", "another network",
                breaks: try moved(envelope.changing(network: .mainnet))),
        ]
    }

    private static func session(
        _ table: RuleTable<NonceSubject>, _ scene: NonceScene
    ) throws -> [RuleRow] {
        let (last, plain) = (scene.lastPlace, scene.plainPlace)
        return [
            table.row(
                "MUS-SESSION", "another graph",
                breaks: try scene.subject {
                    $0.bundles[plain] = try scene.bundle(plain, graph: .zero)
                }),
            table.row(
                "MUS-SESSION", "another attempt",
                breaks: try scene.subject {
                    $0.bundles[plain] = try scene.bundle(plain, attempt: 2)
                }),
            table.row(
                "MUS-SESSION", "all of an earlier attempt",
                breaks: try scene.subject { $0.attempt = 2 }),
            table.row(
                "MUS-LAST", "the last signer gives nonces alone",
                breaks: try scene.subject { $0.bundles[last] = try scene.bundle(last) }),
            table.row(
                "MUS-LAST", "another gives nonces and signatures",
                breaks: try scene.subject {
                    $0.bundles[plain] = try both(scene, scene.others[plain])
                }),
        ]
    }

    /// Nonces together with partial signatures, from anybody.
    private static func both(_ scene: NonceScene, _ index: Int) throws -> SignedBundle {
        let response = try scene.fixture.partialSignatures(index)
        return try FixtureBundle.response(
            .partialSignatures,
            PartialSignaturesResponse(
                attempt: response.attempt, graphDigest: response.graphDigest,
                nonces: try scene.fixture.nonces(index).map(\.pubNonce),
                signatures: response.signatures, certificateShare: response.certificateShare),
            of: scene.fixture.operators[index], in: scene.fixture.definition)
    }

    private static func content(
        _ table: RuleTable<NonceSubject>, _ scene: NonceScene
    ) throws -> [RuleRow] {
        let place = scene.plainPlace
        let nonces = try scene.fixture.nonces(scene.others[place]).map(\.pubNonce)
        let mine = scene.mine ?? []
        func given(_ nonces: [PubNonce]) throws -> NonceSubject {
            try scene.subject { $0.bundles[place] = try scene.bundle(place, nonces: nonces) }
        }
        let fresh = try FixtureNonce("fresh").pubNonce
        return [
            table.row("MUS-COUNT", "none", breaks: try given([])),
            table.row("MUS-COUNT", "one less", breaks: try given(Array(nonces.dropLast()))),
            table.row("MUS-COUNT", "one more", breaks: try given(nonces + [fresh])),
            table.row(
                "MUS-MINE", "others than I released",
                breaks: try scene.subject { $0.released = .zero }),
            table.row(
                "MUS-MINE", "they cannot be made again",
                breaks: try scene.subject { $0.mine = nil }),
            table.row(
                "MUS-DISTINCT", "one twice",
                breaks: try given([nonces[1]] + nonces.dropFirst())),
            table.row(
                "MUS-DISTINCT", "one of mine", breaks: try given([mine[0]] + nonces.dropFirst())),
        ]
    }
}
