import Bitcoin
import BitcoinNode
import Foundation
import Model
import Primitives
import TestSupport
import Testing
import WatcherCore

/// Against a real node on a private chain; skipped where none can be had.
@Suite("The Bitcoin node", .enabled(if: ProgramNode.isAvailable), .serialized)
struct BitcoinNodeTests {
    private func node(
        _ real: ProgramNode, network: Network = .regtest, cookie: String? = nil
    ) throws -> BitcoinNode {
        let endpoint = try #require(
            NodeEndpoint(url: real.url, credentials: .cookie(path: cookie ?? real.cookie)))
        return BitcoinNode(endpoint: endpoint, network: network)
    }

    /// A signed transaction of the node's wallet that nobody has published.
    private func payment(_ real: ProgramNode, rate: Int = 5) throws -> Transaction {
        let address = try real.cli("-rpcwallet=mining", "getnewaddress")
        let funded = try real.cli(
            "-rpcwallet=mining", "walletcreatefundedpsbt", "[]", "[{\"\(address)\":0.5}]", "0",
            "{\"fee_rate\":\(rate),\"lockUnspents\":true}")
        let psbt = try #require(Self.field("psbt", in: funded))
        let signed = try real.cli("-rpcwallet=mining", "walletprocesspsbt", psbt)
        let final = try real.cli("finalizepsbt", try #require(Self.field("psbt", in: signed)))
        return try Transaction(
            decoding: Hex.decode(try #require(Self.field("hex", in: final))))
    }

    private static func field(_ name: String, in json: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return object?[name] as? String
    }

    @Test("another network, wrong credentials, no node, and a node that lacks blocks")
    func wrongNodes() async throws {
        let real = try ProgramNode()
        let info = try await node(real).verify()
        #expect(info.chain == "regtest")
        await #expect(throws: NodeError.wrongNetwork(found: "regtest", expected: .signet)) {
            try await node(real, network: .signet).verify()
        }
        let folder = try ProgramFolder("cookie")
        let wrong = try folder.write("__cookie__:wrong\n", to: "cookie")
        await #expect(throws: NodeError.unauthorised(url: real.url)) {
            try await node(real, cookie: wrong).verify()
        }
        let empty = try folder.write("", to: "empty")
        await #expect(throws: NodeError.credentials(path: empty, reason: "the file is empty")) {
            try await node(real, cookie: empty).verify()
        }
        let nowhere = try #require(
            NodeEndpoint(url: "http://127.0.0.1:1", credentials: .none))
        let error = try await #require(throws: NodeError.self) {
            try await BitcoinNode(endpoint: nowhere, network: .regtest).verify()
        }
        guard case .unreachable = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.exit == .node)
        try await notSynced(real)
    }

    /// A header without its block.
    private func notSynced(_ real: ProgramNode) async throws {
        let node = try node(real)
        let address = try real.cli("-rpcwallet=mining", "getnewaddress")
        let template = try real.cli("generateblock", address, "[]", "false")
        let block = try #require(Self.field("hex", in: template))
        try real.cli("submitheader", String(block.prefix(160)))
        let error = try await #require(throws: NodeError.self) { try await node.verify() }
        guard case .notSynced(let blocks, let headers, false) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(headers == blocks + 1)
    }

    @Test("a node in its initial block download, until it has a block of today")
    func initialDownload() async throws {
        let real = try ProgramNode(.bare)
        let node = try node(real)
        let error = try await #require(throws: NodeError.self) { try await node.verify() }
        #expect(error == .notSynced(blocks: 0, headers: 0, isInitialDownload: true))
        #expect(error.exit == .node)
        #expect(error.description.contains("initial block download"))
        #expect(error.advice.contains("mine a block"))
        try real.mine()
        #expect(try await node.verify().initialblockdownload == false)
    }

    @Test("publishes once, twice, after mining, and follows into the chain with a proof")
    func publication() async throws {
        let real = try ProgramNode()
        let node = try node(real)
        let transaction = try payment(real)
        #expect(try await node.transaction(transaction.txid) == nil)
        #expect(try await node.publish(transaction) == .inMempool)
        #expect(try await node.publish(transaction) == .inMempool)
        try await outputs(of: transaction, node)
        #expect(try await node.position(of: transaction) == nil)
        #expect(try await node.transaction(transaction.txid)?.transaction == transaction)
        let height = try real.mine(3) - 2
        let found = try #require(try await node.position(of: transaction))
        #expect(found.confirmations == 3)
        #expect(found.position.height == BlockHeight(UInt32(height)))
        #expect(try await node.blockHash(at: found.position.height) == found.position.blockHash)
        #expect(try await node.publish(transaction) == .inChain)
        try await evidence(of: transaction, at: found.position, node)
    }

    /// Headers and a Merkle block that a signer believes.
    private func evidence(
        of transaction: Transaction, at position: ChainPosition, _ node: BitcoinNode
    ) async throws {
        let evidence = try await node.evidence(
            of: transaction.txid, in: position.blockHash, headerCount: 6)
        #expect(evidence.headers.count == 3)
        let block = try MerkleBlock(decoding: evidence.merkleBlock)
        _ = try block.position(of: transaction)
        #expect(block.header.encoded() == evidence.headers[0])
        #expect(block.header.hash == position.blockHash)
    }

    /// Unspent outputs with their exact amounts.
    private func outputs(of transaction: Transaction, _ node: BitcoinNode) async throws {
        for (index, output) in transaction.outputs.enumerated() {
            let found = try await node.unspentOutput(transaction.outPoint(ofOutput: index))
            #expect(found?.txOut == output)
            #expect(found?.confirmations == 0)
        }
        let none = OutPoint(txid: transaction.txid, outputIndex: 99)
        #expect(try await node.unspentOutput(none) == nil)
    }

    @Test("tells spent inputs (-25) and broken rules (-26) apart")
    func refusals() async throws {
        let real = try ProgramNode()
        let node = try node(real)
        let unknown = Transaction(
            version: 2,
            inputs: [
                TxIn(
                    outPoint: OutPoint(txid: Txid(SHA256.hash([1])), outputIndex: 0),
                    sequence: .replaceable)
            ],
            outputs: [TxOut(value: 10_000, scriptPubKey: .payToTaproot(outputKey: .zero))])
        let missing = try await #require(throws: NodeError.self) {
            try await node.publish(unknown)
        }
        guard case .missingInputs(unknown.txid, _) = missing else {
            Issue.record("\(missing)")
            return
        }
        var broken = try payment(real)
        broken.inputs[0].witness = [[1], [2]]
        let rejected = try await #require(throws: NodeError.self) {
            try await node.publish(broken)
        }
        guard case .rejected(broken.txid, _) = rejected else {
            Issue.record("\(rejected)")
            return
        }
        let error = try await #require(throws: NodeError.self) {
            try await node.blockHash(at: BlockHeight(9_999_999))
        }
        guard case .rpc("getblockhash", -8, _) = error else {
            Issue.record("\(error)")
            return
        }
    }
}

@Suite("Addresses of a node")
struct NodeEndpointTests {
    @Test("addresses that are no node's", arguments: ["", "ftp://x", "127.0.0.1:8332", "http://"])
    func addresses(_ text: String) {
        #expect(NodeEndpoint(url: text, credentials: .none) == nil)
    }
}
