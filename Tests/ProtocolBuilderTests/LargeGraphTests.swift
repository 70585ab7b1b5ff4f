import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Tapscript
import Testing

/// Graphs as large as programs have them build and can be drawn; `bitvmx-bench` says how fast.
@Suite("Large graphs")
struct LargeGraphTests {
    private let owner = SignatureOwner.aggregate(.operators)

    /// One transfer per operator: a slot that each of them can open, with a time-out.
    private func fifteenOperators() throws -> GraphDescription<TestLabel> {
        var description = try SampleGraph.description()
        let slots = (0..<15).map { index in
            OutputDescription(
                "slot \(index)", .share(index: index, of: 15), .taproot(SampleGraph.locked))
        }
        description.fee = .rate(FeeRate(satoshiPerKilovirtualbyte: 100))
        description.transactions[0].outputs = slots
        description.transactions.removeLast(2)
        for index in 0..<15 {
            for (name, leaf, sequence) in [
                ("collect", 0, Sequence.blocks(SampleGraph.wait)), ("open", 1, .replaceable),
            ] {
                description.transactions.append(
                    TransactionDescription(
                        TestLabel("\(name)-\(index)"), version: .two,
                        inputs: [
                            InputDescription(
                                .output(of: "accept", index: index), sequence: sequence,
                                spends: [SpendDescription(.leaf(leaf), signedBy: owner)])
                        ],
                        outputs: [
                            OutputDescription("out", .remainder, .payout(SampleGraph.payout))
                        ]))
            }
        }
        return description
    }

    /// A coin that moves 100 times, each time by any of 50 leaves.
    private func fiveThousandSignatures() throws -> GraphDescription<TestLabel> {
        let arena = TaprootDescription(
            internalKey: .nums,
            leaves: (0..<50).map { index in
                var builder = ScriptBuilder()
                builder.number(Int64(index))
                builder.opcode(.drop)
                builder.script(LeafScript.checkSignature(SampleGraph.operators).script)
                return LeafDescription(
                    "move \(index)", script: builder.script,
                    items: [ItemDescription("signature", .signature(SampleGraph.operators))])
            })
        let spends = (0..<50).map { SpendDescription(.leaf($0), signedBy: owner) }
        return GraphDescription(
            name: "arena", fee: .none, keys: [owner: [SampleGraph.operators]],
            transactions: try (0..<100).map { index in
                let source: InputSource<TestLabel> =
                    index == 0
                    ? .external(try SampleGraph.external("pot", 0, 100_000, arena))
                    : .output(of: TestLabel("move-\(index - 1)"), index: 0)
                return TransactionDescription(
                    TestLabel("move-\(index)"), version: .three,
                    inputs: [InputDescription(source, spends: spends)],
                    outputs: [
                        OutputDescription("arena", .remainder, .taproot(arena)), .anchor(0),
                    ])
            })
    }

    @Test("15 operators, each with two ways to spend a slot")
    func operators() throws {
        let graph = try Graph(building: fifteenOperators())
        #expect(graph.transactions.count == 31)
    }

    @Test("5,000 signatures in 100 transactions, drawn as well")
    func signatures() throws {
        let graph = try Graph(building: fiveThousandSignatures())
        #expect(graph.plan.tasks.count == 5_000)
        #expect(graph.svg().count > 10_000)
    }
}
