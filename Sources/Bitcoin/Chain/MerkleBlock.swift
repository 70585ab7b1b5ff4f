import Primitives

/// A header with proofs for some of its block's transactions, as Bitcoin Core's `gettxoutproof`
/// gives it (`CMerkleBlock`).
///
/// A value exists only where the proof leads to the header's root without anything left over.
///
/// - Source: BIP-37, "Partial Merkle branch format".
public struct MerkleBlock: Hashable, Sendable {
    /// A transaction that the proof shows.
    public struct Match: Hashable, Sendable {
        /// Which transaction.
        public let txid: Txid
        /// Its 0-based position in the block.
        public let position: Int
    }

    /// The most transactions that a block can hold.
    public static let maximumTransactionCount =
        Weight.maximumBlock.units / Weight.minimumTransaction.units

    /// The block's header; its proof of work is not checked.
    public let header: BlockHeader
    /// How many transactions the block has, as the proof claims: no header says so.
    public let transactionCount: Int
    /// The transactions that the proof shows, in the order of the block.
    public let matches: [Match]

    /// Reads a proof, consumes all bytes and walks it.
    public init(decoding bytes: [UInt8]) throws(MerkleProofError) {
        let count: UInt32
        let hashes: [Bytes32]
        let flagBytes: [UInt8]
        do {
            var reader = ByteReader(bytes)
            header = try BlockHeader(from: &reader)
            count = try reader.readUInt32LE()
            var list: [Bytes32] = []
            for _ in 0..<(try reader.readCount(minimumByteCount: Bytes32.byteCount)) {
                list.append(try reader.readBytes32())
            }
            hashes = list
            flagBytes = try reader.readSized()
            try reader.finish()
        } catch {
            throw .encoding(error)
        }
        guard count > 0, count <= Self.maximumTransactionCount else {
            throw .impossibleTransactionCount(count)
        }
        transactionCount = Int(count)
        guard hashes.count <= transactionCount else {
            throw .tooManyHashes(hashCount: hashes.count, transactionCount: transactionCount)
        }
        guard 8 * flagBytes.count >= hashes.count else {
            throw .tooFewFlags(flagCount: 8 * flagBytes.count, hashCount: hashes.count)
        }
        var walk = PartialMerkleWalk(
            transactionCount: transactionCount, hashes: hashes, flagBytes: flagBytes)
        let root = try walk.root()
        guard root == header.merkleRoot else { throw .wrongRoot }
        matches = walk.matches
    }

    /// Confirms that a transaction is in the block, and says where.
    ///
    /// Refuses transactions of 64 bytes. Whoever does a great deal of work can still make such a
    /// transaction look like an inner node, and so prove one that does not exist; a caller that
    /// must rule that out asks for the coinbase too and uses `position(of:coinbase:)`.
    ///
    /// - Returns: The transaction's 0-based position.
    public func position(of transaction: Transaction) throws(MerkleProofError) -> Int {
        let txid = transaction.txid
        guard !transaction.isMerkleAmbiguous else { throw .ambiguousTransaction(txid) }
        guard let match = matches.first(where: { $0.txid == txid }) else {
            throw .transactionNotProven(txid)
        }
        return match.position
    }

    /// The same, with the depth of the tree confirmed by the block's first transaction.
    ///
    /// - Parameter coinbase: The transaction at position 0, which the proof must show as well.
    public func position(
        of transaction: Transaction, coinbase: Transaction
    ) throws(MerkleProofError) -> Int {
        guard coinbase.isCoinbase, try position(of: coinbase) == 0 else {
            throw .coinbaseNotProven
        }
        return try position(of: transaction)
    }
}

/// The depth-first walk over a partial Merkle tree.
private struct PartialMerkleWalk {
    let transactionCount: Int
    let hashes: [Bytes32]
    let flagBytes: [UInt8]
    private(set) var matches: [MerkleBlock.Match] = []
    private var hashIndex = 0
    private var flagIndex = 0

    init(transactionCount: Int, hashes: [Bytes32], flagBytes: [UInt8]) {
        self.transactionCount = transactionCount
        self.hashes = hashes
        self.flagBytes = flagBytes
    }

    mutating func root() throws(MerkleProofError) -> Bytes32 {
        let height = MerkleTree.height(leafCount: transactionCount)
        let root = try node(level: height, position: 0)
        guard hashIndex == hashes.count, flagBytes.count == (flagIndex + 7) / 8 else {
            throw .leftOver
        }
        for index in flagIndex..<8 * flagBytes.count where isSet(index) {
            throw .leftOver
        }
        return root
    }

    /// At most as many calls as twice the number of flags, and as deep as the tree is high.
    private mutating func node(
        level: Int, position: Int
    ) throws(MerkleProofError) -> Bytes32 {
        guard flagIndex < 8 * flagBytes.count else { throw .endsEarly }
        let hasMatch = isSet(flagIndex)
        flagIndex += 1
        guard level > 0, hasMatch else {
            guard hashIndex < hashes.count else { throw .endsEarly }
            let hash = hashes[hashIndex]
            hashIndex += 1
            if hasMatch {
                matches.append(MerkleBlock.Match(txid: Txid(hash), position: position))
            }
            return hash
        }
        let left = try node(level: level - 1, position: 2 * position)
        let width = MerkleTree.width(level: level - 1, leafCount: transactionCount)
        guard 2 * position + 1 < width else { return MerkleTree.parent(left, left) }
        let right = try node(level: level - 1, position: 2 * position + 1)
        guard left != right else { throw .equalSiblings }
        return MerkleTree.parent(left, right)
    }

    private func isSet(_ index: Int) -> Bool {
        flagBytes[index / 8] >> (index % 8) & 1 == 1
    }
}
