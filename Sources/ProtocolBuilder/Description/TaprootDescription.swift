package import Bitcoin
package import Curve
package import Primitives

/// What fills a place of a leaf's witness.
package enum ItemContent: Hashable, Sendable {
    /// A BIP-340 signature of the input's sighash under this key.
    case signature(XOnlyPublicKey)
    /// 32 bytes whose SHA-256 is this.
    case preimage(of: Bytes32)
    /// Bytes that the publisher supplies; a range of lengths within 0…80.
    case bytes(ClosedRange<Int>)
    /// Bytes that are known now.
    case constant([UInt8])
}

/// A place of a leaf's witness below script and control block.
package struct ItemDescription: Hashable, Sendable {
    /// 1 to 60 printable ASCII characters; unique in the leaf.
    package var name: String
    package var content: ItemContent

    package init(_ name: String, _ content: ItemContent) {
        self.name = name
        self.content = content
    }
}

/// A leaf of a script tree: the script and what satisfies it.
package struct LeafDescription: Hashable, Sendable {
    /// 1 to 60 printable ASCII characters; unique in the tree.
    package var name: String
    package var script: Script
    /// In the order of the witness: bottom of the stack first.
    package var items: [ItemDescription]

    package init(_ name: String, script: Script, items: [ItemDescription]) {
        self.name = name
        self.script = script
        self.items = items
    }
}

/// The form of a script tree.
package enum TreeShape: Hashable, Sendable {
    /// Depths differ by one at most.
    case balanced
    /// Huffman: one weight per leaf; the larger, the shorter its control block.
    case weighted([UInt64])
}

/// What a taproot output commits to.
package struct TaprootDescription: Hashable, Sendable {
    package var internalKey: XOnlyPublicKey
    package var leaves: [LeafDescription]
    package var shape: TreeShape

    package init(
        internalKey: XOnlyPublicKey, leaves: [LeafDescription] = [], shape: TreeShape = .balanced
    ) {
        self.internalKey = internalKey
        self.leaves = leaves
        self.shape = shape
    }

    /// 0-based position of the leaf called `name`, or nil.
    package func index(ofLeaf name: String) -> Int? {
        leaves.firstIndex { $0.name == name }
    }
}
