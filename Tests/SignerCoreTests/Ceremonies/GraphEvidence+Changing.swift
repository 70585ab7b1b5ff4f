import Bitcoin
import Exchange
import Model
import Primitives

extension GraphEvidence {
    /// The same evidence with some parts replaced.
    func changing(
        keysBundles: [[UInt8]]? = nil, funding: Funding? = nil, graphDigest: Bytes32? = nil,
        transactions: [ClaimedTransaction]? = nil
    ) -> GraphEvidence {
        GraphEvidence(
            keysBundles: keysBundles ?? self.keysBundles, funding: funding ?? self.funding,
            graphDigest: graphDigest ?? self.graphDigest,
            transactions: transactions ?? self.transactions)
    }

    /// With one output of the funding replaced.
    func changing(output index: Int, _ change: (TxOut) -> TxOut) throws -> GraphEvidence {
        var transaction = funding.transaction
        transaction.outputs[index] = change(transaction.outputs[index])
        return changing(
            funding: Funding(
                transaction: transaction, ordinalIndex: funding.ordinalIndex,
                feeIndex: funding.feeIndex))
    }

    /// With some fields of one claimed transaction replaced.
    func changing(
        _ index: Int, label: String? = nil, transaction: [UInt8]? = nil, txid: Txid? = nil,
        sighashes: [Bytes32]? = nil
    ) -> GraphEvidence {
        var claims = transactions
        let claim = claims[index]
        claims[index] = ClaimedTransaction(
            label: label ?? claim.label, transaction: transaction ?? claim.transaction,
            txid: txid ?? claim.txid, sighashes: sighashes ?? claim.sighashes)
        return changing(transactions: claims)
    }
}

extension Transaction {
    /// The transaction with each of its fields changed in turn, by name of the field.
    var singleFieldChanges: [(field: String, transaction: Transaction)] {
        var changes: [(field: String, transaction: Transaction)] = []
        func add(_ field: String, _ change: (inout Transaction) -> Void) {
            var copy = self
            change(&copy)
            changes.append((field, copy))
        }
        add("version") { $0.version = 2 }
        add("lock time") { $0.lockTime = LockTime(1) }
        add("one output less") { $0.outputs.removeLast() }
        add("outputs in another order") { $0.outputs.swapAt(0, 1) }
        for index in inputs.indices {
            add("input \(index): outpoint") {
                $0.inputs[index].outPoint = OutPoint(txid: .zero, outputIndex: 0)
            }
            add("input \(index): sequence") { $0.inputs[index].sequence = .final }
        }
        for index in outputs.indices {
            add("output \(index): value") {
                $0.outputs[index] = TxOut(
                    value: 331, scriptPubKey: $0.outputs[index].scriptPubKey)
            }
            // Another key, another lock or another order of leaves: all are another script.
            add("output \(index): script") {
                $0.outputs[index] = TxOut(
                    value: $0.outputs[index].value, scriptPubKey: .payToTaproot(outputKey: .zero))
            }
        }
        return changes
    }
}
