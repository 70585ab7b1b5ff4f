package import Curve
package import Model

/// What somebody wants a graph to be: transactions by name, in any order, nothing computed yet.
///
/// Two descriptions that differ only in the order of `transactions` build the same graph.
///
/// - Source: docs/protocol/graph.md, "Description".
package struct GraphDescription<Label: GraphLabel>: Hashable, Sendable {
    /// Names template and version, such as `cardinal-lock/1`: 1 to 60 printable ASCII characters.
    package var name: String
    /// The rule of every transaction that has none of its own.
    package var fee: GraphFee
    /// The keys that each owner of signatures has, before any taproot tweak.
    package var keys: [SignatureOwner: Set<XOnlyPublicKey>]
    package var transactions: [TransactionDescription<Label>]

    package init(
        name: String, fee: GraphFee, keys: [SignatureOwner: Set<XOnlyPublicKey>],
        transactions: [TransactionDescription<Label>] = []
    ) {
        self.name = name
        self.fee = fee
        self.keys = keys
        self.transactions = transactions
    }
}
