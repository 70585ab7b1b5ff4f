package import Bitcoin
import Foundation
import Primitives

/// A real Bitcoin node on a private chain, started by Airgap/regtest/node; stopped with the last
/// reference to it.
package final class ProgramNode: Sendable {
    /// The node did not do what was asked.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Whether this machine has a node, or can fetch one.
    package static let isAvailable: Bool = {
        guard let folder = try? ProgramFolder("fetch") else { return false }
        let place = Program.Place(folder.url, environment: machine, secondLimit: 600)
        let result = try? Program(script("fetch-node")).run([], in: place)
        return result?.status == 0
    }()

    package let url: String
    package let cookie: String
    private let folder: ProgramFolder

    /// What a new node has.
    package enum Chain: Sendable {
        /// Blocks of today, whose coins can be spent.
        case mined
        /// The first block alone, which is years old: initial block download.
        case bare
    }

    package init(_ chain: Chain = .mined) throws {
        let folder = try ProgramFolder("node")
        self.folder = folder
        _ = try Self.run(chain == .bare ? ["start", "--bare"] : ["start"], in: folder)
        url = try Self.run(["url"], in: folder)
        cookie = try Self.run(["path", "cookie"], in: folder)
    }

    deinit {
        _ = try? Self.run(["stop"], in: folder)
    }

    /// Options that name this node to a watcher.
    package var options: [String] { ["--node", url, "--node-cookie", cookie] }

    /// The node's RPC interface without bitcoin-cli.
    package var rpc: NodeRPC {
        get throws { try NodeRPC(url: url, cookie: cookie) }
    }

    /// - Returns: The new height.
    @discardableResult
    package func mine(_ count: Int = 1) throws -> Int {
        Int(try Self.run(["mine", "\(count)"], in: folder)) ?? 0
    }

    /// What bitcoin-cli prints.
    @discardableResult
    package func cli(_ arguments: String...) throws -> String {
        try Self.run(["cli"] + arguments, in: folder)
    }

    /// What bitcoin-cli says when it refuses.
    package func refusal(_ arguments: String...) throws -> String {
        let result = try Self.result(["cli"] + arguments, in: folder)
        guard result.status != 0 else {
            throw Failure(description: "was not refused: \(arguments.joined(separator: " "))")
        }
        return result.errors
    }

    /// Pays outputs from the node's own wallet in one confirmed transaction.
    ///
    /// - Parameter payments: Address and satoshi; they become the first outputs, in this order.
    package func pay(_ payments: [(address: String, satoshi: Int)]) throws -> String {
        let outputs = payments.map { "{\"\($0.address)\":\(Self.bitcoin($0.satoshi))}" }
        let answer = try cli(
            "-rpcwallet=mining", "-named", "send",
            "outputs=[\(outputs.joined(separator: ","))]",
            "options={\"change_position\":\(payments.count)}", "fee_rate=2")
        let report = try JSONDecoder().decode(ProgramReport.self, from: Data(answer.utf8))
        try mine()
        return try report.text("txid")
    }

    /// A transaction of the chain or the mempool.
    package func transaction(_ txid: String) throws -> Transaction {
        try Transaction(decoding: Hex.decode(cli("getrawtransaction", txid)))
    }

    /// How deep a transaction is; 0 while it waits.
    package func confirmations(_ txid: String) throws -> Int {
        let answer = try cli("getrawtransaction", txid, "1")
        let report = try JSONDecoder().decode(
            Confirmations.self, from: Data(answer.utf8))
        return report.confirmations ?? 0
    }

    private struct Confirmations: Decodable {
        let confirmations: Int?
    }

    // MARK: - Script

    private static func bitcoin(_ satoshi: Int) -> String {
        let fraction = String(satoshi % 100_000_000)
        return "\(satoshi / 100_000_000)."
            + String(repeating: "0", count: 8 - fraction.count) + fraction
    }

    private static func script(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Airgap/regtest/\(name)").path
    }

    /// The person's own home: the cache with the node is there.
    private static var machine: [String: String] {
        let inherited = ProcessInfo.processInfo.environment
        return inherited.filter { ["HOME", "PATH"].contains($0.key) }
    }

    private static func result(
        _ arguments: [String], in folder: ProgramFolder
    ) throws -> ProgramResult {
        let place = Program.Place(folder.url, environment: machine, secondLimit: 300)
        return try Program(script("node")).run(
            ["--dir", folder.path("data")] + arguments, in: place)
    }

    private static func run(_ arguments: [String], in folder: ProgramFolder) throws -> String {
        let result = try result(arguments, in: folder)
        guard result.status == 0 else {
            throw Failure(description: "\(arguments.joined(separator: " ")): \(result.text)")
        }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
