import Bitcoin
import Dispute
import DisputeLeaves
import Primitives
import RiscV
import Tapscript
import Testing

@Suite("leaves of large programs")
struct LargeProgramTests {
    @Test("1800 pieces of code make a tree that can be used")
    func tree() throws {
        let chunkCount = 1800
        let words = (0..<UInt32(chunkCount * 100)).map { ($0 % 4096) << 20 | 0x13 }
        let code = Section(
            name: ".text", start: 0x8000_0000, byteCount: UInt32(4 * words.count), kind: .code,
            content: .initialized(words))
        let commitment = try ProgramCommitment(
            try Program(entryPoint: 0x8000_0000, sections: [code, .registers]),
            inputSectionName: ".input", inputByteCount: 0)
        let shape = try #require(SearchShape(covering: 500_000_000, arity: 8))
        let program = try DisputeProgram(commitment, stepLimit: 500_000_000, shape: shape)
        #expect(commitment.code.count == chunkCount)
        let clock = ContinuousClock()
        var leaves: [TapLeaf] = []
        let writing = try clock.measure {
            leaves = try (0..<chunkCount).map {
                try ChallengeLeaf(.opcode(chunkIndex: $0), LeafContext(program)).script.tapLeaf
            }
        }
        var tree = try TapTree.balanced([leaves[0]])
        let joining = try clock.measure { tree = try TapTree.balanced(leaves) }
        let last = chunkCount - 1
        var control = tree.controlBlock(
            forLeaf: last, internalKey: SHA256.hash([UInt8]()), outputKeyParity: 0)
        let proving = clock.measure {
            control = tree.controlBlock(
                forLeaf: last, internalKey: SHA256.hash([UInt8]()), outputKeyParity: 0)
        }
        #expect(control.merkleRoot(script: leaves[last].script) == tree.merkleRoot)
        #expect(control.byteCount <= 33 + 32 * 11)
        let byteCount = leaves.reduce(0) { $0 + $1.script.byteCount }
        #expect(byteCount <= 900 * chunkCount)
        print("1800 leaves: \(byteCount) bytes, \(writing), tree \(joining), block \(proving)")
    }
}
