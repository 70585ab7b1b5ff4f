import Bitcoin
import Curve
import Tapscript
import TestSupport
import Testing

/// A real chain with an output for every leaf.
struct LeafChain {
    /// Leaves that are alternatives of one output.
    struct Tree {
        /// Those that are spent.
        let leaves: [SpendableLeaf]
        /// One for each of them: of the same tree, with internal keys of their own, as the node's
        /// wallet pays an address once.
        let outputs: [LeafOutput]

        /// - Parameters:
        ///   - name: Determines the internal keys.
        ///   - others: More leaves of the tree, which are not spent here.
        init(_ name: String, _ leaves: [SpendableLeaf], others: [TapLeaf] = []) throws {
            self.leaves = leaves
            let tree = try TapTree.balanced(leaves.map(\.script.tapLeaf) + others)
            outputs = try leaves.map { try LeafOutput(tree, "\(name)/\($0.name)") }
        }
    }

    let node: ProgramNode
    let rpc: NodeRPC
    /// Where the coins of new blocks go.
    let address: String
    /// In the order of trees and leaves.
    let leaves: [SignedLeaf]
    /// With waits that are one block too short.
    let hasty: [SignedLeaf]

    /// Starts a node, pays all outputs and lets the parties sign.
    init(_ trees: [Tree], _ parties: DisputeParties) throws {
        node = try ProgramNode()
        rpc = try node.rpc
        let places = trees.flatMap { tree in
            tree.leaves.indices.map { (output: tree.outputs[$0], index: $0, leaf: tree.leaves[$0]) }
        }
        let payments = try places.map { place in
            (
                address: try Self.address(place.output.scriptPubKey),
                satoshi: LeafSpend.funding
            )
        }
        let funding = try node.transaction(node.pay(payments))
        func signed(
            _ position: Int, _ sequence: (BlockCount) -> Bitcoin.Sequence
        ) throws -> SignedLeaf {
            let place = places[position]
            let script = place.leaf.script
            let spend = try LeafSpend(
                place.output, leaf: place.index, of: funding.outPoint(ofOutput: position),
                place.leaf.wait.map(sequence) ?? .replaceable,
                witnessByteCount: script.properties.byteCount + script.properties.inputByteCount)
            return try SignedLeaf(place.leaf, spend, parties)
        }
        leaves = try places.indices.map { try signed($0) { .blocks($0) } }
        hasty = try places.indices.filter { places[$0].leaf.wait != nil }.map { position in
            try signed(position) { .blocks(BlockCount($0.value - 1)) }
        }
        address = try Self.address(.payToTaproot(outputKey: XOnlyPublicKey.nums.bytes32))
    }

    private static func address(_ script: Script) throws -> String {
        try #require(Address(scriptPubKey: script, network: .regtest)).description
    }

    /// Asks the node and our interpreter at the same time, and expects that they agree.
    ///
    /// - Returns: What both say.
    @discardableResult
    func judge(
        _ transaction: Transaction, of leaf: SignedLeaf, _ what: String
    ) async throws -> NodeVerdict {
        let (rpc, address) = (rpc, address)
        async let asked = rpc.judge(transaction, payingTo: address)
        let consensus = try leaf.spend.refusal(of: transaction, .consensus)
        let verdict = try await asked
        let message = "\(leaf.leaf.name), \(what): \(verdict), ours: \(consensus?.rawValue ?? "-")"
        #expect((consensus == nil) == (verdict.blockRefusal == nil), "\(message)")
        if let consensus {
            #expect(consensus.isNamed(in: verdict.blockRefusal ?? ""), "\(message)")
        }
        guard let refusal = verdict.relayRefusal else {
            #expect(consensus == nil, "\(message)")
            return verdict
        }
        if consensus?.isNamed(in: refusal) == true { return verdict }
        let standard = try leaf.spend.refusal(of: transaction, .standard)
        // Some nodes do not relay what Bitcoin Core does, and then say no more than that.
        let isKnown = standard?.isNamed(in: refusal) ?? false
        #expect(isKnown || !leaf.unrelayedFeatures.isEmpty, "\(message)")
        return verdict
    }

    /// Mines all transactions, those of the mempool first.
    ///
    /// - Parameter transactions: Whether the mempool takes each is in its verdict.
    /// - Returns: The ids of what was mined.
    func mine(_ transactions: [(Transaction, NodeVerdict)]) async throws -> Set<String> {
        var mined: Set<String> = []
        for (transaction, verdict) in transactions where verdict.relayRefusal == nil {
            try await rpc.send(transaction)
        }
        try node.mine()
        mined.formUnion(try await rpc.lastBlock())
        let others = transactions.filter { $0.1.relayRefusal != nil }.map(\.0)
        var block: [Transaction] = []
        var weight = 0
        for transaction in others {
            if weight + transaction.weight.units > 3_900_000 {
                mined.formUnion(try await rpc.mine(block, payingTo: address))
                (block, weight) = ([], 0)
            }
            block.append(transaction)
            weight += transaction.weight.units
        }
        if !block.isEmpty { mined.formUnion(try await rpc.mine(block, payingTo: address)) }
        return mined
    }
}
