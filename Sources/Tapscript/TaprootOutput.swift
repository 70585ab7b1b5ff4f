public import Bitcoin
public import Curve
public import Primitives

/// A taproot output with everything that spending it needs: internal key and script tree.
///
/// - Source: BIP-341, "Constructing and spending Taproot outputs".
public struct TaprootOutput: Hashable, Sendable {
    /// The key before the tweak.
    public let internalKey: XOnlyPublicKey
    /// The scripts; nil where only the key path exists.
    public let tree: TapTree?
    /// The key in the script.
    public let outputKey: XOnlyPublicKey
    /// 0 or 1, the parity of the output key's y coordinate.
    public let outputKeyParity: UInt8

    /// Tweaks an internal key by a tree.
    ///
    /// - Throws: Where the tweak is out of range or cancels the key, which no hash does in
    ///   practice.
    public init(internalKey: XOnlyPublicKey, tree: TapTree? = nil) throws(CurveError) {
        self.internalKey = internalKey
        self.tree = tree
        (outputKey, outputKeyParity) = try internalKey.tapTweaked(merkleRoot: tree?.merkleRoot)
    }

    /// The root of the tree; nil without scripts.
    public var merkleRoot: Bytes32? {
        tree?.merkleRoot
    }

    /// Version 1 with the output key.
    public var scriptPubKey: Script {
        .payToTaproot(outputKey: outputKey.bytes32)
    }

    /// What a spender of a leaf shows besides the script.
    ///
    /// - Parameter index: 0-based position of the leaf in the tree, which must exist.
    public func controlBlock(forLeaf index: Int) -> ControlBlock {
        guard let tree else { preconditionFailure("the output has a script tree") }
        return tree.controlBlock(
            forLeaf: index, internalKey: internalKey.bytes32, outputKeyParity: outputKeyParity)
    }

    /// A leaf of the tree.
    ///
    /// - Parameter index: 0-based position of the leaf in the tree, which must exist.
    public func leaf(_ index: Int) -> TapLeaf {
        guard let tree, tree.leaves.indices.contains(index) else {
            preconditionFailure("the output's tree has such a leaf")
        }
        return tree.leaves[index]
    }

    /// The whole witness of a script-path spend.
    ///
    /// - Parameters:
    ///   - items: What the script takes from the stack, bottom first.
    ///   - index: 0-based position of the leaf in the tree, which must exist.
    public func witness(_ items: [[UInt8]], forLeaf index: Int) -> Witness {
        Witness(items + [leaf(index).script.bytes, controlBlock(forLeaf: index).bytes])
    }
}
