package import Bitcoin
package import Model
import Tapscript

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

extension CompletedTransaction {
    /// Executes the scripts of all inputs under the rules of relay.
    ///
    /// - Throws: `AssemblyError.refused` with the first input that a node would refuse.
    func verifyScripts() throws(AssemblyError<Label>) {
        let data: PrecomputedTransactionData
        do throws(SighashError) {
            data = try PrecomputedTransactionData(transaction: transaction, prevouts: prevouts)
        } catch {
            preconditionFailure("a completed transaction has an output for every input")
        }
        for inputIndex in transaction.inputs.indices {
            do throws(ScriptError) {
                try Interpreter.verify(data, inputIndex: inputIndex, flags: .standard)
            } catch {
                throw .refused(error, inputIndex: inputIndex, of: label)
            }
        }
    }
}
