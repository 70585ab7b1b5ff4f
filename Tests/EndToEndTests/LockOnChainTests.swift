import Bitcoin
import Foundation
import TestSupport
import Testing

/// Whole ceremonies with both programs, and what becomes of them on a real chain.
///
/// One after the other: every test has a node and several programs of its own already.
@Suite(
    "A lock on a real chain", .serialized,
    .enabled(if: ProgramNode.isAvailable, "this machine has no bitcoind and cannot fetch one"))
struct LockOnChainTests {
    /// A ceremony whose lock is paid on the node's chain and whose keys are known.
    private func paid(
        _ names: [String], _ terms: ProgramCeremony.Terms, on node: ProgramNode
    ) throws -> (ceremony: ProgramCeremony, id: String, txid: String) {
        let ceremony = try ProgramCeremony(names, terms)
        try ceremony.enrol()
        let id = try ceremony.create()
        try ceremony.operators.forEach(ceremony.trip)
        let txid = try node.pay(ceremony.payments(id))
        for who in ceremony.operators {
            try who.watcherReport(
                ["program", "fund", id, "--txid", txid] + node.options)
        }
        return (ceremony, id, txid)
    }

    /// A command that talks to the node.
    private func ask(
        _ who: ProgramOperator, _ node: ProgramNode, _ arguments: String...
    ) throws -> ProgramResult {
        try who.watcher(arguments + ["--json"] + node.options)
    }

