import Bitcoin
import Primitives
import TestSupport
import Testing

struct BlockHeaderTests {
    @Test(
        "A compact target is the number that SetCompact yields",
        arguments: [
            (0x1D00_FFFF, "00000000ffff" + String(repeating: "0", count: 52)),
            (0x207F_FFFF, "7fffff" + String(repeating: "0", count: 58)),
            (0x0312_3456, String(repeating: "0", count: 58) + "123456"),
            (0x0212_3456, String(repeating: "0", count: 60) + "1234"),
            (0x0112_3456, String(repeating: "0", count: 62) + "12"),
            (0x2100_FFFF, "ffff" + String(repeating: "0", count: 60)),
            (0x2200_00FF, "ff" + String(repeating: "0", count: 62)),
        ] as [(UInt32, String)])
    func target(_ bits: UInt32, _ hex: String) throws {
        #expect(try #require(ProofOfWorkTarget(bits: bits)).description == hex)
    }

    @Test(
        "Zero, negative and overflowing targets do not exist",
        arguments: [
            0, 0x0012_3456, 0x0300_0000, 0x0100_3456, 0x0380_0001, 0x2201_0000, 0x2101_0000,
            0x2300_0001, 0xFF12_3456, 0x1D80_FFFF,
        ] as [UInt32])
    func noTarget(_ bits: UInt32) {
        #expect(ProofOfWorkTarget(bits: bits) == nil)
    }

    @Test("A header's work counts only where the target is hard enough for the network")
    func proofOfWork() throws {
        let vector = try Vectors.document(MerkleBlockTests.Block.self, "merkle/block-100014")
        let header = try BlockHeader(decoding: bytes(vector.header))
        #expect(header.hash.hex == vector.hash)
        #expect(header.meetsOwnTarget)
        #expect(header.meetsProofOfWork(on: .mainnet))
        let easy = BlockHeader(
            version: 1, previousBlockHash: .zero, merkleRoot: .zero, time: 0, bits: 0x2100_FFFF,
            nonce: 0)
        #expect(easy.meetsOwnTarget)
        for network in Network.allCases {
            #expect(!easy.meetsProofOfWork(on: network))
        }
    }

    @Test("Any changed bit of a header loses its work")
    func mutated() throws {
        let vector = try Vectors.document(MerkleBlockTests.Block.self, "merkle/block-100014")
        let whole = try bytes(vector.header)
        for bit in 0..<8 * whole.count {
            var changed = whole
            changed[bit / 8] ^= 1 << (bit % 8)
            let header = try BlockHeader(decoding: changed)
            #expect(header.encoded() == changed)
            #expect(!header.meetsProofOfWork(on: .mainnet), "bit \(bit)")
        }
    }

    @Test("A header has 80 bytes", arguments: [0, 79, 81])
    func length(_ count: Int) {
        #expect(throws: BlockHeaderError.wrongLength(byteCount: count)) {
            try BlockHeader(decoding: Array(repeating: 0, count: count))
        }
    }
}
