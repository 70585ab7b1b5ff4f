package import Bitcoin
package import Model

/// A transaction whose witnesses are complete and checked; only `Graph.complete` makes one.
package struct CompletedTransaction<Label: GraphLabel>: Hashable, Sendable {
    package let label: Label
    package let transaction: Transaction
    package let txid: Txid
    package let fee: Amount
    /// The path of every input, in the order of the inputs.
    package let paths: [SpendPath]
    /// The outputs that the inputs spend, in their order.
    package let prevouts: [TxOut]

    init(_ graph: GraphTransaction<Label>, paths: [SpendPath], witnesses: [Witness]) {
        precondition(
            witnesses.count == graph.inputs.count && paths.count == graph.inputs.count,
            "every input has a path and a witness")
        var transaction = graph.transaction
        for (index, witness) in witnesses.enumerated() {
            transaction.inputs[index].witness = witness
        }
        label = graph.label
        self.transaction = transaction
        txid = graph.txid
        fee = graph.fee
        self.paths = paths
        prevouts = graph.prevouts
    }
}
