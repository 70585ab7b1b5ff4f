public import Bitcoin

/// A transaction with the outputs that it spends, and the hashes that all its signatures share.
///
/// - Source: Bitcoin Core, `PrecomputedTransactionData`.
public struct PrecomputedTransactionData: Sendable {
    /// The transaction with its witnesses.
    public let transaction: Transaction
    /// What the inputs spend, in their order.
    public let prevouts: [TxOut]
    let taproot: TaprootSighashCache
    let segwitV0: SegwitV0SighashCache

    /// Hashes what all inputs share.
    ///
    /// - Throws: `prevoutCountMismatch`.
    public init(transaction: Transaction, prevouts: [TxOut]) throws(SighashError) {
        taproot = try TaprootSighashCache(transaction: transaction, prevouts: prevouts)
        segwitV0 = SegwitV0SighashCache(transaction: transaction)
        self.transaction = transaction
        self.prevouts = prevouts
    }

    /// What the scripts of an input ask.
    ///
    /// - Parameter inputIndex: 0-based; the transaction has such an input.
    public func checker(forInput inputIndex: Int) -> TransactionSignatureChecker {
        TransactionSignatureChecker(self, inputIndex: inputIndex)
    }
}
