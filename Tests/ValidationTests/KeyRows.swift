import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import TestSupport
import Validation
import Winternitz

/// The keys of three participants as a signer meets them; it is the first of them.
struct KeyScene {
    let fixture: CeremonyFixture
    var bundles: [SignedBundle]
    var mine: ParticipantKeys?
    var used: UsedOneTimeKeys
    /// What is declared; nil for the lock's own.
    var variables: [VariableDeclaration]?

    init() throws {
        fixture = try CeremonyFixture()
        bundles = fixture.keysBundles
        mine = fixture.keys[0]
        used = UsedOneTimeKeys(me: fixture.keys[0].identity)
    }

    var ceremony: CeremonyID { fixture.definition.id }

    func subject(_ change: (inout KeyScene) throws -> Void = { _ in }) throws -> KeySubject {
        var scene = self
        try change(&scene)
        return KeySubject(
            definition: fixture.definition,
            announced: try scene.bundles.map { try AnnouncedKeys(decoding: $0.bytes) },
            mine: scene.mine, usedOneTimeKeys: scene.used, variables: scene.variables)
    }

    /// The scene's subject with other keys in the bundle of the participant at `index`.
    func announcing(_ keys: ParticipantKeys, at index: Int = 1) throws -> KeySubject {
        try subject {
            $0.bundles[index] = try FixtureBundle.keys(
                keys, of: fixture.operators[index], in: fixture.definition)
        }
    }

    /// The second participant's keys with another key in a role, well proven.
    func proven(_ key: FixtureKey, as role: KeyRole = .operators) throws -> ParticipantKeys {
        let owner = fixture.operators[1]
        var signing = fixture.keys[1].signing
        signing[role] = try owner.provenKey(key, as: role, in: ceremony)
        return fixture.keys[1].changing(signing: signing)
    }
}

enum KeyRows {
    static func all() throws -> [RuleRow] {
        let scene = try KeyScene()
        let table = RuleTable(rules: KeyRules.all, base: try scene.subject())
        return try origin(table, scene) + possession(table, scene) + distinct(table, scene)
            + oneTime(table, scene) + payout(table, scene) + bothProfiles()
    }

    private static func origin(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let fixture = scene.fixture
        let stranger = try FixtureOperator("stranger", seed: "rows")
        let foreign = try stranger.keys(for: fixture.definition)
        let second = fixture.operators[1]
        let envelope = fixture.keysBundles[1].envelope
        func moved(_ envelope: Envelope) throws -> KeySubject {
            try scene.subject {
                $0.bundles[1] = try FixtureBundle.sign(envelope, with: second.identity)
            }
        }
        return [
            table.row(
                "KEY-COUNT", "one is missing",
                breaks: try scene.subject { $0.bundles.removeLast() }),
            table.row(
                "KEY-COUNT", "another order",
                breaks: try scene.subject { $0.bundles.swapAt(1, 2) }),
            table.row(
                "KEY-COUNT", "a stranger's too many",
                breaks: try scene.subject {
                    $0.bundles.append(
                        try FixtureBundle.keys(foreign, of: stranger, in: fixture.definition))
                }),
            table.row(
                "KEY-SENDER", "a stranger's keys in a participant's bundle",
                breaks: try scene.announcing(foreign)),
            table.row(
                "KEY-CEREMONY", "another ceremony",
                breaks: try moved(envelope.changing(ceremony: CeremonyID(.zero)))),
            table.row(
                "KEY-CEREMONY", "none",
                breaks: try moved(envelope.changing(ceremony: .some(nil)))),
            table.row(
                "KEY-CEREMONY", "another network",
                breaks: try moved(envelope.changing(network: .mainnet))),
            table.row(
                "KEY-MINE", "other keys than I announced",
                breaks: try scene.subject { $0.mine = fixture.keys[0].changing(payoutIndex: 1) }),
            table.row(
                "KEY-MINE", "mine are missing", also: ["KEY-COUNT"],
                breaks: try scene.subject { $0.bundles.removeFirst() }),
        ]
    }

