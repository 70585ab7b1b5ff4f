import Bitcoin
import Curve
import Dispute
import DisputeLeaves
import DisputeSupport
import Primitives
import RiscV
import Tapscript
import TestSupport
import Winternitz

/// All leaves of a program with one-time keys whose secrets are known.
struct LeafScene {
    let program: DisputeProgram
    let catalogue: LeafCatalogue
    private let keys = OpenOneTimeKeys("leaf scene")
    private let aggregate: FixtureKey

    init(
        stepLimit: UInt64 = 100, arity: Int = 4, publishedHashes: CommitmentProfile = .base16
    ) throws {
        program = try ChallengeMaker.program(stepLimit: stepLimit, arity: arity)
        catalogue = LeafCatalogue(
            LeafContext(program, publishedHashes: publishedHashes),
            waits: ResponseWaits(prover: BlockCount(144), verifier: BlockCount(72)),
            constants: [1: 0x8000_000F])
        aggregate = try FixtureKey("leaf scene")
    }

    func oneTimeKey(_ value: LeafValue) -> OneTimeKey? {
        let isPublished =
            switch value {
            case .hash, .readHash: true
            default: false
            }
        if isPublished, catalogue.context.publishedHashes == .chosenChains {
            return (try? keys.chosenChains(value.name)).map { .chosenChains($0) }
        }
        return (try? keys.base16(value.name, byteCount: value.byteCount)).map { .base16($0) }
    }

    func leaf(_ kind: LeafKind) throws -> CommittedLeaf {
        try CommittedLeaf(
            kind, catalogue.context, key: aggregate.xOnly, oneTimeKey: oneTimeKey)
    }

    /// A value with its one-time signature.
    func signed(_ entry: LeafLayout.Entry, _ message: [UInt8]) throws -> SignedValue {
        switch entry.profile {
        case .base16:
            return .base16(message, try keys.sign(message, as: entry.value.name))
        case .chosenChains:
            let hash = Bytes20(message) ?? .zero
            return .chosenChains(hash, try keys.choose(hash, as: entry.value.name))
        }
    }

    /// All values of a leaf, signed.
    func signed(
        _ leaf: CommittedLeaf, _ messages: [LeafValue: [UInt8]]
    ) throws -> [LeafValue: SignedValue] {
        var values: [LeafValue: SignedValue] = [:]
        for entry in leaf.layout.entries {
            values[entry.value] = try signed(entry, messages[entry.value] ?? [])
        }
        return values
    }

    /// The aggregate's signature of a leaf.
    func signature(_ leaf: CommittedLeaf) throws -> [UInt8] {
        try aggregate.sign(leaf.tapLeaf.hash).bytes
    }
}

/// A leaf that can be run.
struct RunnableLeaf {
    let leaf: CommittedLeaf
    private let compiled: CompiledScript
    private let context: ScriptContext

    init(_ leaf: CommittedLeaf) {
        self.leaf = leaf
        compiled = CompiledScript(leaf.script.script)
        var context = ScriptContext(checker: LeafHashChecker())
        context.leafHash = leaf.tapLeaf.hash
        self.context = context
    }

    /// Whether the script takes these items, bottom of the stack first.
    ///
    /// - Parameter flags: Those of consensus, or stricter ones.
    func takes(_ items: [[UInt8]], flags: ScriptVerifyFlags = .consensus) -> Bool {
        var context = context
        context.flags = flags
        return (try? Interpreter.evaluate(compiled, stack: items, context: context)) != nil
    }
}

/// A transaction whose signatures cover the hash of the leaf, and that has waited long enough.
private struct LeafHashChecker: SignatureChecker {
    func checkECDSASignature(
        _ signature: [UInt8], publicKey: [UInt8], scriptCode: Script, version: SignatureVersion
    ) -> Bool {
        false
    }

    func checkSchnorrSignature(
        _ signature: [UInt8], publicKey: [UInt8], spend: TaprootSpend
    ) throws(ScriptError) {
        guard case .scriptPath(let leafHash, _) = spend.path,
            let key = XOnlyPublicKey(publicKey), let signature = SchnorrSignature(signature),
            key.verify(signature, message: leafHash)
        else { throw .schnorrSig }
    }

    func checkLockTime(_ lockTime: Int64) -> Bool { true }

    func checkSequence(_ sequence: Int64) -> Bool { true }
}
