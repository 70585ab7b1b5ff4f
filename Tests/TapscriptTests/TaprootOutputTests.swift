import Bitcoin
import Curve
import Primitives
import Tapscript
import TestSupport
import Testing

struct TaprootOutputTests {
    struct Leaf: Decodable, Sendable {
        let depth: Int
        let version: UInt8
        let script: String
        let hash: String
        let controlBlock: String

        func tapLeaf() throws -> TapLeaf {
            TapLeaf(version: version, script: Script(try Hex.decode(script)))
        }
    }

    struct Vector: Decodable, Sendable {
        let internalKey: String
        let leaves: [Leaf]
        let merkleRoot: String?
        let tweak: String
        let outputKey: String
        let scriptPubKey: String
        let address: String

        func output() throws -> TaprootOutput {
            let tree: TapTree? =
                leaves.isEmpty
                ? nil
                : try TapTree.withDepths(
                    leaves.map { try $0.tapLeaf() }, depths: leaves.map(\.depth))
            return try TaprootOutput(
                internalKey: try #require(XOnlyPublicKey(hex: internalKey)), tree: tree)
        }
    }

    @Test(
        "BIP-341 wallet vectors: keys, trees, scripts and addresses",
        arguments: try Vectors.load(Vector.self, "bip-0341/script-pub-key"))
    func scriptPubKey(_ vector: Vector) throws {
        let output = try vector.output()
        #expect(output.merkleRoot?.hex == vector.merkleRoot)
        #expect(
            try output.internalKey.tapTweak(merkleRoot: output.merkleRoot).bytes32.hex
                == vector.tweak)
        #expect(output.outputKey.hex == vector.outputKey)
        #expect(output.scriptPubKey.hex == vector.scriptPubKey)
        let address = Address(scriptPubKey: output.scriptPubKey, network: .mainnet)
        #expect(address?.description == vector.address)
    }

    @Test(
        "BIP-341 wallet vectors: leaf hashes and control blocks",
        arguments: try Vectors.load(Vector.self, "bip-0341/script-pub-key"))
    func controlBlocks(_ vector: Vector) throws {
        let output = try vector.output()
        for (index, leaf) in vector.leaves.enumerated() {
            #expect(output.leaf(index).hash.hex == leaf.hash)
            let block = output.controlBlock(forLeaf: index)
            #expect(Hex.encode(block.bytes) == leaf.controlBlock)
            let script = output.leaf(index).script
            #expect(block.proves(script, committedBy: output.outputKey))
            #expect(block.proves(script, committedBy: output.scriptPubKey))
            #expect(
                output.witness([[1]], forLeaf: index)
                    == Witness([[1], script.bytes, block.bytes]))
        }
    }

    @Test(
        "A control block proves nothing after any change",
        arguments: try Vectors.load(Vector.self, "bip-0341/script-pub-key"))
    func changedControlBlocks(_ vector: Vector) throws {
        let output = try vector.output()
        for index in vector.leaves.indices {
            let script = output.leaf(index).script
            let whole = output.controlBlock(forLeaf: index).bytes
            for position in whole.indices {
                var changed = whole
                changed[position] ^= 1 << (position % 8)
                let block = try ControlBlock(decoding: changed)
                #expect(!block.proves(script, committedBy: output.outputKey))
            }
            let longer = try ControlBlock(decoding: whole + Array(repeating: 0, count: 32))
            #expect(!longer.proves(script, committedBy: output.outputKey))
            let block = output.controlBlock(forLeaf: index)
            #expect(!block.proves(Script(script.bytes + [0x51]), committedBy: output.outputKey))
            #expect(!block.proves(script, committedBy: output.internalKey))
            #expect(!block.proves(script, committedBy: .payToAnchor))
        }
    }

    struct TimelockTrees: Decodable, Sendable {
        struct Tree: Decodable, Sendable {
            let leafCount: Int
            let merkleRoot: String?
            let outputKey: String
            let parity: UInt8
        }
        let internalKey: String
        let trees: [Tree]
    }

    @Test("Balanced trees over timelocks have the roots and keys of the reference builder")
    func referenceTrees() throws {
        let document = try Vectors.document(TimelockTrees.self, "taproot-trees/timelock-leaves")
        let key = try #require(XOnlyPublicKey(hex: document.internalKey))
        for vector in document.trees {
            let leaves = (0..<vector.leafCount).map { index in
                LeafScript.timelock(BlockCount(UInt16(index + 1)), key).tapLeaf
            }
            let tree: TapTree? = leaves.isEmpty ? nil : try TapTree.balanced(leaves)
            let output = try TaprootOutput(internalKey: key, tree: tree)
            #expect(output.merkleRoot?.hex == vector.merkleRoot)
            #expect(output.outputKey.hex == vector.outputKey)
            #expect(output.outputKeyParity == vector.parity)
            for index in leaves.indices {
                #expect(
                    output.controlBlock(forLeaf: index).proves(
                        leaves[index].script, committedBy: output.outputKey))
            }
        }
    }

    @Test("An output for scripts only has the internal key that its digest determines")
    func scriptsOnly() throws {
        let tree = try TapTree.balanced([LeafScript.checkSignature(.nums).tapLeaf])
        let digest = SHA256.hash([1])
        let output = try TaprootOutput.scriptsOnly(tree, unspendableFrom: digest)
        #expect(output.internalKey == .unspendable(derivedFrom: digest))
        #expect(output.internalKey != .nums)
        let other = try TaprootOutput.scriptsOnly(tree, unspendableFrom: SHA256.hash([2]))
        #expect(other.scriptPubKey != output.scriptPubKey)
        #expect(try TaprootOutput.scriptsOnly(tree, unspendableFrom: digest) == output)
    }
}
