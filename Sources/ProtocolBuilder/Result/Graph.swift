package import Model
package import Primitives

/// Transactions that are complete but for their witnesses, and the plan for signing them.
///
/// Made from a description by pure integer arithmetic: whoever builds the same description has
/// the same bytes, and `digest` says so.
///
/// - Source: docs/protocol/graph.md.
package struct Graph<Label: GraphLabel>: Hashable, Sendable {
    package let name: String
    /// Parents before children; where that leaves a choice, by the bytes of the label's text.
    package let transactions: [GraphTransaction<Label>]
    package let plan: SigningPlan<Label>
    /// Covers every field of the description and everything derived from it.
    package let digest: Bytes32
    private let positions: [Label: Int]

    /// Builds a graph, or says which part of the description is wrong.
    package init(building description: GraphDescription<Label>) throws(GraphError<Label>) {
        try DescriptionCheck(description).run()
        let order = try TopologicalOrder(description.transactions).sorted
        var assembler = GraphAssembler(description)
        for transaction in order {
            try assembler.append(transaction)
        }
        let plan = SigningPlan(assembler.tasks)
        name = description.name
        transactions = assembler.transactions
        positions = assembler.positions
        self.plan = plan
        digest = GraphEncoding.digest(
            name: description.name, keys: description.keys,
            transactions: assembler.transactions, plan: plan)
    }

    /// The transaction with a label, or nil.
    package subscript(label: Label) -> GraphTransaction<Label>? {
        positions[label].map { transactions[$0] }
    }
}