    private static func possession(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let fixture = scene.fixture
        let owner = fixture.operators[1]
        let key = try owner.signingKey(.operators, in: scene.ceremony)
        func row(_ name: String, _ proven: ProvenKey) throws -> RuleRow {
            var signing = fixture.keys[1].signing
            signing[.operators] = proven
            return table.row(
                "KEY-POSSESSION", name,
                breaks: try scene.announcing(fixture.keys[1].changing(signing: signing)))
        }
        let elsewhere = try owner.provenKey(key, as: .operators, in: CeremonyID(.zero))
        let otherRole = try owner.provenKey(key, as: .release, in: scene.ceremony)
        let somebodyElse = try fixture.operators[2].provenKey(
            key, as: .operators, in: scene.ceremony)
        let unknown = try FixtureKey("rogue")
        return [
            try row("a proof for another ceremony", elsewhere),
            try row("a proof for another role", otherRole),
            try row("a proof of somebody else", somebodyElse),
            try row(
                "a key without its secret",
                ProvenKey(key: unknown.publicKey, proof: elsewhere.proof)),
        ]
    }

    private static func distinct(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let first = scene.fixture.operators[0]
        let theirs = try first.signingKey(.operators, in: scene.ceremony)
        let own = try scene.fixture.operators[1].signingKey(.release, in: scene.ceremony)
        return try [
            ("the user's key", FixtureKey("user")), ("an identity", first.identity),
            ("another participant's key", theirs), ("the other y of it", theirs.negated),
            ("its own key of the other role", own),
        ].map { name, key in
            table.row(
                "KEY-DISTINCT", name, breaks: try scene.announcing(scene.proven(key)))
        }
    }

    private static func oneTime(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let keys = scene.fixture.keys[1]
        guard let key = keys.oneTimeKeys[.acceptance],
            let theirs = scene.fixture.keys[0].oneTimeKeys[.acceptance]
        else { return [] }
        func row(
            _ rule: String, _ name: String, also: [String] = [],
            _ oneTimeKeys: [VariableName: OneTimePublicKey]
        ) throws -> RuleRow {
            table.row(
                rule, name, also: also,
                breaks: try scene.announcing(keys.changing(oneTimeKeys: oneTimeKeys)))
        }
        let parameters = try OneTimeParameters(
            profileNumber: 1, messageByteCount: key.parameters.messageByteCount - 1)
        let shorter = try OneTimePublicKey(
            parameters: parameters, chains: Array(key.chains.prefix(parameters.chainCount)))
        var chains = key.chains
        chains[3] = chains[7]
        let repeated = try OneTimePublicKey(parameters: key.parameters, chains: chains)
        let other = try VariableName("other")
        return [
            try row("KEY-ONE-TIME", "none", [:]),
            try row("KEY-ONE-TIME", "another name", [other: key]),
            try row("KEY-ONE-TIME", "another length", [.acceptance: shorter]),
            try row("KEY-CHAINS", "a chain twice in a key", [.acceptance: repeated]),
            try row("KEY-CHAINS", "the key of another participant", [.acceptance: theirs]),
            try row(
                "KEY-CHAINS", "one key for two variables", also: ["KEY-ONE-TIME"],
                [.acceptance: key, other: key]),
            table.row(
                "KEY-REGISTRY", "announced before",
                base: try scene.subject {
                    // Somebody else has announced a copy of it: that bars nobody.
                    $0.used.insert(key.digest, of: scene.fixture.keys[2].identity)
                },
                breaks: try scene.subject { $0.used.insert(key.digest, of: keys.identity) }),
            table.row(
                "KEY-REGISTRY", "a copy of a key of mine",
                breaks: try scene.subject {
                    $0.used.insert(key.digest, of: scene.fixture.keys[0].identity)
                }),
        ]
    }

    private static func payout(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let keys = scene.fixture.keys[1]
        return try [
            ("no taproot address", Script.payToWitnessPublicKeyHash(.zero)),
            ("no address", Script.payToAnchor),
            ("another participant's address", scene.fixture.keys[2].payout),
        ].map { name, script in
            table.row(
                "KEY-PAYOUT", name, breaks: try scene.announcing(keys.changing(payout: script)))
        }
    }
}