    private func expect(
        _ result: ProgramResult, _ status: Int32, _ words: String = "",
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, "\(result.text)", sourceLocation: location)
        if !words.isEmpty {
            #expect(result.output.contains(words), "\(result.text)", sourceLocation: location)
        }
    }

    /// How deep a watcher believes a transaction to be; 0 for one outside the chain.
    private func followed(
        _ label: String, _ id: String, _ who: ProgramOperator, _ node: ProgramNode
    ) throws -> Int? {
        let report = try ask(who, node, "follow", id).report()
        return report["transactions"].items.first { $0["label"] == .text(label) }?[
            "confirmations"
        ].number
    }

    @Test("Two operators sign in two visits each, accept, give receipts and release")
    func twoOperators() throws {
        let node = try ProgramNode()
        let (ceremony, id, _) = try paid(["alice", "bob"], ProgramCeremony.Terms(), on: node)
        let (alice, bob) = (ceremony["alice"], ceremony["bob"])
        try ceremony.sign()
        let secret = ceremony.terms.user.secretHex

        expect(try ask(alice, node, "transaction", "publish", "accept", id), 3)
        let wrong = String(repeating: "00", count: 32)
        expect(
            try ask(alice, node, "transaction", "publish", "accept", id, "--preimage", wrong), 3)
        expect(try ask(bob, node, "transaction", "publish", "release", id), 14, "'accept'")
        #expect(try node.cli("getrawmempool").filter { $0 != "\n" && $0 != " " } == "[]")

        let publish = ["transaction", "publish", "accept", id, "--preimage", secret]
        let first = try alice.watcherReport(publish + node.options)
        let again = try bob.watcherReport(publish + node.options)
        #expect(try first.text("txid") == again.text("txid"))
        expect(try ask(alice, node, "request", "reveal", id, "-o", ceremony.stick.path), 14)
        try node.mine()
        let late = try alice.watcherReport(publish + node.options)
        #expect(try late.text("txid") == first.text("txid"))
        #expect(try followed("accept", id, alice, node) == 1)

        try reorganise(try first.text("txid"), id, alice, node)
        try receipts(ceremony, id, node)

        try bob.watcherReport(["transaction", "publish", "release", id] + node.options)
        try node.mine()
        #expect(try followed("release", id, bob, node) == 1)
        expect(try ask(bob, node, "transaction", "publish", "collect", id), 15)
    }

    /// The block with `accept` goes away, and comes back.
    private func reorganise(
        _ txid: String, _ id: String, _ who: ProgramOperator, _ node: ProgramNode
    ) throws {
        let block = try node.cli("getbestblockhash")
        try node.cli("invalidateblock", block)
        #expect(try followed("accept", id, who, node) == 0)
        let shown = try who.watcherReport("program", "show", id)["transactions"].items
        #expect(shown.first { $0["label"] == .text("accept") }?["confirmed"] == .null)
        try node.cli("reconsiderblock", block)
        #expect(try followed("accept", id, who, node) == 1)
        #expect(try node.confirmations(txid) == 1)
    }

    /// Every operator's one-time signature of the accepted transaction's id.
    private func receipts(
        _ ceremony: ProgramCeremony, _ id: String, _ node: ProgramNode
    ) throws {
        for who in ceremony.operators {
            let report = try who.watcherReport(
                ["request", "reveal", id, "-o", ceremony.stick.path] + node.options)
            let answer = try ceremony.process(who, report.text("file"))
            try ceremony.accept(answer)
        }
        let shown = try ceremony["alice"].watcherReport("program", "show", id)["participants"]
        #expect(shown.items.allSatisfy { $0["receipt"] == .flag(true) })
    }

    @Test("Three operators, one of them in one trip; after the end of life everybody has his own")
    func endOfLife() throws {
        let node = try ProgramNode()
        var terms = ProgramCeremony.Terms()
        terms.last = "carol"
        terms.requestTimeout = 20
        terms.endOfLife = 24
        let (ceremony, id, _) = try paid(["alice", "bob", "carol"], terms, on: node)
        try ceremony.sign()
        try sameCertificate(ceremony, id)
        let alice = ceremony["alice"]
        let secret = terms.user.secretHex
        try alice.watcherReport(
            ["transaction", "publish", "accept", id, "--preimage", secret] + node.options)
        try node.mine()

        let accept = try node.transaction(ceremony.txid("accept", of: id))
        let asset = ProgramUser.spendable(accept, 0, try ceremony.outputs(), .lockedOrdinal)
        let takeBack = try terms.user.takeBackHex(asset, leaf: "end-of-life", after: BlockCount(24))
        try node.mine(22)
        expect(try ask(alice, node, "transaction", "publish", "collect", id), 15, "BIP68")
        #expect(try node.refusal("sendrawtransaction", takeBack).contains("non-BIP68-final"))
        try node.mine()
        try alice.watcherReport(["transaction", "publish", "collect", id] + node.options)
        let taken = try node.cli("sendrawtransaction", takeBack)
        try node.mine()
        #expect(try node.confirmations(taken) == 1)
        #expect(try followed("collect", id, alice, node) == 1)
        expect(try ask(alice, node, "transaction", "publish", "release", id), 15)
    }

    /// All watchers export one certificate, which anybody can verify, unless it was changed.
    private func sameCertificate(_ ceremony: ProgramCeremony, _ id: String) throws {
        let files = try ceremony.operators.map { who in
            let file = ceremony.folder.path("\(who.name).certificate")
            try who.watcherReport("certificate", "export", id, "-o", file)
            return file
        }
        let contents = try Set(files.map { try Data(contentsOf: URL(filePath: $0)) })
        #expect(contents.count == 1)
        try ceremony["bob"].watcherReport("certificate", "verify", files[0])
        var changed = try #require(contents.first)
        changed[changed.count - 10] ^= 1
        let file = ceremony.folder.path("changed.certificate")
        try changed.write(to: URL(filePath: file))
        let result = try ceremony["bob"].watcher("certificate", "verify", file, "--json")
        #expect([8, 9].contains(result.status), "\(result.text)")
    }

    @Test("An unaccepted request goes back to its user, not before the time-out")
    func requestTimeout() throws {
        let node = try ProgramNode()
        var terms = ProgramCeremony.Terms()
        terms.requestTimeout = 20
        let (ceremony, id, txid) = try paid(["alice", "bob"], terms, on: node)
        let request = try node.transaction(txid)
        let lock = try ceremony.outputs()
        let back = try [0, 1].map { index in
            try terms.user.takeBackHex(
                ProgramUser.spendable(
                    request, index, lock, index == 0 ? .requestedOrdinal : .requestedFee),
                leaf: "user-timeout", after: BlockCount(20))
        }
        try node.mine(18)
        for transaction in back {
            #expect(
                try node.refusal("sendrawtransaction", transaction).contains("non-BIP68-final"))
        }
        try node.mine()
        let taken = try back.map { try node.cli("sendrawtransaction", $0) }
        try node.mine()
        for txid in taken { #expect(try node.confirmations(txid) == 1) }
        expect(
            try ask(ceremony["alice"], node, "transaction", "publish", "accept", id), 14)
        try unsuitableNodes(ceremony["alice"], id, txid, node)
        try wrongNetwork(ceremony["alice"], txid, node, try ceremony.definition())
    }

    /// Nodes that a watcher does not listen to.
    private func unsuitableNodes(
        _ who: ProgramOperator, _ id: String, _ txid: String, _ node: ProgramNode
    ) throws {
        let before = try who.watcherState()
        let fund = ["program", "fund", id, "--txid", txid, "--json"]
        let wrongCookie = who.folder.appending(path: "passphrase").path
        expect(
            try who.watcher(fund + ["--node", node.url, "--node-cookie", wrongCookie]), 15,
            "credentials")
        expect(try who.watcher(fund + ["--node", "http://127.0.0.1:9"]), 15, "no answer")

        // The header of a block that the node does not have: it knows that it is behind.
        let address = try node.cli("-rpcwallet=mining", "getnewaddress")
        let answer = try node.cli(
            "-named", "generateblock", "output=\(address)",
            "transactions=[]", "submit=false")
        let block = try JSONDecoder().decode(ProgramReport.self, from: Data(answer.utf8))
            .text("hex")
        try node.cli("submitheader", String(block.prefix(160)))
        expect(try who.watcher(fund + node.options), 15, "not synchronised")
        try node.cli("submitblock", block)
        expect(try who.watcher(fund + node.options), 0)
        #expect(try who.watcherState() == before)
    }

    /// A node of another network than the program's.
    private func wrongNetwork(
        _ who: ProgramOperator, _ txid: String, _ node: ProgramNode, _ definition: String
    ) throws {
        let stranger = try ProgramOperator("stranger", in: who.folder)
        try stranger.watcherReport("init", "--name", "stranger", "--network", "signet")
        let file = who.folder.appending(path: "signet.yaml")
        try Data(definition.replacing("network: regtest", with: "network: signet").utf8)
            .write(to: file)
        try stranger.watcherReport("program", "create", file.path)
        let signet = ["program", "fund", "--txid", txid, "--json"]
        expect(try stranger.watcher(signet + node.options), 15, "'regtest'")
    }
}
