package import Bitcoin
import Primitives
package import WatcherCore

extension BitcoinNode {
    /// Gives a transaction to the network.
    ///
    /// - Returns: Where it is; being there already is success.
    /// - Throws: `NodeError.missingInputs` (-25), `.rejected` (-26) and others.
    package func publish(_ transaction: Transaction) async throws(NodeError) -> Publication {
        let txid = transaction.txid
        do throws(NodeError) {
            let text: String = try await call(
                "sendrawtransaction", [.text(Hex.encode(transaction.encoded()))])
            guard Txid(hex: text) == txid else {
                throw .malformedAnswer(
                    method: "sendrawtransaction", reason: "another transaction")
            }
            return .inMempool
        } catch {
            guard case .rpc(_, let code, let message) = error else { throw error }
            switch code {
            case RPCCode.alreadyInChain: return .inChain
            case RPCCode.verifyError:
                // A mined transaction whose outputs are spent again looks like one without inputs.
                if try await position(of: transaction) != nil { return .inChain }
                throw .missingInputs(txid, message: message)
            case RPCCode.verifyRejected:
                if message.contains("already-in-mempool") { return .inMempool }
                throw .rejected(txid, message: message)
            default: throw error
            }
        }
    }

    /// Where in the best chain a transaction stands, and how deep.
    ///
    /// Works without a transaction index as long as one of its outputs is unspent.
    ///
    /// - Returns: Nil when it is not in the chain, as far as the node can tell.
    package func position(
        of transaction: Transaction
    ) async throws(NodeError) -> (position: ChainPosition, confirmations: Int)? {
        let txid = transaction.txid
        if let found = try await self.transaction(txid) {
            guard let block = found.blockHash, found.confirmations > 0,
                let height = try await height(of: block)
            else { return nil }
            return (
                ChainPosition(txid: txid, blockHash: block, height: height),
                found.confirmations
            )
        }
        for index in transaction.outputs.indices {
            let output = try await unspentOutput(transaction.outPoint(ofOutput: index))
            guard let output else { continue }
            guard output.confirmations > 0 else { return nil }
            let info = try await verify()
            let height = BlockHeight(
                UInt32(clamping: info.blocks + 1 - min(info.blocks, UInt64(output.confirmations))))
            return (
                ChainPosition(
                    txid: txid, blockHash: try await blockHash(at: height), height: height),
                output.confirmations
            )
        }
        return nil
    }

    /// Headers from a block upward, and the proof that a transaction is in it.
    ///
    /// - Parameter count: Headers wanted; fewer come where the chain ends.
    package func evidence(
        of txid: Txid, in block: BlockHash, headerCount count: Int
    ) async throws(NodeError) -> (headers: [[UInt8]], merkleBlock: [UInt8]) {
        var headers: [[UInt8]] = []
        var next: BlockHash? = block
        while let hash = next, headers.count < count {
            headers.append(try await header(hash))
            next = try await successor(of: hash)
        }
        return (headers, try await proof(of: txid, in: block))
    }
}
