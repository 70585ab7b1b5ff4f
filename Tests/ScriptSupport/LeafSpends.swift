package import Bitcoin
internal import Curve
package import Primitives
package import Tapscript

/// Spends of the leaves of one taproot output, each by a transaction of one input.
package struct LeafSpends {
    /// What is spent.
    package let output: TaprootOutput
    private let transaction: Transaction

    /// An output with these leaves in a balanced tree.
    package init(_ leaves: [TapLeaf]) throws {
        output = try TaprootOutput(internalKey: .nums, tree: .balanced(leaves))
        let outPoint = OutPoint(txid: Txid(SHA256.hash([UInt8]())), outputIndex: 0)
        transaction = Transaction(
            version: 2, inputs: [TxIn(outPoint: outPoint, sequence: Sequence(0xFFFF_FFFD))],
            outputs: [TxOut(value: 1000, scriptPubKey: Script([0x51]))])
    }

    /// A spend of a leaf.
    ///
    /// - Parameters:
    ///   - items: What the script takes, bottom first.
    ///   - index: 0-based position of the leaf.
    ///   - kind: For failures.
    package func spend(
        _ items: [[UInt8]], leaf index: Int, kind: String
    ) throws -> OracleSpend {
        try spend(witness: output.witness(items, forLeaf: index).items, kind: kind)
    }

    /// A spend with any witness.
    package func spend(witness: [[UInt8]], kind: String) throws -> OracleSpend {
        OracleSpend(
            data: try data(witness), inputIndex: 0, flags: .consensus, kind: kind)
    }

    /// What a signature for a leaf covers, of the default type and without an annex.
    package func sighash(leaf index: Int) throws -> Bytes32 {
        let unsigned = try data([])
        let cache = try TaprootSighashCache(
            transaction: unsigned.transaction, prevouts: unsigned.prevouts)
        return try cache.sighash(
            inputIndex: 0, type: .default,
            path: .scriptPath(
                leafHash: output.leaf(index).hash, codeSeparatorPosition: .max),
            annex: nil)
    }

    private func data(_ witness: [[UInt8]]) throws -> PrecomputedTransactionData {
        var transaction = transaction
        transaction.inputs[0].witness = Witness(witness)
        let prevout = TxOut(value: 2000, scriptPubKey: output.scriptPubKey)
        return try PrecomputedTransactionData(transaction: transaction, prevouts: [prevout])
    }
}
