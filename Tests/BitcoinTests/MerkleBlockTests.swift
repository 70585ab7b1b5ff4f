import Bitcoin
import Primitives
import TestSupport
import Testing

struct MerkleBlockTests {
    struct Published: Decodable, Sendable {
        let proof: String
        let txid: String
        let index: Int
    }

    struct Subset: Decodable, Sendable {
        let matches: [Int]
        let proof: String
    }

    struct Block: Decodable, Sendable {
        let header: String
        let hash: String
        let txids: [String]
        let published: Published
        let subsets: [Subset]
    }

    static func block() throws -> Block {
        try Vectors.document(Block.self, "merkle/block-100014")
    }

    @Test("Published proofs show their transaction")
    func published() throws {
        let two = try Vectors.document(Published.self, "merkle/two-transactions")
        for vector in [try Self.block().published, two] {
            let proof = try MerkleBlock(decoding: bytes(vector.proof))
            #expect(proof.matches.map(\.txid.hex) == [vector.txid])
            #expect(proof.matches.map(\.position) == [vector.index])
            #expect(proof.header.meetsProofOfWork(on: .mainnet))
        }
    }

    @Test("Proofs for every choice of a block's transactions show these and no others")
    func subsets() throws {
        let block = try Self.block()
        for subset in block.subsets {
            let proof = try MerkleBlock(decoding: bytes(subset.proof))
            #expect(proof.transactionCount == 7)
            #expect(proof.matches.map(\.position) == subset.matches)
            #expect(proof.matches.map(\.txid.hex) == subset.matches.map { block.txids[$0] })
            #expect(proof.header.hash.hex == block.hash)
        }
    }

    @Test("A proof cut short, or with a byte too many, is an error")
    func truncated() throws {
        let whole = try bytes(Self.block().published.proof)
        for count in 0..<whole.count {
            #expect(throws: MerkleProofError.self, "\(count) bytes") {
                try MerkleBlock(decoding: Array(whole.prefix(count)))
            }
        }
        #expect(throws: MerkleProofError.encoding(.trailingBytes(1))) {
            try MerkleBlock(decoding: whole + [0])
        }
    }

    @Test("A proof with a changed bit fails, loses its work, or still shows the truth")
    func mutated() throws {
        let block = try Self.block()
        let whole = try bytes(block.published.proof)
        for bit in 0..<8 * whole.count {
            var changed = whole
            changed[bit / 8] ^= 1 << (bit % 8)
            guard let proof = try? MerkleBlock(decoding: changed),
                proof.header.meetsProofOfWork(on: .mainnet)
            else { continue }
            for match in proof.matches {
                #expect(match.txid.hex == block.txids[match.position], "bit \(bit)")
            }
        }
    }

    @Test("A proof says where its transaction is")
    func position() throws {
        let vector = try #require(
            Vectors.load(TransactionTests.Vector.self, "transactions/transactions")
                .first { $0.name == "block 100014, transaction 4" })
        let proof = try MerkleBlock(decoding: bytes(Self.block().published.proof))
        #expect(try proof.position(of: Transaction(hex: vector.encoded)) == 4)
    }

    @Test("Left-over flags, hashes and impossible counts are refused")
    func leftOver() throws {
        let whole = try bytes(Self.block().published.proof)
        let flags = whole.count - 1
        #expect(throws: MerkleProofError.leftOver) {
            try MerkleBlock(decoding: Self.replacing(whole, [2, whole[flags], 0], at: flags - 1))
        }
        #expect(throws: MerkleProofError.leftOver) {
            try MerkleBlock(
                decoding: Self.replacing(whole, [1, whole[flags] | 0x80], at: flags - 1))
        }
        #expect(throws: MerkleProofError.tooFewFlags(flagCount: 0, hashCount: 4)) {
            try MerkleBlock(decoding: Self.replacing(whole, [0], at: flags - 1))
        }
        let more =
            Array(whole[..<84]) + [5] + Array(whole[85..<flags - 1])
            + [UInt8](repeating: 0, count: 32) + Array(whole[(flags - 1)...])
        #expect(throws: MerkleProofError.leftOver) { try MerkleBlock(decoding: more) }
        #expect(throws: MerkleProofError.tooManyHashes(hashCount: 4, transactionCount: 3)) {
            try MerkleBlock(decoding: Self.patching(whole, [3, 0, 0, 0], at: 80))
        }
        for count: UInt32 in [0, 16_667, .max] {
            let encoded = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
            #expect(throws: MerkleProofError.impossibleTransactionCount(count)) {
                try MerkleBlock(decoding: Self.patching(whole, encoded, at: 80))
            }
        }
    }

    @Test("Equal siblings are refused (CVE-2012-2459)")
    func equalSiblings() throws {
        // Two transactions claimed where the block has one that is paired with itself.
        let leaf = SHA256.hash([1])
        let root = SHA256.doubleHash(leaf.bytes + leaf.bytes)
        let header = BlockHeader(
            version: 1, previousBlockHash: .zero, merkleRoot: root, time: 0, bits: 0x207F_FFFF,
            nonce: 0)
        let proof = header.encoded() + [2, 0, 0, 0, 2] + leaf.bytes + leaf.bytes + [1, 0b101]
        #expect(throws: MerkleProofError.equalSiblings) { try MerkleBlock(decoding: proof) }
    }

    @Test("A wrong root, a wrong transaction and a missing coinbase are told apart")
    func refusals() throws {
        let block = try Self.block()
        let whole = try bytes(block.published.proof)
        #expect(throws: MerkleProofError.wrongRoot) {
            try MerkleBlock(decoding: Self.patching(whole, [0], at: 36))
        }
        let proof = try MerkleBlock(decoding: whole)
        let vectors = try Vectors.load(TransactionTests.Vector.self, "transactions/transactions")
        let coinbase = try Transaction(hex: vectors[0].encoded)
        let proven = try Transaction(hex: vectors[1].encoded)
        #expect(throws: MerkleProofError.transactionNotProven(coinbase.txid)) {
            try proof.position(of: coinbase)
        }
        #expect(throws: MerkleProofError.self) {
            try proof.position(of: proven, coinbase: coinbase)
        }
        #expect(throws: MerkleProofError.coinbaseNotProven) {
            try proof.position(of: proven, coinbase: proven)
        }
    }

    private static func patching(_ bytes: [UInt8], _ part: [UInt8], at index: Int) -> [UInt8] {
        var changed = bytes
        changed.replaceSubrange(index..<index + part.count, with: part)
        return changed
    }

    private static func replacing(_ bytes: [UInt8], _ tail: [UInt8], at index: Int) -> [UInt8] {
        Array(bytes[..<index]) + tail
    }
}
