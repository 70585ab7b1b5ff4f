public import Bitcoin
public import Curve

extension ControlBlock {
    /// Whether this block proves that an output key commits to a script.
    ///
    /// False also where the internal key is on no point of the curve, and where the parity in the
    /// block is not that of the output key.
    ///
    /// - Source: BIP-341, "Script validation rules".
    public func proves(_ script: Script, committedBy outputKey: XOnlyPublicKey) -> Bool {
        guard let internalKey = XOnlyPublicKey(internalKey),
            let tweaked = try? internalKey.tapTweaked(merkleRoot: merkleRoot(script: script))
        else { return false }
        return tweaked.outputKey == outputKey && tweaked.parity == outputKeyParity
    }

    /// Whether this block proves that an output's script commits to a leaf script.
    ///
    /// - Parameter scriptPubKey: Any; only one that pays to taproot commits to anything.
    public func proves(_ script: Script, committedBy scriptPubKey: Script) -> Bool {
        guard let bytes = scriptPubKey.taprootOutputKey, let key = XOnlyPublicKey(bytes) else {
            return false
        }
        return proves(script, committedBy: key)
    }
}
