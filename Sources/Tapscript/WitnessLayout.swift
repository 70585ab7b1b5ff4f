public import Bitcoin
public import Curve
public import Primitives

/// An item that a leaf script takes from the stack.
public enum WitnessItem: Hashable, Sendable {
    /// A BIP-340 signature of a key.
    case signature(XOnlyPublicKey)
    /// 32 bytes with this SHA-256.
    case preimage(of: Bytes32)

    /// Bytes of the item.
    ///
    /// - Parameter type: The sighash type of signatures.
    public func byteCount(_ type: SighashType = .default) -> Int {
        switch self {
        case .signature: type.taprootSignatureByteCount
        case .preimage: LeafScript.preimageByteCount
        }
    }
}

/// What satisfies a leaf script, as data: for signing plans, sizes and drawings.
public struct WitnessLayout: Hashable, Sendable {
    /// The items, bottom of the stack first; script and control block follow in the witness.
    public let items: [WitnessItem]

    /// A layout of items, bottom of the stack first.
    public init(_ items: [WitnessItem]) {
        self.items = items
    }

    /// Bytes of each item, bottom of the stack first.
    public func byteCounts(_ type: SighashType = .default) -> [Int] {
        items.map { $0.byteCount(type) }
    }

    /// The weight of the whole witness of an input that spends the leaf.
    ///
    /// - Parameters:
    ///   - type: The sighash type of the signatures.
    ///   - scriptByteCount: Bytes of the leaf's script.
    ///   - depth: Steps from the tree's root to the leaf.
    public func weight(
        _ type: SighashType = .default, scriptByteCount: Int, depth: Int
    ) -> Weight {
        let counts =
            byteCounts(type) + [scriptByteCount, ControlBlock.byteCount(depth: depth)]
        return Weight(witnessByteCount: Witness.byteCount(itemByteCounts: counts))
    }
}
