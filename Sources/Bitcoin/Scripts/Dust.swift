import Primitives

extension Script {
    /// Bytes of the input that later spends a witness program: outpoint, empty script, a quarter
    /// of a signature and key, sequence (Bitcoin Core: `GetDustThreshold`).
    private static let witnessSpendByteCount = 32 + 4 + 1 + 107 / 4 + 4
    /// The same where signature and key are not discounted.
    private static let legacySpendByteCount = 32 + 4 + 1 + 107 + 4

    /// The least amount that an output with this script may hold to be relayed.
    ///
    /// With the default rate: 330 sat for P2TR and P2WSH, 294 for P2WPKH, 240 for P2A, 546 for
    /// P2PKH, 540 for P2SH, nothing for unspendable scripts.
    ///
    /// - Parameter rate: The node's `-dustrelayfee`.
    /// - Source: Bitcoin Core, `policy/policy.cpp`, `GetDustThreshold`.
    public func dustThreshold(
        at rate: FeeRate = .dustRelay
    ) throws(AmountError) -> Amount {
        guard !isUnspendable else { return .zero }
        let spend =
            witnessProgram == nil ? Self.legacySpendByteCount : Self.witnessSpendByteCount
        let output = TxOut(value: .zero, scriptPubKey: self).byteCount
        return try rate.fee(for: VirtualSize(output + spend))
    }
}

extension TxOut {
    /// Whether the output holds less than its script's dust threshold at the default rate.
    public var isDust: Bool {
        guard let threshold = try? scriptPubKey.dustThreshold() else { return true }
        return value < threshold
    }
}

extension Amount {
    /// The dust threshold of a taproot output at the default rate.
    public static let payToTaprootDust: Amount = 330
    /// The dust threshold of a pay-to-anchor output at the default rate.
    public static let payToAnchorDust: Amount = 240
}
