import Bitcoin
import Dispute
import DisputeLeaves
import Primitives
import RiscV
import ScriptSupport
import Tapscript
import TestSupport
import Testing
import Winternitz

/// What scripts, decoder and Bitcoin Core's engine say of witnesses that nobody should make.
@Suite("Bad witnesses of whole leaves")
struct BadWitnessTests {
    private static let isMissing: Comment =
        "Bitcoin Core's engine is not there: run Airgap/setup-script-oracle"

    /// A leaf of two values with all items changed, a large one and one of profile 2 with some.
    private static func cases() throws -> [(target: LeafTarget, witness: BadWitness)] {
        let targets: [(LeafKind, CommitmentProfile, stride: Int)] = [
            (.challenge(.doubt), .base16, 1),
            (.instruction(.lui), .base16, 9),
            (.challenge(.equivocation(.stepHash, round: 1, index: 0)), .chosenChains, 5),
        ]
        return try targets.flatMap { kind, profile, stride in
            let target = try LeafTarget(kind, profile)
            let witnesses =
                target.changedStack + target.aroundScript + target.changedItems(stride: stride)
            return witnesses.map { (target, $0) }
        } + longStarts()
    }

    /// Keys with a chain that begins with a long value, which nobody but the key's owner can do.
    private static func longStarts() throws -> [(target: LeafTarget, witness: BadWitness)] {
        let expected: [(Int, BadWitness.Expected)] = [
            (81, .accepted), (520, .accepted), (521, .reason(.pushSize)),
        ]
        return try expected.map { count, expected in
            let target = try LongStart(byteCount: count).target
            return (target, target.witness("a chain from \(count) bytes", target.items, expected))
        }
    }

    @Test("script and decoder refuse them, each for its reason")
    func refused() throws {
        var counts = (accepted: 0, refused: 0)
        for (target, witness) in try Self.cases() {
            let spend = try target.spend(witness)
            let verdict = spend.verdict
            // An expectation of the witness itself would describe all of its bytes.
            let isExpected = witness.allows(verdict)
            #expect(isExpected, "\(spend.kind): \(verdict)")
            if verdict == .accepted { counts.accepted += 1 } else { counts.refused += 1 }
            guard let items = witness.items else { continue }
            let decodes = (try? target.leaf.reading(of: items)) != nil
            // Of what is decoded, only the signature can be wrong here.
            let signatureIsRight = items.last == target.items.last
            #expect(
                decodes == (verdict == .accepted) || !signatureIsRight,
                "\(spend.kind): \(verdict), decoded: \(decodes)")
        }
        print("bad witnesses: \(counts.accepted) accepted, \(counts.refused) refused")
        #expect(counts.accepted > 8)
        #expect(counts.refused > 500)
    }

    @Test(
        "Bitcoin Core's engine refuses the same", .enabled(if: ScriptOracle.isAvailable, isMissing))
    func engine() throws {
        let spends = try Self.cases().map { try $0.target.spend($0.witness) }
        for (spend, accepted) in zip(spends, try ScriptOracle.verdicts(spends)) {
            #expect((spend.verdict == .accepted) == accepted, "\(spend.kind): \(accepted)")
        }
    }

    @Test("relay refuses leaf versions without a meaning, and no leaf has an item that it refuses")
    func relay() throws {
        let target = try LeafTarget(.challenge(.doubt), .base16)
        for witness in target.aroundScript where witness.expected == .accepted {
            let data = try target.spend(witness).data
            let verdict = Verdict(data, inputIndex: 0, flags: .standard)
            #expect(verdict == .refused(.discourageUpgradableTaprootVersion))
        }
        let scene = try LeafScene()
        // Writing all of them takes long, and their inputs are of the same three kinds.
        for (place, kind) in scene.catalogue.kinds.enumerated() where place % 16 == 0 {
            let inputs = try scene.leaf(kind).script.inputs
            #expect(inputs.allSatisfy { $0.maximumByteCount <= 80 }, "\(kind.name)")
        }
    }
}

/// The verifier's doubt where the first chain of the prover's key begins with a long value.
private struct LongStart {
    let target: LeafTarget

    init(byteCount: Int) throws {
        let scene = try LeafScene()
        let start = [UInt8](repeating: 7, count: byteCount)
        let end = (0..<15).reduce(start) { value, _ in Hash160.hash(value).bytes }
        let ordinary = scene.oneTimeKey(.lastStep)
        guard case .base16(let key) = ordinary, let last = Bytes20(end) else {
            throw WinternitzError.messageByteCount(0)
        }
        let chains = [last] + key.chains.dropFirst()
        let changed = try WinternitzPublicKey(parameters: key.parameters, chains: chains)
        let leaf = try CommittedLeaf(
            .challenge(.doubt), scene.catalogue.context, key: FixtureKey("leaf scene").xOnly
        ) { $0 == .lastStep ? .base16(changed) : scene.oneTimeKey($0) }
        // The first digit of a small number is 0: its chain shows where it begins.
        let message: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 9]
        let short = try LeafTarget(leaf) { try scene.signed($0, message) }
        let layout = WinternitzLayout(
            parameters: key.parameters, form: leaf.form, use: .keep)
        guard let index = layout.items.firstIndex(of: .value(chainIndex: 0)) else {
            throw WinternitzError.messageByteCount(0)
        }
        target = short.replacing(index, start)
    }
}
