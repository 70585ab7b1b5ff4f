package import Bitcoin
import Primitives

/// What a node says of a transaction.
package struct NodeVerdict: Hashable, Sendable {
    /// Why its mempool does not take it; nil where it does.
    package let relayRefusal: String?
    /// Why no block may have it; nil where one may.
    package let blockRefusal: String?
}

/// A transaction's sizes as the node counts them.
package struct NodeSizes: Decodable, Hashable, Sendable {
    /// Bytes with witnesses.
    package let size: Int
    /// Virtual bytes.
    package let vsize: Int
    package let weight: Int
    package let txid: String
}

extension NodeRPC {
    private struct Acceptance: Decodable, Sendable {
        let allowed: Bool?
        let reason: String?

        enum CodingKeys: String, CodingKey {
            case allowed
            case reason = "reject-reason"
        }
    }

    private struct GeneratedBlock: Decodable, Sendable {
        let hash: String
    }

    private struct ShownBlock: Decodable, Sendable {
        let tx: [String]
    }

    /// Asks for both verdicts; neither mempool nor chain changes.
    ///
    /// - Parameter address: Where the coins of the block that is tried would go.
    package func judge(
        _ transaction: Transaction, payingTo address: String
    ) async throws -> NodeVerdict {
        let hex = Hex.encode(transaction.encoded())
        let answers: [Acceptance] = try await call("testmempoolaccept", .texts([hex]))
        guard let answer = answers.first, let allowed = answer.allowed else {
            throw ProgramNode.Failure(description: "testmempoolaccept gives no verdict")
        }
        var blockRefusal: String?
        do {
            let _: GeneratedBlock = try await call(
                "generateblock", .text(address), .texts([hex]), .flag(false))
        } catch let refusal as Refusal {
            blockRefusal = refusal.message
        }
        return NodeVerdict(
            relayRefusal: allowed ? nil : answer.reason ?? "", blockRefusal: blockRefusal)
    }

    /// The node's own measure of a transaction.
    package func sizes(of transaction: Transaction) async throws -> NodeSizes {
        try await call("decoderawtransaction", .text(Hex.encode(transaction.encoded())))
    }

    /// Gives a transaction to the mempool.
    package func send(_ transaction: Transaction) async throws {
        let _: String = try await call(
            "sendrawtransaction", .text(Hex.encode(transaction.encoded())))
    }

    /// Mines a block with transactions, whether the mempool takes them or not.
    ///
    /// - Returns: The ids of all transactions of the block.
    package func mine(
        _ transactions: [Transaction], payingTo address: String
    ) async throws -> [String] {
        let block: GeneratedBlock = try await call(
            "generateblock", .text(address),
            .texts(transactions.map { Hex.encode($0.encoded()) }))
        let shown: ShownBlock = try await call("getblock", .text(block.hash), .number(1))
        return shown.tx
    }

    /// The ids of all transactions of the last block.
    package func lastBlock() async throws -> [String] {
        let hash: String = try await call("getbestblockhash")
        let shown: ShownBlock = try await call("getblock", .text(hash), .number(1))
        return shown.tx
    }
}
