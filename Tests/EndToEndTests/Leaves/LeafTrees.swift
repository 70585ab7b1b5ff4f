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
                    try spendable(leaf, try filler.fill(kind), parties))
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
        _ leaf: CommittedLeaf, _ filled: FilledLeaf, _ parties: DisputeParties
    ) throws -> SpendableLeaf {
        func signed(_ messages: [LeafValue: [UInt8]]) throws -> [LeafValue: SignedValue] {
            var values: [LeafValue: SignedValue] = [:]
            for entry in leaf.layout.entries {
                values[entry.value] = try parties.sign(messages[entry.value] ?? [], entry)
            }
            return values
        }
        let right = try signed(filled.messages)
        var wait: BlockCount?
        if case .timeout(_, let blocks) = leaf.kind { wait = blocks }
        return SpendableLeaf(
            name: leaf.kind.name + suffix, kind: leaf.kind.spendKind + suffix,
            script: leaf.script, wait: wait, values: leaf.layout.entries.map(\.value.name),
            hasBody: leaf.layout.entries.contains(where: \.isRead),
            canBeUnproven: filled.unproven != nil
        ) { signature, lie in
            var values = right
            switch lie {
            case .digit(let name):
                for entry in leaf.layout.entries where entry.value.name == name {
                    var message = filled.messages[entry.value] ?? []
                    message[message.count - 1] ^= 1
                    values[entry.value] = try parties.sign(message, entry)
                }
            case .unproven: values = try signed(filled.unproven ?? filled.messages)
            case nil: break
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

    /// The name without indices; each timeout is a kind of its own.
    fileprivate var spendKind: String {
        if case .timeout = self { return name }
        var kind = ""
        var rest = name[...]
        while let first = rest.first {
            let index = rest.dropFirst().prefix { $0.isNumber }
            let isIndex = first == "[" && !index.isEmpty
            if !isIndex { kind.append(first) }
            rest = rest.dropFirst(isIndex ? index.count + 2 : 1)
        }
        return kind
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
