import Bitcoin
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import TestSupport
import Validation

/// A graph as the first operator meets it.
struct GraphScene {
    typealias Description = GraphDescription<TransactionLabel>

    let fixture: CeremonyFixture

    init() throws {
        fixture = try CeremonyFixture()
    }

    var table: RuleTable<GraphSubject> {
        RuleTable(rules: GraphRules.all, base: subject(fixture.program))
    }

    func subject(
        _ program: ProgramGraph, evidence: GraphEvidence? = nil, bound: Bytes32? = nil,
        me: Int = 0, policy: SignerPolicy = .standard(for: .regtest)
    ) -> GraphSubject {
        let own = CeremonyFixture.evidence(of: program, keysBundles: fixture.keysBundles)
        return GraphSubject(
            program: program, evidence: evidence ?? own, boundDigest: bound,
            me: fixture.operators[me].identity.xOnly, policy: policy)
    }

    /// A graph that somebody built wrongly, with evidence that claims the same wrong graph.
    func tampered(_ change: (inout Description) throws -> Void) throws -> GraphSubject {
        let aggregates = fixture.program.aggregates
        var description = try ProgramGraph.description(
            aggregates: aggregates, funding: fixture.funding)
        try change(&description)
        let graph = try Graph(building: description)
        return subject(
            ProgramGraph(aggregates: aggregates, funding: fixture.funding, graph: graph))
    }
}

extension GraphDescription<TransactionLabel> {
    /// A transaction of a lock by its label.
    subscript(label: LockTransaction) -> TransactionDescription<TransactionLabel> {
        get {
            guard let found = transactions.first(where: { $0.label == .lock(label) }) else {
                preconditionFailure("the description has '\(label.text)'")
            }
            return found
        }
        set {
            transactions.removeAll { $0.label == .lock(label) }
            transactions.append(newValue)
        }
    }
}

extension ClaimedTransaction {
    func changing(
        label: String? = nil, transaction: [UInt8]? = nil, txid: Txid? = nil,
        sighashes: [Bytes32]? = nil
    ) -> ClaimedTransaction {
        ClaimedTransaction(
            label: label ?? self.label, transaction: transaction ?? self.transaction,
            txid: txid ?? self.txid, sighashes: sighashes ?? self.sighashes)
    }
}

/// Claims that differ from the graph that the signer builds.
enum GraphRows {
    static func all() throws -> [RuleRow] {
        let scene = try GraphScene()
        return names(scene) + transactions(scene) + signatures(scene) + digests(scene)
    }

    private static func claims(
        _ scene: GraphScene, _ change: (inout [ClaimedTransaction]) -> Void
    ) -> GraphSubject {
        let evidence = scene.fixture.evidence
        var claimed = evidence.transactions
        change(&claimed)
        return scene.subject(
            scene.fixture.program,
            evidence: GraphEvidence(
                keysBundles: evidence.keysBundles, funding: evidence.funding,
                graphDigest: evidence.graphDigest, transactions: claimed))
    }

    private static func names(_ scene: GraphScene) -> [RuleRow] {
        [
            scene.table.row(
                "GRF-NAMES", "another name",
                breaks: claims(scene) { $0[1] = $0[1].changing(label: "\u{1B}[2Jrelease") }),
            scene.table.row(
                "GRF-NAMES", "a transaction less", breaks: claims(scene) { $0.removeLast() }),
            scene.table.row(
                "GRF-NAMES", "a transaction more", breaks: claims(scene) { $0.append($0[0]) }),
            scene.table.row(
                "GRF-NAMES", "another order",
                also: ["GRF-TRANSACTION", "GRF-TXID", "GRF-SIGHASH"],
                breaks: claims(scene) { $0.swapAt(0, 1) }),
        ]
    }

    private static func transactions(_ scene: GraphScene) -> [RuleRow] {
        let accept = scene.fixture.program.graph.transactions[0].transaction
        func row(_ name: String, _ bytes: [UInt8]) -> RuleRow {
            scene.table.row(
                "GRF-TRANSACTION", name,
                breaks: claims(scene) { $0[0] = $0[0].changing(transaction: bytes) })
        }
        var changed = accept
        changed.outputs[0].value = 9_000
        return [
            row("no transaction", []), row("half of one", Array(accept.encoded().prefix(50))),
            row("another amount", changed.encodedWithoutWitness()),
            scene.table.row(
                "GRF-TXID", "another txid",
                breaks: claims(scene) { $0[2] = $0[2].changing(txid: .zero) }),
        ]
    }

    private static func signatures(_ scene: GraphScene) -> [RuleRow] {
        func row(_ name: String, _ change: @escaping ([Bytes32]) -> [Bytes32]) -> RuleRow {
            scene.table.row(
                "GRF-SIGHASH", name,
                breaks: claims(scene) {
                    $0[2] = $0[2].changing(sighashes: change($0[2].sighashes))
                })
        }
        return [
            row("one less") { Array($0.dropLast()) }, row("one more") { $0 + [.zero] },
            row("another") { [$0[0], .zero] }, row("another order") { $0.reversed() },
        ]
    }

    private static func digests(_ scene: GraphScene) -> [RuleRow] {
        let evidence = scene.fixture.evidence
        let program = scene.fixture.program
        return [
            scene.table.row(
                "GRF-DIGEST", "another digest",
                breaks: scene.subject(
                    program,
                    evidence: GraphEvidence(
                        keysBundles: evidence.keysBundles, funding: evidence.funding,
                        graphDigest: .zero, transactions: evidence.transactions))),
            scene.table.row(
                "GRF-BOUND", "bound to another graph",
                base: scene.subject(program, bound: program.digest),
                breaks: scene.subject(program, bound: .zero)),
        ]
    }
}
