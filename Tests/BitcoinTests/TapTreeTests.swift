import Bitcoin
import Primitives
import TestSupport
import Testing

struct TapTreeTests {
    struct Weighted: Decodable, Sendable {
        let weights: [UInt64]
        let scripts: [String]
        let depths: [Int]
        let merkleRoot: String
    }

    static func leaves(_ count: Int) -> [TapLeaf] {
        (0..<count).map { TapLeaf(script: Script([0x51, UInt8($0)])) }
    }

    @Test(
        "A balanced tree has its shallow leaves first",
        arguments: [
            (1, [0]), (2, [1, 1]), (3, [1, 2, 2]), (4, [2, 2, 2, 2]), (5, [2, 2, 2, 3, 3]),
            (6, [2, 2, 3, 3, 3, 3]), (7, [2, 3, 3, 3, 3, 3, 3]), (8, Array(repeating: 3, count: 8)),
            (10, [3, 3, 3, 3, 3, 3, 4, 4, 4, 4]),
        ] as [(Int, [Int])])
    func balanced(_ count: Int, _ depths: [Int]) throws {
        let tree = try TapTree.balanced(Self.leaves(count))
        #expect((0..<count).map { tree.depth(ofLeaf: $0) } == depths)
        #expect(try TapTree.withDepths(Self.leaves(count), depths: depths) == tree)
    }

    @Test("Every leaf of every tree up to 40 leaves proves its way to the root")
    func controlBlocks() throws {
        for count in 1...40 {
            let tree = try TapTree.balanced(Self.leaves(count))
            for index in 0..<count {
                let block = tree.controlBlock(
                    forLeaf: index, internalKey: .zero, outputKeyParity: UInt8(index % 2))
                #expect(block.merkleRoot(script: tree.leaves[index].script) == tree.merkleRoot)
                #expect(block.bytes.count == block.byteCount)
                #expect(try ControlBlock(decoding: block.bytes) == block)
                let other = TapLeaf(script: Script([0x52])).hash
                #expect(block.merkleRoot(leafHash: other) != tree.merkleRoot)
            }
        }
    }

    @Test(
        "Weighted trees equal those of a second implementation",
        arguments: try Vectors.load(Weighted.self, "taproot-trees/weighted"))
    func weighted(_ vector: Weighted) throws {
        let leaves = try vector.scripts.map { TapLeaf(script: Script(try bytes($0))) }
        let tree = try TapTree.weighted(Array(zip(leaves, vector.weights)))
        #expect(tree.leaves == leaves)
        #expect(leaves.indices.map { tree.depth(ofLeaf: $0) } == vector.depths)
        #expect(tree.merkleRoot.hex == vector.merkleRoot)
        for index in leaves.indices {
            let block = tree.controlBlock(
                forLeaf: index, internalKey: .zero, outputKeyParity: 0)
            #expect(block.merkleRoot(script: leaves[index].script) == tree.merkleRoot)
        }
    }

    @Test("A weighted tree of equal or no weights is as flat as can be")
    func equalWeights() throws {
        for weight in [UInt64(0), 1, 1 << 40] {
            let leaves = Self.leaves(64).map { (leaf: $0, weight: weight) }
            let tree = try TapTree.weighted(leaves)
            #expect((0..<64).allSatisfy { tree.depth(ofLeaf: $0) == 6 })
        }
    }

    @Test("Weights that overflow are refused")
    func weightOverflow() {
        let leaves = Self.leaves(3).map { (leaf: $0, weight: UInt64.max) }
        #expect(throws: TapTreeError.weightOverflow) { try TapTree.weighted(leaves) }
    }

    @Test("A tree of no leaves does not exist")
    func noLeaves() {
        #expect(throws: TapTreeError.noLeaves) { try TapTree.balanced([]) }
        #expect(throws: TapTreeError.noLeaves) { try TapTree.withDepths([], depths: []) }
        #expect(throws: TapTreeError.noLeaves) { try TapTree.weighted([]) }
    }

    @Test(
        "Depths that do not fill a binary tree are refused",
        arguments: [
            [1], [0, 0], [1, 1, 1], [2, 1, 1], [2, 2], [1, 2], [2, 2, 2], [1, 2, 2, 1],
            [3, 3, 1, 1],
            [1, 0],
        ])
    func incomplete(_ depths: [Int]) {
        let error = #expect(throws: TapTreeError.self) {
            try TapTree.withDepths(Self.leaves(depths.count), depths: depths)
        }
        guard case .incompleteTree = error else {
            Issue.record("\(depths)")
            return
        }
    }

    @Test("The deepest tree has 128 levels")
    func deepest() throws {
        let depths = Array(1...128) + [128]
        let tree = try TapTree.withDepths(Self.leaves(129), depths: depths)
        #expect(tree.depth(ofLeaf: 128) == 128)
        let block = tree.controlBlock(forLeaf: 128, internalKey: .zero, outputKeyParity: 1)
        #expect(block.byteCount == 33 + 32 * 128)
        #expect(try ControlBlock(decoding: block.bytes) == block)
        #expect(throws: TapTreeError.tooDeep(leafIndex: 128, depth: 129)) {
            try TapTree.withDepths(Self.leaves(130), depths: Array(1...128) + [129, 129])
        }
        #expect(throws: TapTreeError.tooDeep(leafIndex: 0, depth: -1)) {
            try TapTree.withDepths(Self.leaves(1), depths: [-1])
        }
    }

    @Test(
        "A control block of another length is refused",
        arguments: [0, 1, 32, 34, 64, 66, 33 + 32 * 129, 33 + 32 * 128 + 1])
    func controlBlockLength(_ count: Int) {
        #expect(throws: ControlBlockError.invalidLength(byteCount: count)) {
            try ControlBlock(decoding: Array(repeating: 0xC0, count: count))
        }
    }
}
