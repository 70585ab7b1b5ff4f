package import Bitcoin
import Foundation

/// `getblockchaininfo`, as far as we read it.
package struct BlockchainInfo: Decodable, Hashable, Sendable {
    package let chain: String
    package let blocks: UInt64
    package let headers: UInt64
    package let initialblockdownload: Bool
}

/// `getrawtransaction` with details.
struct TransactionAnswer: Decodable {
    let hex: String
    let blockhash: String?
    let confirmations: Int?
}

/// `gettxout`.
struct OutputAnswer: Decodable {
    struct ScriptAnswer: Decodable {
        let hex: String
    }

    let confirmations: Int
    let value: Decimal
    let scriptPubKey: ScriptAnswer
}

/// `getblockheader` with details.
struct HeaderAnswer: Decodable {
    let height: UInt32
    let confirmations: Int
    let nextblockhash: String?
}

/// A transaction that the node knows.
package struct NodeTransaction: Hashable, Sendable {
    package let transaction: Transaction
    /// Nil in the mempool.
    package let blockHash: BlockHash?
    package let confirmations: Int
}

/// An output that nobody has spent.
package struct NodeOutput: Hashable, Sendable {
    package let txOut: TxOut
    /// 0 in the mempool.
    package let confirmations: Int
}

/// What became of a transaction that was given to the node.
package enum Publication: String, Hashable, Sendable {
    /// In the mempool now, whether it was before or not.
    case inMempool = "in-mempool"
    case inChain = "in-chain"
}
