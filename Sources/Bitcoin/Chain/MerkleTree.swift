public import Primitives

/// The tree over a block's txids.
///
/// Where a level has an odd number of nodes, its last node is paired with itself.
public enum MerkleTree {
    /// The root over txids in the order of the block.
    ///
    /// - Returns: `nil` for no txids, and where the last nodes of a level are equal: such a list
    ///   has the root of a shorter one (CVE-2012-2459).
    public static func root(of txids: [Txid]) -> Bytes32? {
        guard !txids.isEmpty else { return nil }
        var level = txids.map(\.bytes)
        while level.count > 1 {
            for index in stride(from: 0, to: level.count - 1, by: 2)
            where level[index] == level[index + 1] {
                return nil
            }
            level = parents(of: level)
        }
        return level[0]
    }

    static func parent(_ left: Bytes32, _ right: Bytes32) -> Bytes32 {
        SHA256.doubleHash(left.bytes + right.bytes)
    }

    static func parents(of level: [Bytes32]) -> [Bytes32] {
        stride(from: 0, to: level.count, by: 2).map { index in
            parent(level[index], level[min(index + 1, level.count - 1)])
        }
    }

    /// How many levels lie above the leaves of a tree.
    static func height(leafCount: Int) -> Int {
        leafCount <= 1 ? 0 : Int.bitWidth - (leafCount - 1).leadingZeroBitCount
    }

    /// How many nodes a level has; level 0 are the leaves.
    static func width(level: Int, leafCount: Int) -> Int {
        (leafCount + (1 << level) - 1) >> level
    }
}
