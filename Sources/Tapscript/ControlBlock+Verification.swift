public import Bitcoin
public import Curve
import Primitives

extension ControlBlock {
    /// Whether this block proves that an output key commits to a script.
    ///
    /// False also where the internal key is on no point of the curve, and where the parity in the
    /// block is not that of the output key.
    ///
    /// - Source: BIP-341, "Script validation rules".
    public func proves(_ script: Script, committedBy outputKey: XOnlyPublicKey) -> Bool {
        let leaf = TapLeaf(version: leafVersion, script: script)
        return proves(leafHash: leaf.hash, committedBy: outputKey.bytes32)
    }

    /// Whether this block proves that an output key commits to a leaf of its leaf version.
    ///
    /// - Parameter outputKey: Any 32 bytes; false where no point has this x.
    func proves(leafHash: Bytes32, committedBy outputKey: Bytes32) -> Bool {
        guard let internalKey = XOnlyPublicKey(internalKey),
            let tweaked = try? internalKey.tapTweaked(merkleRoot: merkleRoot(leafHash: leafHash))
        else { return false }
        return tweaked.outputKey.bytes32 == outputKey && tweaked.parity == outputKeyParity
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
