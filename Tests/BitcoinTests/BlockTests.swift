import Bitcoin
import Primitives
import TestSupport
import Testing

struct BlockTests {
    static func genesis() throws -> [UInt8] {
        let coinbase = try #require(
            Vectors.load(TransactionTests.Vector.self, "transactions/transactions").first)
        let header = BlockHeader(
            version: 1, previousBlockHash: .zero,
            merkleRoot: try #require(Txid(hex: coinbase.txid)).bytes, time: 1_231_006_505,
            bits: 0x1D00_FFFF, nonce: 2_083_236_893)
        return header.encoded() + [1] + (try bytes(coinbase.encoded))
    }

    @Test("The first block is read and has its hash")
    func genesisBlock() throws {
        let block = try Block(decoding: Self.genesis())
        #expect(block.hash.hex == Network.mainnet.genesisHashText)
        #expect(block.transactions.count == 1)
    }

    @Test("A block cut short, or with a byte too many, is an error")
    func truncated() throws {
        let whole = try Self.genesis()
        for count in 0..<whole.count {
            #expect(throws: BlockError.self) { try Block(decoding: Array(whole.prefix(count))) }
        }
        #expect(throws: BlockError.encoding(.trailingBytes(1))) {
            try Block(decoding: whole + [0])
        }
    }

    @Test("A block whose transactions the header does not commit to is an error")
    func wrongRoot() throws {
        var whole = try Self.genesis()
        whole[whole.count - 1] ^= 1
        #expect(throws: BlockError.wrongMerkleRoot) { try Block(decoding: whole) }
        let twice = Array(whole[..<80]) + [2] + whole[81...] + whole[81...]
        #expect(throws: BlockError.misplacedCoinbase) { try Block(decoding: twice) }
        let empty = Array(whole[..<80]) + [0]
        #expect(throws: BlockError.misplacedCoinbase) { try Block(decoding: empty) }
    }
}
