import Bitcoin
import Tapscript
import TestSupport
import Testing

/// Every kind of leaf, spent on a real chain with committed values and the signature of both.
///
/// After a wanted change of sizes: `BITVMX_RECORD=1 Airgap/test e2e`, and read the difference.
@Suite(
    "Leaves on a real chain", .serialized,
    .enabled(if: ProgramNode.isAvailable, "this machine has no bitcoind and cannot fetch one"))
struct LeavesOnChainTests {
    @Test("each kind of leaf is taken, refused with one digit changed, and as large as documented")
    func leaves() async throws {
        let parties = try DisputeParties()
        let trees = try LeafTrees(parties)
        let chain = try LeafChain(trees.trees, parties)
        try await wait(chain)

        var table = LeafSizeTable()
        var accepted: [(Transaction, NodeVerdict)] = []
        var random = SplitMix64(seed: 4)
        var refusals = 0
        for signed in chain.leaves {
            let transaction = try signed.transaction()
            let verdict = try await chain.judge(transaction, of: signed, "as it should be")
            #expect(verdict.blockRefusal == nil, "\(signed.leaf.name)")
            #expect(try signed.spend.refusal(of: transaction, .standard) == nil)
            accepted.append((transaction, verdict))
            table.append(signed, try await chain.rpc.sizes(of: transaction))
            refusals += try await forge(signed, chain, &random)
        }
        for signed in chain.hasty {
            let verdict = try await chain.judge(try signed.transaction(), of: signed, "hasty")
            #expect(verdict.blockRefusal != nil, "\(signed.leaf.name)")
        }

        let mined = try await chain.mine(accepted)
        var kinds: Set<String> = []
        for (signed, (transaction, _)) in zip(chain.leaves, accepted) {
            #expect(mined.contains(transaction.txid.hex), "\(signed.leaf.name) is in no block")
            if mined.contains(transaction.txid.hex) { kinds.insert(signed.leaf.kind) }
        }
        #expect(kinds == trees.kinds)
        print("leaves on a real chain: \(accepted.count) were mined, \(refusals) forgeries refused")
        let missing = try table.check()
        #expect(missing.isEmpty, "docs/protocol/leaves-on-chain.md: \(missing)")
    }

    /// Tries changes of a leaf's witness.
    ///
    /// - Returns: How many were refused.
    private func forge(
        _ signed: SignedLeaf, _ chain: LeafChain, _ random: inout SplitMix64
    ) async throws -> Int {
        let name = signed.leaf.name
        var refusals = 0
        var bodyRefusals = 0
        for forgery in signed.forgeries(&random) {
            let transaction = try signed.transaction(forgery, &random)
            let verdict = try await chain.judge(transaction, of: signed, "\(forgery)")
            let isRefused = verdict.blockRefusal != nil && verdict.relayRefusal != nil
            #expect(isRefused || !forgery.isAlwaysRefused, "\(name) takes \(forgery)")
            if isRefused { refusals += 1 }
            if isRefused, forgery.isForTheBody { bodyRefusals += 1 }
        }
        #expect(bodyRefusals > 0 || !signed.leaf.hasBody, "the body of \(name) refuses nothing")
        return refusals
    }

    /// Lets the time of all locks pass, and tries one block before each ends.
    private func wait(_ chain: LeafChain) async throws {
        var height = 1
        for wait in Set(chain.leaves.compactMap(\.leaf.wait)).sorted() {
            let last = Int(wait.value) - 1
            if last > height {
                try chain.node.mine(last - height)
                height = last
            }
            for signed in chain.leaves where signed.leaf.wait == wait {
                let early = try await chain.rpc.judge(
                    try signed.transaction(), payingTo: chain.address)
                #expect(early.relayRefusal == "non-BIP68-final", "\(signed.leaf.name)")
                #expect(
                    early.blockRefusal?.contains("bad-txns-nonfinal") == true,
                    "\(signed.leaf.name): \(early)")
            }
            try chain.node.mine()
            height += 1
        }
    }
}
