import Bitcoin
import Curve
import Dispute
import DisputeLeaves
import DisputeSupport
import MuSig2
import Primitives
import RiscV
import Tapscript
import TestSupport
import Winternitz

/// All leaves of a small program in trees as a dispute has them: one for each state.
///
/// Of leaves that differ in an index only, the first is spent.
struct LeafTrees {
    let trees: [LeafChain.Tree]
    /// Of all leaves.
    let kinds: Set<String>

    init(_ parties: DisputeParties) throws {
        let world = try World(elf: "greeting", inputWords: [0x1111_1111])
        var scenes: [Scene] = []
        for (name, profile, constants) in [
            ("", CommitmentProfile.base16, [:]), (" (profile 2)", .chosenChains, [:]),
            (" (constant)", .base16, [0: UInt32(0x1111_1111)]),
        ] {
            let context = LeafContext(world.dispute, publishedHashes: profile)
            let catalogue = LeafCatalogue(
                context, waits: Self.waits, constants: constants)
            scenes.append(
                Scene(suffix: name, world: world, context: context, kinds: catalogue.kinds))
        }
        // The other catalogues have most leaves in common with the first.
        let known = Set(scenes[0].kinds)
        scenes[1].kinds = scenes[1].kinds.filter { kind in
            kind.layout(scenes[1].context).entries.contains { $0.profile == .chosenChains }
        }
        scenes[2].kinds = scenes[2].kinds.filter { !known.contains($0) }

        var trees: [LeafChain.Tree] = []
        var kinds: Set<String> = []
        for scene in scenes {
            kinds.formUnion(scene.kinds.map { $0.spendKind + scene.suffix })
            trees += try scene.trees(parties)
        }
        self.trees = trees
        self.kinds = kinds
    }

    private static let waits = ResponseWaits(prover: BlockCount(6), verifier: BlockCount(9))
}

/// Leaves of one catalogue.
private struct Scene {
    /// Tells them from leaves of the same name in other catalogues.
    let suffix: String
    let world: World
    let context: LeafContext
    var kinds: [LeafKind]

    /// One tree for each state.
    func trees(_ parties: DisputeParties) throws -> [LeafChain.Tree] {
        var states: [DisputeTable.Phase] = []
        var leaves: [DisputeTable.Phase: [SpendableLeaf]] = [:]
        var others: [DisputeTable.Phase: [TapLeaf]] = [:]
        var spent: Set<String> = []
        var filler = LeafFiller(world: world, context: context)
        for kind in kinds {
            if !states.contains(kind.state) { states.append(kind.state) }
            let leaf = try committed(kind, parties)
            if spent.insert(kind.spendKind).inserted {
                leaves[kind.state, default: []].append(
                    try spendable(leaf, try filler.messages(of: kind), parties))
            } else {
                others[kind.state, default: []].append(leaf.tapLeaf)
            }
        }
        return try states.compactMap { state in
            guard let spendable = leaves[state] else { return nil }
            return try LeafChain.Tree(
                "\(state)\(suffix)", spendable, others: others[state] ?? [])
        }
    }

    private func committed(_ kind: LeafKind, _ parties: DisputeParties) throws -> CommittedLeaf {
        var keys: [LeafValue: OneTimeKey] = [:]
        for entry in kind.layout(context).entries {
            keys[entry.value] = try parties.publicKey(entry)
        }
        return try CommittedLeaf(kind, context, key: parties.keys.xOnly) { keys[$0] }
    }

    private func spendable(
        _ leaf: CommittedLeaf, _ messages: [LeafValue: [UInt8]], _ parties: DisputeParties
    ) throws -> SpendableLeaf {
        var signed: [LeafValue: SignedValue] = [:]
        for entry in leaf.layout.entries {
            signed[entry.value] = try parties.sign(messages[entry.value] ?? [], entry)
        }
        let honest = signed
        var wait: BlockCount?
        if case .timeout(_, let blocks) = leaf.kind { wait = blocks }
        return SpendableLeaf(
            name: leaf.kind.name + suffix, kind: leaf.kind.spendKind + suffix,
            script: leaf.script, wait: wait, values: leaf.layout.entries.map(\.value.name)
        ) { signature, forged in
            var values = honest
            for entry in leaf.layout.entries where entry.value.name == forged {
                var message = messages[entry.value] ?? []
                message[message.count - 1] ^= 1
                values[entry.value] = try parties.sign(message, entry)
            }
            return try leaf.witness(signature: signature.bytes, values: values)
        }
    }
}

extension LeafKind {
    /// Whose turn it is, and what for, when the leaf can be spent.
    fileprivate var state: DisputeTable.Phase {
        switch self {
        case .instruction: .opening
        case .publication(.input): .commitment
        case .publication(.hashes(let round)): .hashes(round: round)
        case .publication(.readHashes(let round)): .readHashes(round: round)
        case .timeout(let phase, _): phase
        case .challenge(let kind): kind.state
        }
    }

    /// The name without indices.
    fileprivate var spendKind: String {
        var name = ""
        var rest = self.name[...]
        while let first = rest.first {
            let index = rest.dropFirst().prefix { $0.isNumber }
            if first == "[", !index.isEmpty {
                rest = rest.dropFirst(index.count + 2)
            } else if first == "_", !index.isEmpty, rest.dropFirst(index.count + 1) == "]" {
                rest = rest.dropFirst(index.count + 1)
            } else {
                name.append(first)
                rest = rest.dropFirst()
            }
        }
        return name
    }
}

extension ChallengeKind {
    fileprivate var state: DisputeTable.Phase {
        switch self {
        case .claim: .commitment
        case .doubt: .doubt
        case .selection(let round): .selection(round: round)
        case .readSelection(let round): round == 0 ? .challenge : .readSelection(round: round)
        case .refuse: .opening
        case .readOpening, .refuseRead: .readOpening
        case .readEquivocation, .searchEquivocation, .correctHash, .readValue: .readChallenge
        default: .challenge
        }
    }
}
