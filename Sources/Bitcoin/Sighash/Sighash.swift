public import Primitives

/// How a taproot output is spent.
public enum TaprootSpendPath: Hashable, Sendable {
    /// By a signature of the output key.
    case keyPath
    /// By satisfying a leaf.
    ///
    /// - `codeSeparatorPosition`: Index of the last executed OP_CODESEPARATOR among the leaf's
    ///   instructions; 0xFFFFFFFF for none.
    case scriptPath(leafHash: Bytes32, codeSeparatorPosition: UInt32 = .max)
}

/// The messages that signatures of transactions sign.
///
/// Each call hashes the whole transaction; use `TaprootSighashCache` or `SegwitV0SighashCache` to
/// sign many inputs.
public enum Sighash {
    /// The sighash of a taproot input (BIP-341, BIP-342).
    ///
    /// - Parameters:
    ///   - prevouts: The outputs that the inputs spend, in the order of the inputs.
    ///   - annex: With its first byte 0x50.
    public static func taproot(
        transaction: Transaction, inputIndex: Int, prevouts: [TxOut],
        type: SighashType = .default, path: TaprootSpendPath, annex: [UInt8]? = nil
    ) throws(SighashError) -> Bytes32 {
        try TaprootSighashCache(transaction: transaction, prevouts: prevouts)
            .sighash(inputIndex: inputIndex, type: type, path: path, annex: annex)
    }

    /// The sighash of an input of witness version 0 (BIP-143).
    ///
    /// - Parameters:
    ///   - scriptCode: The witness script after its last executed OP_CODESEPARATOR, or for P2WPKH
    ///     the script of P2PKH with the same hash.
    ///   - amount: What the spent output holds.
    public static func segwitV0(
        transaction: Transaction, inputIndex: Int, scriptCode: Script, amount: Amount,
        type: SighashType
    ) throws(SighashError) -> Bytes32 {
        try SegwitV0SighashCache(transaction: transaction).sighash(
            inputIndex: inputIndex, scriptCode: scriptCode, amount: amount, type: type)
    }
}
