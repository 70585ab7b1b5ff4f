import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript
import Testing

/// A change of one field of `SampleGraph` after which it still builds.
struct GraphMutation: Sendable, CustomTestStringConvertible {
    typealias Description = GraphDescription<TestLabel>

    let name: String
    let change: @Sendable (inout Description) throws -> Void

    var testDescription: String { name }

    init(_ name: String, _ change: @escaping @Sendable (inout Description) throws -> Void) {
        self.name = name
        self.change = change
    }

    static var all: [GraphMutation] { graph + transactions + inputs + outputs + trees + items }

    private static var graph: [GraphMutation] {
        [
            GraphMutation("name") { $0.name = "sample/2" },
            GraphMutation("fee rule") { $0.fee = .rate(FeeRate(satoshiPerKilovirtualbyte: 2_501)) },
            GraphMutation("fee kind") { $0.fee = .fixed(500) },
            GraphMutation("more keys of an owner") {
                $0.keys[.aggregate(.operators)]?.insert(SampleGraph.release)
            },
            GraphMutation("one owner more") {
                $0.keys[.aggregate(.release)] = [SampleGraph.release]
            },
            GraphMutation("another owner of the same key") {
                let carol = SignatureOwner.single(PartyName("carol"))
                $0.keys[carol] = $0.keys.removeValue(forKey: .single(PartyName("user")))
                $0.transactions[1].inputs[0].spends[2].owners[0] = carol
            },
        ]
    }

    private static var transactions: [GraphMutation] {
        [
            GraphMutation("label") { $0.transactions[2].label = "gather" },
            GraphMutation("version") { $0.transactions[0].version = .three },
            GraphMutation("lock time") { $0.transactions[0].lockTime = LockTime(1) },
            GraphMutation("fee of one transaction") { $0.transactions[1].fee = .fixed(999) },
            GraphMutation("fee rule of one transaction, same fee") { description in
                let graph = try Graph(building: description)
                guard let fee = graph["release"]?.fee else { return }
                description.transactions[1].fee = .fixed(fee)
            },
            GraphMutation("transaction left out") { $0.transactions.remove(at: 2) },
            GraphMutation("order of inputs") { $0.transactions[0].inputs.swapAt(0, 1) },
        ]
    }

    private static var inputs: [GraphMutation] {
        [
            GraphMutation("external name") {
                try changeExternal(&$0) { $0.name = "asset" }
            },
            GraphMutation("external transaction") {
                try changeExternal(&$0) { $0.outPoint = SampleGraph.outPoint(0, byte: 2) }
            },
            GraphMutation("external index") {
                try changeExternal(&$0) { $0.outPoint = SampleGraph.outPoint(7) }
            },
            GraphMutation("external amount") {
                try changeExternal(&$0) { $0.prevout.value = 10_001 }
            },
            GraphMutation("external leaf name") {
                try changeExternal(&$0) { $0.taproot.leaves[0].name = "time-out" }
            },
            GraphMutation("external internal key") {
                try changeExternal(&$0) { output in
                    output.taproot.internalKey = SampleGraph.user
                    output.prevout.scriptPubKey = try TestOutput.script(of: output.taproot)
                }
            },
            GraphMutation("spent output") {
                $0.transactions[2].inputs[0].source = .output(of: "accept", index: 0)
            },
            GraphMutation("sequence") { $0.transactions[1].inputs[0].sequence = .final },
            GraphMutation("path") { $0.transactions[1].inputs[1].spends[0].path = .leaf(1) },
            GraphMutation("one path less") { $0.transactions[1].inputs[0].spends.removeLast() },
            GraphMutation("order of paths") {
                $0.transactions[1].inputs[0].spends.swapAt(0, 1)
            },
            GraphMutation("sighash type") {
                $0.transactions[1].inputs[1].spends[0].sighashType = .all
            },
            GraphMutation("order of owners") { description in
                let user = SignatureOwner.single(PartyName("user"))
                description.keys[user] = [SampleGraph.user, SampleGraph.operators]
                description.keys[.aggregate(.operators)] = [
                    SampleGraph.user, SampleGraph.operators,
                ]
                description.transactions[1].inputs[0].spends[2].owners.reverse()
            },
        ]
    }

