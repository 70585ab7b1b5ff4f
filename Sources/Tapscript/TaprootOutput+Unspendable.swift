public import Bitcoin
public import Curve
public import Primitives

extension TaprootOutput {
    /// An output that only its scripts can spend.
    ///
    /// The internal key is the point H of BIP-341 plus a multiple of the generator that the digest
    /// determines: whoever knows the digest can check that nobody has its secret.
    ///
    /// - Parameters:
    ///   - tree: The scripts.
    ///   - digest: Different for outputs that shall not look alike.
    public static func scriptsOnly(
        _ tree: TapTree, unspendableFrom digest: Bytes32
    ) throws(CurveError) -> TaprootOutput {
        try TaprootOutput(internalKey: .unspendable(derivedFrom: digest), tree: tree)
    }
}
