import Bitcoin
import Curve
import Primitives
import Tapscript
import Testing

struct LeafScriptTests {
    static let key = XOnlyPublicKey.nums
    static let hash = SHA256.hash([7])

    @Test(
        "Each standard leaf has its bytes, its text and its size",
        arguments: [
            (.checkSignature(key), "20\(key)ac", "\(key) OP_CHECKSIG"),
            (
                .timelock(BlockCount(144), key), "029000b27520\(key)ac",
                "9000 OP_CHECKSEQUENCEVERIFY OP_DROP \(key) OP_CHECKSIG"
            ),
            (
                .hashLock(hash, key), "82012088a820\(hash)8820\(key)ac",
                "OP_SIZE 20 OP_EQUALVERIFY OP_SHA256 \(hash) OP_EQUALVERIFY \(key) OP_CHECKSIG"
            ),
        ] as [(LeafScript, String, String)])
    func scripts(_ leaf: LeafScript, _ hex: String, _ text: String) {
        #expect(leaf.script.hex == hex)
        #expect(leaf.script.disassembly == text)
        #expect(leaf.byteCount == leaf.script.byteCount)
        #expect(leaf.key == Self.key)
        #expect(leaf.tapLeaf.version == TapLeaf.tapscriptVersion)
    }

    @Test("A timelock of 587 blocks equals that of the reference builder")
    func referenceTimelock() throws {
        let key = try #require(
            XOnlyPublicKey(
                hex: "c6047f9441ed7d6d3045406e95c07cd85a6a6d4c90d35b8c6a568f07cfd511fd"))
        #expect(
            LeafScript.timelock(BlockCount(587), key).script.hex
                == "024b02b27520c6047f9441ed7d6d3045406e95c07cd85a6a6d4c90d35b8c6a568f07cfd511fdac")
    }

    @Test("The size of every timelock is computed right")
    func timelockSizes() {
        for blocks in UInt16.min...UInt16.max {
            let leaf = LeafScript.timelock(BlockCount(blocks), Self.key)
            guard leaf.byteCount == leaf.script.byteCount else {
                Issue.record("\(blocks) blocks")
                return
            }
        }
    }

    @Test("A timelock needs its wait in the input's sequence number")
    func sequence() {
        let leaf = LeafScript.timelock(BlockCount(144), Self.key)
        #expect(leaf.requiredSequence == .blocks(BlockCount(144)))
        #expect(LeafScript.checkSignature(Self.key).requiredSequence == nil)
        #expect(LeafScript.hashLock(Self.hash, Self.key).requiredSequence == nil)
    }

    @Test("Layouts name the items from the bottom of the stack")
    func layouts() {
        let signature = WitnessItem.signature(Self.key)
        #expect(LeafScript.checkSignature(Self.key).witnessLayout.items == [signature])
        #expect(LeafScript.timelock(.maximum, Self.key).witnessLayout.items == [signature])
        let layout = LeafScript.hashLock(Self.hash, Self.key).witnessLayout
        #expect(layout.items == [signature, .preimage(of: Self.hash)])
        #expect(layout.byteCounts() == [64, 32])
        #expect(layout.byteCounts(.all) == [65, 32])
    }

    @Test("The weight of a witness is that of the witness it stands for")
    func weights() throws {
        let leaves: [LeafScript] = [
            .checkSignature(Self.key), .timelock(BlockCount(1_000), Self.key),
            .hashLock(Self.hash, Self.key),
        ]
        let output = try TaprootOutput(
            internalKey: Self.key, tree: .balanced(leaves.map(\.tapLeaf)))
        for (index, leaf) in leaves.enumerated() {
            for type in [SighashType.default, .single] {
                let items = leaf.witnessLayout.byteCounts(type).map {
                    [UInt8](repeating: 1, count: $0)
                }
                let witness = output.witness(items, forLeaf: index)
                let depth = output.controlBlock(forLeaf: index).merklePath.count
                #expect(
                    leaf.witnessLayout.weight(
                        type, scriptByteCount: leaf.byteCount, depth: depth)
                        == Weight(witnessByteCount: witness.byteCount))
            }
        }
    }
}