    private static var outputs: [GraphMutation] {
        [
            GraphMutation("output name") { $0.transactions[0].outputs[0].name = "locked" },
            GraphMutation("output amount") { $0.transactions[0].outputs[0].amount = .exact(9_999) },
            GraphMutation("amount rule, same amount") { description in
                let graph = try Graph(building: description)
                guard let value = graph["collect"]?.outputs[0].txOut.value else { return }
                description.transactions[2].outputs[0].amount = .exact(value)
            },
            GraphMutation("share instead of remainder, same amount") {
                $0.transactions[2].outputs[0].amount = .share(index: 0, of: 1)
            },
            GraphMutation("shares swapped") {
                $0.transactions[1].outputs[1].amount = .share(index: 1, of: 2)
                $0.transactions[1].outputs[2].amount = .share(index: 0, of: 2)
            },
            GraphMutation("payout") {
                $0.transactions[1].outputs[1].content = .payout(
                    .payToTaproot(outputKey: TestSigner.key(11).bytes32))
            },
            GraphMutation("kind of output, same script") { description in
                let taproot = TaprootDescription(internalKey: SampleGraph.release)
                description.transactions[1].outputs[0].content = .payout(
                    try TestOutput.script(of: taproot))
            },
            GraphMutation("data") { $0.transactions[1].outputs[3].content = .data([1, 2, 4]) },
            GraphMutation("anchor amount") { $0.transactions[0].outputs[2] = .anchor(241) },
            GraphMutation("order of outputs") { $0.transactions[1].outputs.swapAt(1, 2) },
        ]
    }

    private static var trees: [GraphMutation] {
        [
            GraphMutation("internal key") {
                changeTree(&$0) { $0.internalKey = SampleGraph.release }
            },
            GraphMutation("leaf name") { changeTree(&$0) { $0.leaves[2].name = "all" } },
            GraphMutation("leaf script") {
                changeTree(&$0) {
                    $0.leaves[2].script = Script([0x61] + $0.leaves[2].script.bytes)
                }
            },
            GraphMutation("order of leaves") { changeTree(&$0) { $0.leaves.swapAt(0, 2) } },
            GraphMutation("one leaf more") {
                changeTree(&$0) { taproot in
                    taproot.leaves.append(LeafDescription("free", .checkSignature(.nums)))
                    taproot.shape = .weighted([5, 3, 1, 1])
                }
            },
            GraphMutation("weights") { changeTree(&$0) { $0.shape = .weighted([5, 3, 2]) } },
            GraphMutation("shape") { changeTree(&$0) { $0.shape = .balanced } },
        ]
    }

    private static var items: [GraphMutation] {
        [
            GraphMutation("item name") {
                changeTree(&$0) { $0.leaves[2].items[0].name = "customer" }
            },
            GraphMutation("item key") {
                changeTree(&$0) {
                    $0.leaves[2].items[0].content = .signature(SampleGraph.release)
                }
            },
            GraphMutation("item hash") {
                changeTree(&$0) { $0.leaves[2].items[0].content = .preimage(of: .zero) }
            },
            GraphMutation("another item hash") {
                changeTree(&$0) {
                    $0.leaves[2].items[0].content = .preimage(of: SHA256.hash([1]))
                }
            },
            GraphMutation("item least length") {
                changeTree(&$0) { $0.leaves[2].items[0].content = .bytes(1...64) }
            },
            GraphMutation("item most length") {
                changeTree(&$0) { $0.leaves[2].items[0].content = .bytes(1...65) }
            },
            GraphMutation("item constant") {
                changeTree(&$0) { $0.leaves[2].items[0].content = .constant([1]) }
            },
            GraphMutation("another item constant") {
                changeTree(&$0) { $0.leaves[2].items[0].content = .constant([2]) }
            },
            GraphMutation("one item less") {
                changeTree(&$0) { _ = $0.leaves[2].items.removeFirst() }
            },
        ]
    }

    private static func changeExternal(
        _ description: inout Description, _ change: (inout ExternalOutput) throws -> Void
    ) throws {
        var output = try SampleGraph.external("request asset", 0, 10_000, SampleGraph.request)
        try change(&output)
        description.transactions[0].inputs[0].source = .external(output)
    }

    /// Changes the tree of an output of which the graph spends the first leaf only.
    private static func changeTree(
        _ description: inout Description, _ change: (inout TaprootDescription) -> Void
    ) {
        var taproot = SampleGraph.locked
        change(&taproot)
        let name = description.transactions[0].outputs[1].name
        description.transactions[0].outputs[1] = OutputDescription(
            name, .remainder, .taproot(taproot))
        // Spend by the leaf that no mutation touches, wherever it stands.
        let leaf = taproot.index(ofLeaf: "operators") ?? 0
        description.transactions[1].inputs[1].spends = [
            SpendDescription(.leaf(leaf), signedBy: .aggregate(.operators))
        ]
        if let collect = taproot.index(ofLeaf: "collect") {
            description.transactions[2].inputs[0].spends[0].path = .leaf(collect)
        }
    }
}
