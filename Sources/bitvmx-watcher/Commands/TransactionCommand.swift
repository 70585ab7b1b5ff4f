import ArgumentParser
import Bitcoin
import BitcoinNode
import Model
import Primitives
import ProtocolBuilder
import Terminal
import WatcherCore
import WatcherStore

/// `transaction`: what goes to the network.
struct TransactionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transaction",
        abstract: "Completes and publishes a program's transactions.",
        discussion: """
            EXAMPLES
              bitvmx-watcher transaction publish accept 3f9a --preimage-file secret.hex
              bitvmx-watcher transaction publish release 3f9a
            """,
        subcommands: [TransactionPublishCommand.self, FollowCommand.self])

    @OptionGroup var options: WatcherOptions
}

/// `transaction publish`.
struct TransactionPublishCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Completes a transaction, checks it and gives it to the node.",
        discussion: """
            Signatures, hash locks and commitments are checked before anything leaves. A
            transaction that the node has already is a success.

            'accept' reveals the user's secret: it is refused while the request is unconfirmed,
            and when the user's time-out is near. Any one operator can publish 'release' once
            'accept' is confirmed; the asset then stands under the release key of all operators.

            EXAMPLES
              bitvmx-watcher transaction publish accept 3f9a --preimage-file secret.hex
              bitvmx-watcher transaction publish release
              bitvmx-watcher transaction publish accept 3f9a --preimage HEX --dry-run
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "accept, release or collect.")
    var label: String

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(help: ArgumentHelp("File with the user's secret in hex.", valueName: "file"))
    var preimageFile: String?

    @Option(help: ArgumentHelp("The user's secret in hex.", valueName: "hex"))
    var preimage: String?

    @Flag(help: "Print the completed transaction and publish nothing; needs no node.")
    var dryRun = false

    func perform(_ printer: Printer) async throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let label = try watcher.label(label, of: id)
        let completed = try watcher.completed(label, of: id, preimage: try secret())
        let hex = Hex.encode(completed.transaction.encoded())
        var place: Publication?
        if !dryRun {
            let node = try options.bitcoinNode(on: watcher.network)
            try await node.verify()
            if label == .lock(.accept) {
                try await checkAcceptance(of: completed, id, watcher, node)
            }
            place = try await publish(completed, id, watcher, node)
            var state = try options.open(for: .writing)
            _ = try state.receive(.published(id, label, completed.txid))
        }
        printer.report(
            JSONObject([
                ("id", .text(id.description)), ("label", .text(label.text)),
                ("txid", .text(completed.txid.hex)), ("fee", .number(completed.fee.satoshi)),
                ("place", place.map { .text($0.rawValue) } ?? .null),
                ("transaction", .text(hex)),
            ]),
            lines: [
                place.map { "'\(label.text)' is \($0.rawValue): \(completed.txid)" }
                    ?? hex,
                "next: bitvmx-watcher follow \(id.short) --until \(label.text)",
            ])
    }

    /// Where an input does not exist, says which transaction has to come first.
    private func publish(
        _ completed: CompletedTransaction<TransactionLabel>, _ id: CeremonyID,
        _ watcher: Watcher, _ node: BitcoinNode
    ) async throws -> Publication {
        do throws(NodeError) {
            return try await node.publish(completed.transaction)
        } catch {
            guard case .missingInputs = error else { throw error }
            let spent = Set(completed.transaction.inputs.map(\.outPoint.txid))
            for (parent, transaction) in try watcher.followed(id)
            where spent.contains(transaction.txid) {
                guard try await node.transaction(transaction.txid) == nil,
                    try await node.position(of: transaction) == nil
                else { continue }
                throw ProgramFailure(
                    .incomplete,
                    "'\(label)' spends '\(parent.text)' (\(transaction.txid)), which the node "
                        + "does not know",
                    next: "publish '\(parent.text)' first")
            }
            throw error
        }
    }

    /// Outputs that are spent already are no reason to refuse: publishing again is a success.
    private func checkAcceptance(
        of completed: CompletedTransaction<TransactionLabel>, _ id: CeremonyID,
        _ watcher: Watcher, _ node: BitcoinNode
    ) async throws {
        for input in completed.transaction.inputs {
            guard let output = try await node.unspentOutput(input.outPoint) else { continue }
            try watcher.checkAcceptance(of: id, confirmations: output.confirmations)
        }
    }

    private func secret() throws -> [UInt8]? {
        guard preimage == nil || preimageFile == nil else {
            throw ProgramFailure(
                .usage, "either --preimage or --preimage-file", next: "give one of them")
        }
        guard let text = try preimageFile.map({ try PlainFile.text($0, limit: 4096) }) ?? preimage
        else { return nil }
        guard let bytes = try? Hex.decode(text) else {
            throw ProgramFailure(
                .malformed, "the preimage is not hexadecimal", next: "write it in hex")
        }
        return bytes
    }
}
