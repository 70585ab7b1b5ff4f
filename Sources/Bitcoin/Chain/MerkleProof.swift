public import Primitives

/// Why a proof does not show that a transaction is in a block.
public enum MerkleProofError: Error, Equatable {
    /// The bytes end early, go on after the end, or hold a count in a longer form.
    case encoding(ByteReaderError)
    /// No transactions, or more than a block can hold.
    case impossibleTransactionCount(UInt32)
    /// More hashes than the block has transactions.
    case tooManyHashes(hashCount: Int, transactionCount: Int)
    /// Fewer flag bits than hashes.
    case tooFewFlags(flagCount: Int, hashCount: Int)
    /// The walk needs another hash or flag than the proof has.
    case endsEarly
    /// The walk leaves hashes or flags over, or a padding bit is set.
    case leftOver
    /// Two equal siblings: a list with repeated transactions has the root of one without
    /// (CVE-2012-2459).
    case equalSiblings
    /// The root that the proof leads to is not the header's.
    case wrongRoot
    /// The transaction is not among those that the proof shows.
    case transactionNotProven(Txid)
    /// 64 bytes without witness: it cannot be told from an inner node (CVE-2017-12842).
    case ambiguousTransaction(Txid)
    /// The transaction shown at position 0 is not a coinbase, so the tree's depth is not known.
    case coinbaseNotProven
}

/// The path of one txid to the root of its block.
public struct MerkleProof: Hashable, Sendable {
    /// Position of the transaction in the block, 0-based.
    public let position: Int
    /// The siblings' hashes from the leaf upwards.
    public let siblings: [Bytes32]

    /// A proof that was made elsewhere.
    ///
    /// - Parameter position: At least 0 and less than 2 to the number of siblings.
    public init?(position: Int, siblings: [Bytes32]) {
        guard position >= 0, siblings.count < 32, position >> siblings.count == 0 else {
            return nil
        }
        self.position = position
        self.siblings = siblings
    }

    /// The proof for one transaction of a block.
    ///
    /// - Parameters:
    ///   - txids: Those of the whole block, in order.
    ///   - position: 0-based; less than `txids.count`.
    public init(txids: [Txid], position: Int) {
        precondition(txids.indices.contains(position), "the block has such a transaction")
        var level = txids.map(\.bytes)
        var index = position
        var siblings: [Bytes32] = []
        while level.count > 1 {
            siblings.append(level[min(index ^ 1, level.count - 1)])
            level = MerkleTree.parents(of: level)
            index /= 2
        }
        self.position = position
        self.siblings = siblings
    }

    /// The root that the path leads to from a txid.
    public func merkleRoot(from txid: Txid) -> Bytes32 {
        var hash = txid.bytes
        var index = position
        for sibling in siblings {
            hash =
                index & 1 == 0
                ? MerkleTree.parent(hash, sibling) : MerkleTree.parent(sibling, hash)
            index /= 2
        }
        return hash
    }

    /// Confirms that a transaction is in the block with this header.
    ///
    /// The header's proof of work is the caller's to check.
    public func verify(
        _ transaction: Transaction, in header: BlockHeader
    ) throws(MerkleProofError) {
        let txid = transaction.txid
        guard !transaction.isMerkleAmbiguous else { throw .ambiguousTransaction(txid) }
        guard merkleRoot(from: txid) == header.merkleRoot else { throw .wrongRoot }
    }
}

extension Transaction {
    /// Whether the form that the txid hashes has the 64 bytes of an inner Merkle node.
    public var isMerkleAmbiguous: Bool {
        baseByteCount == 2 * Bytes32.byteCount
    }
}
