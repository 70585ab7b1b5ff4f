package import Bitcoin
import Foundation
import FoundationNetworking
import Primitives

/// A Bitcoin node by its JSON-RPC interface.
///
/// Amounts and hashes never pass through floating point; the node's error numbers are kept.
package struct BitcoinNode: Sendable {
    package let endpoint: NodeEndpoint
    package let network: Network
    private let session: URLSession

    package init(endpoint: NodeEndpoint, network: Network) {
        self.endpoint = endpoint
        self.network = network
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = TimeInterval(endpoint.timeoutSeconds)
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(
            configuration: configuration, delegate: RefusingDelegate(), delegateQueue: nil)
    }

    // MARK: Calls

    /// Checks that the node is one of our network and has caught up.
    ///
    /// - Throws: `NodeError.wrongNetwork`, `.notSynced`, `.unreachable` and others.
    @discardableResult
    package func verify() async throws(NodeError) -> BlockchainInfo {
        let info: BlockchainInfo = try await call("getblockchaininfo", [])
        guard info.chain == network.chainName else {
            throw .wrongNetwork(found: info.chain, expected: network)
        }
        guard !info.initialblockdownload, info.blocks >= info.headers else {
            throw .notSynced(
                blocks: info.blocks, headers: info.headers,
                isInitialDownload: info.initialblockdownload)
        }
        return info
    }

    /// A transaction of the mempool or, where the node has an index, of the chain.
    ///
    /// - Returns: Nil when the node does not know it.
    package func transaction(_ txid: Txid) async throws(NodeError) -> NodeTransaction? {
        let method = "getrawtransaction"
        let found: TransactionAnswer? = try await optional(
            method, [.text(txid.hex), .flag(true)])
        guard let found else { return nil }
        do {
            let transaction = try Transaction(decoding: Hex.decode(found.hex))
            guard transaction.txid == txid else {
                throw NodeError.malformedAnswer(method: method, reason: "another transaction")
            }
            return NodeTransaction(
                transaction: transaction, blockHash: found.blockhash.flatMap { BlockHash(hex: $0) },
                confirmations: found.confirmations ?? 0)
        } catch let error as NodeError {
            throw error
        } catch {
            throw .malformedAnswer(method: method, reason: "\(error)")
        }
    }

    /// An unspent output, of the mempool too; nil when it does not exist or is spent.
    package func unspentOutput(_ outPoint: OutPoint) async throws(NodeError) -> NodeOutput? {
        let found: OutputAnswer? = try await optional(
            "gettxout",
            [.text(outPoint.txid.hex), .number(Int(outPoint.outputIndex)), .flag(true)])
        guard let found else { return nil }
        guard let amount = Self.amount(found.value),
            let script = Script(hex: found.scriptPubKey.hex)
        else { throw .malformedAnswer(method: "gettxout", reason: "value or script") }
        return NodeOutput(
            txOut: TxOut(value: amount, scriptPubKey: script),
            confirmations: found.confirmations)
    }

    /// Bitcoin as the node writes it, in satoshi, exactly.
    static func amount(_ bitcoin: Decimal) -> Amount? {
        try? Amount(bitcoin: bitcoin.description)
    }

    package func blockHash(at height: BlockHeight) async throws(NodeError) -> BlockHash {
        let text: String = try await call("getblockhash", [.number(Int(height.value))])
        return try Self.blockHash(text, "getblockhash")
    }

    /// The 80 bytes of a header.
    package func header(_ hash: BlockHash) async throws(NodeError) -> [UInt8] {
        let text: String = try await call("getblockheader", [.text(hash.hex), .flag(false)])
        return try Self.bytes(text, "getblockheader")
    }

    /// Height of a block of the best chain; nil for a block outside it.
    package func height(of hash: BlockHash) async throws(NodeError) -> BlockHeight? {
        let answer: HeaderAnswer = try await call(
            "getblockheader", [.text(hash.hex), .flag(true)])
        return answer.confirmations > 0 ? BlockHeight(answer.height) : nil
    }

    /// The block after `hash` in the best chain, if there is one.
    package func successor(of hash: BlockHash) async throws(NodeError) -> BlockHash? {
        let answer: HeaderAnswer = try await call(
            "getblockheader", [.text(hash.hex), .flag(true)])
        guard let next = answer.nextblockhash else { return nil }
        return try Self.blockHash(next, "getblockheader")
    }

    /// A `CMerkleBlock` that shows a transaction in a block.
    package func proof(of txid: Txid, in block: BlockHash) async throws(NodeError) -> [UInt8] {
        let text: String = try await call(
            "gettxoutproof", [.texts([txid.hex]), .text(block.hex)])
        return try Self.bytes(text, "gettxoutproof")
    }

    // MARK: Transport

    /// A call whose result may be null or "not found".
    private func optional<Result: Decodable & Sendable>(
        _ method: String, _ parameters: [RPCParameter]
    ) async throws(NodeError) -> Result? {
        let answer: RPCAnswer<Result> = try await answer(method, parameters)
        guard let failure = answer.error else { return answer.result }
        guard failure.code == RPCCode.notFound else { throw Self.failure(failure, method) }
        return nil
    }

    func call<Result: Decodable & Sendable>(
        _ method: String, _ parameters: [RPCParameter]
    ) async throws(NodeError) -> Result {
        let answer: RPCAnswer<Result> = try await answer(method, parameters)
        if let failure = answer.error { throw Self.failure(failure, method) }
        guard let result = answer.result else {
            throw .malformedAnswer(method: method, reason: "neither result nor error")
        }
        return result
    }

    private func answer<Result: Decodable>(
        _ method: String, _ parameters: [RPCParameter]
    ) async throws(NodeError) -> RPCAnswer<Result> {
        let request = try request(method, parameters)
        let data: Data
        let response: URLResponse
        do {
            (data, response) = try await session.data(for: request)
        } catch {
            // The only task that is ever cancelled is one that was asked for credentials.
            if (error as? URLError)?.code == .cancelled {
                throw .unauthorised(url: endpoint.url.absoluteString)
            }
            throw .unreachable(
                url: endpoint.url.absoluteString, reason: Self.reason(error))
        }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status != 401, status != 403 else {
            throw .unauthorised(url: endpoint.url.absoluteString)
        }
        do {
            return try JSONDecoder().decode(RPCAnswer<Result>.self, from: data)
        } catch {
            guard status == 200 else { throw .http(status: status, method: method) }
            throw .malformedAnswer(method: method, reason: "\(data.count) bytes that do not fit")
        }
    }

    private func request(
        _ method: String, _ parameters: [RPCParameter]
    ) throws(NodeError) -> URLRequest {
        var request = URLRequest(
            url: endpoint.url, timeoutInterval: TimeInterval(endpoint.timeoutSeconds))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let value = try endpoint.authorization() {
            request.setValue(value, forHTTPHeaderField: "Authorization")
        }
        do {
            request.httpBody = try JSONEncoder().encode(
                RPCRequest(method: method, params: parameters))
        } catch {
            throw .malformedAnswer(method: method, reason: "the request cannot be written")
        }
        return request
    }

    private static func failure(_ failure: RPCFailure, _ method: String) -> NodeError {
        failure.code == RPCCode.inWarmup
            ? .startingUp(message: failure.message)
            : .rpc(method: method, code: failure.code, message: failure.message)
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? URLError else { return "\(error)" }
        return error.code == .timedOut ? "no answer in time" : error.localizedDescription
    }

    private static func bytes(_ text: String, _ method: String) throws(NodeError) -> [UInt8] {
        do throws(HexError) {
            return try Hex.decode(text)
        } catch {
            throw .malformedAnswer(method: method, reason: "not hexadecimal")
        }
    }

    private static func blockHash(
        _ text: String, _ method: String
    ) throws(NodeError) -> BlockHash {
        guard let hash = BlockHash(hex: text) else {
            throw .malformedAnswer(method: method, reason: "not a block hash")
        }
        return hash
    }
}
