import Exchange
import Model
import Primitives
import TestSupport
import Validation
import Winternitz

extension KeyScene {
    /// Everybody announces keys of both profiles, as a definition that declares them would ask.
    static func bothProfiles() throws -> KeyScene {
        var scene = try KeyScene()
        let definition = scene.fixture.definition
        let declared = try [.lockAcceptance, .hash(0), .hash(1)] as [VariableDeclaration]
        scene.variables = declared
        scene.bundles = try scene.fixture.operators.map { owner in
            try FixtureBundle.keys(
                owner.keys(for: definition, declaring: declared), of: owner, in: definition)
        }
        scene.mine = try scene.fixture.operators[0].keys(for: definition, declaring: declared)
        return scene
    }

    func keys(_ index: Int) throws -> ParticipantKeys {
        try AnnouncedKeys(decoding: bundles[index].bytes).keys
    }

    /// A key of the second participant, whatever is declared.
    func key(_ variable: VariableDeclaration) throws -> OneTimePublicKey {
        try fixture.operators[1].oneTimeKey(variable, in: ceremony)
    }
}

extension KeyRows {
    static func bothProfiles() throws -> [RuleRow] {
        let scene = try KeyScene.bothProfiles()
        let table = RuleTable(rules: KeyRules.all, base: try scene.subject())
        return try profiles(table, scene) + chains(table, scene) + registry(table, scene)
    }

    private static func row(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene, _ title: (rule: String, name: String),
        _ change: (inout [VariableName: OneTimePublicKey]) throws -> Void
    ) throws -> RuleRow {
        let keys = try scene.keys(1)
        var oneTimeKeys = keys.oneTimeKeys
        try change(&oneTimeKeys)
        return table.row(
            title.rule, title.name,
            breaks: try scene.announcing(keys.changing(oneTimeKeys: oneTimeKeys)))
    }

    private static func profiles(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let hash = try VariableDeclaration.hash(0)
        let confused = VariableDeclaration(name: .acceptance, parameters: .composition)
        return try [
            row(table, scene, ("KEY-ONE-TIME", "profile 1 where profile 2 is declared")) {
                $0[hash.name] = try scene.key(hash.inBase16())
            },
            row(table, scene, ("KEY-ONE-TIME", "profile 2 where profile 1 is declared")) {
                $0[.acceptance] = try scene.key(confused)
            },
            row(table, scene, ("KEY-ONE-TIME", "a key of profile 2 is missing")) {
                $0[hash.name] = nil
            },
            row(table, scene, ("KEY-ONE-TIME", "a key of profile 2 that nobody declared")) {
                $0[try VariableDeclaration.hash(9).name] = try scene.key(.hash(9))
            },
        ]
    }

    private static func chains(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let (first, second) = try (VariableDeclaration.hash(0), VariableDeclaration.hash(1))
        let theirs = try scene.keys(0).oneTimeKeys[first.name]
        func replacing(_ index: Int, by chain: Bytes20) throws -> OneTimePublicKey {
            var chains = try scene.key(first).chains
            chains[index] = chain
            return try OneTimePublicKey(parameters: first.parameters, chains: chains)
        }
        let own = try scene.key(first).chains
        let plain = try scene.key(.lockAcceptance).chains
        return try [
            row(table, scene, ("KEY-CHAINS", "a chain twice in a key of profile 2")) {
                $0[first.name] = try replacing(52, by: own[0])
            },
            row(table, scene, ("KEY-CHAINS", "a chain of profile 1 in a key of profile 2")) {
                $0[first.name] = try replacing(17, by: plain[66])
            },
            row(table, scene, ("KEY-CHAINS", "one key of profile 2 for two variables")) {
                $0[second.name] = try scene.key(first)
            },
            row(table, scene, ("KEY-CHAINS", "another participant's key of profile 2")) {
                $0[first.name] = theirs
            },
        ]
    }

    private static func registry(
        _ table: RuleTable<KeySubject>, _ scene: KeyScene
    ) throws -> [RuleRow] {
        let digest = try scene.key(.hash(1)).digest
        let identities = scene.fixture.keys.map(\.identity)
        return [
            table.row(
                "KEY-REGISTRY", "a key of profile 2 announced before",
                base: try scene.subject { $0.used.insert(digest, of: identities[2]) },
                breaks: try scene.subject { $0.used.insert(digest, of: identities[1]) }),
            table.row(
                "KEY-REGISTRY", "a copy of a key of mine of profile 2",
                breaks: try scene.subject { $0.used.insert(digest, of: identities[0]) }),
        ]
    }
}
