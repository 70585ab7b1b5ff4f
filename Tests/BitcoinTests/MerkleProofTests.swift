import Bitcoin
import Primitives
import TestSupport
import Testing

struct MerkleProofTests {
    struct Root: Decodable, Sendable {
        let txids: [String]
        let root: String
    }

    @Test(
        "Roots and proofs of trees of many widths",
        arguments: try Vectors.load(Root.self, "merkle/roots"))
    func roots(_ vector: Root) throws {
        let txids = try vector.txids.map { try #require(Txid(hex: $0)) }
        let root = try bytes32(vector.root)
        #expect(MerkleTree.root(of: txids) == root)
        for position in txids.indices {
            let proof = MerkleProof(txids: txids, position: position)
            #expect(proof.merkleRoot(from: txids[position]) == root)
            #expect(MerkleProof(position: position, siblings: proof.siblings) == proof)
            let other = txids[(position + 1) % txids.count]
            #expect(other == txids[position] || proof.merkleRoot(from: other) != root)
        }
    }

    @Test("A list whose last transactions are repeated has no root (CVE-2012-2459)")
    func repeated() throws {
        let txids = (UInt8(1)...6).map { number in
            Txid(Bytes32(Array(repeating: number, count: 32)) ?? .zero)
        }
        let six = try #require(MerkleTree.root(of: txids))
        let eight = txids + txids[4...5]
        let proof = MerkleProof(txids: eight, position: 7)
        #expect(proof.merkleRoot(from: txids[5]) == six)
        #expect(MerkleTree.root(of: eight) == nil)
        #expect(MerkleTree.root(of: []) == nil)
    }

    @Test("A proof outside of its tree does not exist")
    func outside() {
        #expect(MerkleProof(position: 0, siblings: []) != nil)
        #expect(MerkleProof(position: 1, siblings: []) == nil)
        #expect(MerkleProof(position: 4, siblings: [.zero, .zero]) == nil)
        #expect(MerkleProof(position: -1, siblings: [.zero]) == nil)
        #expect(MerkleProof(position: 0, siblings: Array(repeating: .zero, count: 32)) == nil)
    }

    @Test("A transaction of 64 bytes proves nothing (CVE-2017-12842)")
    func ambiguous() throws {
        // 64 bytes that are a transaction and, at once, two hashes of a block's tree.
        let input = TxIn(outPoint: OutPoint(txid: .zero, outputIndex: 7))
        let output = TxOut(value: 1, scriptPubKey: Script([0x51, 2, 0x4E, 0x73]))
        let transaction = Transaction(version: 2, inputs: [input], outputs: [output])
        #expect(transaction.encodedWithoutWitness().count == 64)
        let proof = MerkleProof(txids: [transaction.txid], position: 0)
        let header = BlockHeader(
            version: 1, previousBlockHash: .zero, merkleRoot: transaction.txid.bytes, time: 0,
            bits: 0x207F_FFFF, nonce: 0)
        #expect(throws: MerkleProofError.ambiguousTransaction(transaction.txid)) {
            try proof.verify(transaction, in: header)
        }
        var longer = transaction
        longer.outputs[0].scriptPubKey = Script([0x51, 2, 0x4E, 0x73, 0x51])
        #expect(throws: MerkleProofError.wrongRoot) { try proof.verify(longer, in: header) }
    }
}
