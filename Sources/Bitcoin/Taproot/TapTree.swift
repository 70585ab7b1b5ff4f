public import Primitives

/// Why leaves and depths make no tree.
public enum TapTreeError: Error, Equatable {
    /// No leaves; an output without scripts has no tree.
    case noLeaves
    /// A leaf deeper than a control block can prove.
    case tooDeep(leafIndex: Int, depth: Int)
    /// The depths, read from left to right, do not fill a binary tree.
    case incompleteTree(leafIndex: Int)
    /// The weights add up to more than 64 bits.
    case weightOverflow
}

/// A taproot script tree: leaves in a fixed order, each with its path to the root (BIP-341).
public struct TapTree: Hashable, Sendable {
    /// The longest path that a control block can hold (`TAPROOT_CONTROL_MAX_NODE_COUNT`).
    public static let maximumDepth = 128

    /// The leaves in the order in which they were given.
    public let leaves: [TapLeaf]
    /// The hash of the root.
    public let merkleRoot: Bytes32

    private let paths: [[Bytes32]]

    /// How many steps lead from the root to a leaf.
    ///
    /// - Parameter index: 0-based; less than `leaves.count`.
    public func depth(ofLeaf index: Int) -> Int {
        merklePath(ofLeaf: index).count
    }

    /// The siblings' hashes on the way from a leaf to the root, the leaf's own sibling first.
    ///
    /// - Parameter index: 0-based; less than `leaves.count`.
    public func merklePath(ofLeaf index: Int) -> [Bytes32] {
        precondition(leaves.indices.contains(index), "the tree has such a leaf")
        return paths[index]
    }

    /// What a spender of a leaf shows besides the script.
    ///
    /// - Parameters:
    ///   - index: 0-based; less than `leaves.count`.
    ///   - internalKey: The x-only key that the output key was tweaked from.
    ///   - outputKeyParity: 0 or 1, the parity of the output key's y coordinate.
    public func controlBlock(
        forLeaf index: Int, internalKey: Bytes32, outputKeyParity: UInt8
    ) -> ControlBlock {
        let path = merklePath(ofLeaf: index)
        return ControlBlock(
            leafVersion: leaves[index].version, outputKeyParity: outputKeyParity,
            internalKey: internalKey, merklePath: path)
    }

    private init(_ builder: TapTreeBuilder, root: TapTreeBuilder.Node) {
        leaves = builder.leaves
        paths = builder.paths
        merkleRoot = root.hash
    }
}

extension TapTree {
    /// A tree as flat as it can be, leaves from left to right.
    ///
    /// With n leaves and m = floor(log2(n - 1)), the first 2^(m+1) - n leaves are at depth m and
    /// the rest one deeper.
    public static func balanced(_ leaves: [TapLeaf]) throws(TapTreeError) -> TapTree {
        let count = leaves.count
        guard count > 1 else { return try withDepths(leaves, depths: leaves.map { _ in 0 }) }
        let depth = Int.bitWidth - 1 - (count - 1).leadingZeroBitCount
        let shallowCount = (1 << (depth + 1)) - count
        return try withDepths(
            leaves, depths: leaves.indices.map { $0 < shallowCount ? depth : depth + 1 })
    }

    /// A tree with given depths.
    ///
    /// - Parameters:
    ///   - leaves: From left to right, as a depth-first walk meets them.
    ///   - depths: One for each leaf, 0 to 128.
    public static func withDepths(
        _ leaves: [TapLeaf], depths: [Int]
    ) throws(TapTreeError) -> TapTree {
        precondition(leaves.count == depths.count, "every leaf has a depth")
        guard !leaves.isEmpty else { throw .noLeaves }
        var builder = TapTreeBuilder(leaves)
        var open: [(node: TapTreeBuilder.Node, depth: Int)] = []
        for (index, depth) in depths.enumerated() {
            guard (0...maximumDepth).contains(depth) else {
                throw .tooDeep(leafIndex: index, depth: depth)
            }
            // A shallower leaf would leave the last open node without a sibling.
            if let last = open.last, depth < last.depth {
                throw .incompleteTree(leafIndex: index)
            }
            var current = (node: builder.leafNode(index), depth: depth)
            while let last = open.last, last.depth == current.depth {
                guard current.depth > 0 else { throw .incompleteTree(leafIndex: index) }
                open.removeLast()
                current = (builder.join(last.node, current.node), current.depth - 1)
            }
            open.append(current)
        }
        guard let only = open.first, open.count == 1, only.depth == 0 else {
            throw .incompleteTree(leafIndex: leaves.count - 1)
        }
        return TapTree(builder, root: only.node)
    }

    /// A tree in which likely leaves have short paths: Huffman's algorithm.
    ///
    /// The two nodes of least weight are joined until one is left. Among equal weights the node
    /// that was made first is taken first; leaves come before joined nodes, in the given order.
    ///
    /// - Parameter leaves: Leaves with weights; only the ratio of the weights matters.
    public static func weighted(
        _ leaves: [(leaf: TapLeaf, weight: UInt64)]
    ) throws(TapTreeError) -> TapTree {
        guard !leaves.isEmpty else { throw .noLeaves }
        var builder = TapTreeBuilder(leaves.map(\.leaf))
        var nodes: [(node: TapTreeBuilder.Node, weight: UInt64)] = []
        var waiting = WeightQueue()
        for (index, entry) in leaves.enumerated() {
            waiting.insert(entry.weight, number: nodes.count)
            nodes.append((builder.leafNode(index), entry.weight))
        }
        while let first = waiting.removeLeast(), let second = waiting.removeLeast() {
            let (weight, overflow) = nodes[first].weight.addingReportingOverflow(
                nodes[second].weight)
            guard !overflow else { throw .weightOverflow }
            waiting.insert(weight, number: nodes.count)
            nodes.append((builder.join(nodes[first].node, nodes[second].node), weight))
        }
        let root = nodes[nodes.count - 1].node
        for index in leaves.indices where builder.paths[index].count > maximumDepth {
            throw .tooDeep(leafIndex: index, depth: builder.paths[index].count)
        }
        return TapTree(builder, root: root)
    }
}
