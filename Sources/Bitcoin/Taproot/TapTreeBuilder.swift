import Primitives

/// Joins leaves pairwise into a tree and keeps the path of each leaf.
struct TapTreeBuilder {
    /// A subtree: its hash and the indices of its leaves.
    struct Node {
        let hash: Bytes32
        let leafIndices: [Int]
    }

    let leaves: [TapLeaf]
    /// For each leaf, the siblings' hashes from the leaf upwards.
    private(set) var paths: [[Bytes32]]

    init(_ leaves: [TapLeaf]) {
        self.leaves = leaves
        paths = leaves.map { _ in [] }
    }

    func leafNode(_ index: Int) -> Node {
        Node(hash: leaves[index].hash, leafIndices: [index])
    }

    mutating func join(_ left: Node, _ right: Node) -> Node {
        for index in left.leafIndices {
            paths[index].append(right.hash)
        }
        for index in right.leafIndices {
            paths[index].append(left.hash)
        }
        return Node(
            hash: TapBranch.hash(left.hash, right.hash),
            leafIndices: left.leafIndices + right.leafIndices)
    }
}

/// A priority queue (binary heap): least weight first, among equals the lowest number.
struct WeightQueue {
    private var entries: [(weight: UInt64, number: Int)] = []

    mutating func insert(_ weight: UInt64, number: Int) {
        entries.append((weight, number))
        var child = entries.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the first entry out; nil where there is none.
    mutating func removeLeast() -> Int? {
        guard let first = entries.first else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && isBefore(child, least) {
                least = child
            }
            guard least != parent else { return first.number }
            entries.swapAt(parent, least)
            parent = least
        }
    }

    private func isBefore(_ one: Int, _ other: Int) -> Bool {
        entries[one] < entries[other]
    }
}
