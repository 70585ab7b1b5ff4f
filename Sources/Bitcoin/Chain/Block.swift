public import Primitives

/// Why bytes are not a block.
public enum BlockError: Error, Equatable {
    /// More bytes than a block can have.
    case tooLarge(byteCount: Int, limit: Int)
    /// The bytes end early, go on after the end, or hold a count in a longer form.
    case encoding(ByteReaderError)
    /// A transaction cannot be read.
    case transaction(index: Int, TransactionError)
    /// No transactions, the first is no coinbase, or another is.
    case misplacedCoinbase
    /// The header's root is not that of the transactions.
    case wrongMerkleRoot
}

/// A block: a header, and the transactions that it commits to.
public struct Block: Hashable, Sendable {
    /// The header; its proof of work is not checked.
    public let header: BlockHeader
    /// The transactions, the coinbase first.
    public let transactions: [Transaction]

    /// Reads a block, consumes all bytes and checks the transactions against the header's root.
    public init(decoding bytes: [UInt8]) throws(BlockError) {
        guard bytes.count <= Weight.maximumBlock.units else {
            throw .tooLarge(byteCount: bytes.count, limit: Weight.maximumBlock.units)
        }
        var reader = ByteReader(bytes)
        let count: Int
        do {
            header = try BlockHeader(from: &reader)
            count = try reader.readCount(
                minimumByteCount: Weight.minimumTransaction.units / 4)
        } catch {
            throw .encoding(error)
        }
        var transactions: [Transaction] = []
        transactions.reserveCapacity(count)
        for index in 0..<count {
            do {
                transactions.append(try Transaction(from: &reader))
            } catch {
                throw .transaction(index: index, error)
            }
        }
        do {
            try reader.finish()
        } catch {
            throw .encoding(error)
        }
        guard let first = transactions.first, first.isCoinbase,
            !transactions.dropFirst().contains(where: \.isCoinbase)
        else { throw .misplacedCoinbase }
        guard MerkleTree.root(of: transactions.map(\.txid)) == header.merkleRoot else {
            throw .wrongMerkleRoot
        }
        self.transactions = transactions
    }

    /// The hash that names the block.
    public var hash: BlockHash {
        header.hash
    }
}
