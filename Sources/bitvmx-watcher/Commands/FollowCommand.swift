import ArgumentParser
import Bitcoin
import BitcoinNode
import Model
import Primitives
import Terminal
import WatcherCore
import WatcherStore

/// `follow`: looks for a program's transactions in the chain.
struct FollowCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Looks for a program's transactions in the chain and notes where they are.",
        discussion: """
            Without --until it looks once. With --until it waits until that transaction
            is deep enough; when the time is over first, the exit code is 14. A
            transaction that a reorganisation took out of the chain is noted as
            unconfirmed again.

            EXAMPLES
              bitvmx-watcher follow 3f9a
              bitvmx-watcher follow 3f9a --until accept --confirmations 6
              bitvmx-watcher follow 3f9a --until release --timeout-seconds 3600
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(help: "request, accept, release or collect.")
    var until: String?

    @Option(help: "How deep it has to be.")
    var confirmations = 1

    @Option(help: "How long to wait.")
    var timeoutSeconds = 600

    /// A transaction as the chain has it.
    private struct Sighting {
        let label: TransactionLabel
        let txid: Txid
        let found: (position: ChainPosition, confirmations: Int)?

        var json: JSON {
            .object(
                JSONObject([
                    ("label", .text(label.text)), ("txid", .text(txid.hex)),
                    ("confirmations", .number(UInt64(found?.confirmations ?? 0))),
                    (
                        "height",
                        found.map { .number(UInt64($0.position.height.value)) } ?? .null
                    ), ("block", found.map { .text($0.position.blockHash.hex) } ?? .null),
                ]))
        }

        var line: String {
            guard let found else { return "\(label.text): not in the chain" }
            return "\(label.text): block \(found.position.height.value), "
                + "\(found.confirmations) confirmations"
        }
    }

    func validate() throws {
        guard confirmations > 0, timeoutSeconds >= 0 else {
            throw ValidationError("--confirmations and --timeout-seconds count upwards")
        }
    }

    func perform(_ printer: Printer) async throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let goal = try until.map { try watcher.label($0, of: id) }
        let transactions = try watcher.followed(id)
        let node = try options.bitcoinNode(on: watcher.network)
        let pause = Duration.seconds(watcher.network == .regtest ? 1 : 10)
        let end = ContinuousClock.now.advanced(by: .seconds(timeoutSeconds))
        while true {
            try await node.verify()
            var sightings: [Sighting] = []
            for (label, transaction) in transactions {
                sightings.append(
                    Sighting(
                        label: label, txid: transaction.txid,
                        found: try await node.position(of: transaction)))
            }
            try note(sightings, of: id)
            let reached = sightings.first { $0.label == goal }?.found?.confirmations ?? 0
            if goal == nil || reached >= confirmations {
                report(sightings, of: id, printer)
                return
            }
            guard ContinuousClock.now < end else {
                throw ProgramFailure(
                    .incomplete,
                    "'\(goal?.text ?? "")' has \(reached) of \(confirmations) confirmations",
                    next: "wait for blocks and repeat the command")
            }
            try await Task.sleep(for: pause)
        }
    }

    /// Records what has changed; the state is locked for no longer than that.
    private func note(_ sightings: [Sighting], of id: CeremonyID) throws {
        let known = try options.open(for: .reading).watcher.record(id).positions
        let changed = sightings.filter { known[$0.label] != $0.found?.position }
        guard !changed.isEmpty else { return }
        var state = try options.open(for: .writing)
        for sighting in changed {
            let event: WatcherEvent =
                if let found = sighting.found {
                    .confirmed(id, sighting.label, found.position)
                } else {
                    .unconfirmed(id, sighting.label)
                }
            _ = try state.receive(event)
        }
    }

    private func report(_ sightings: [Sighting], of id: CeremonyID, _ printer: Printer) {
        printer.report(
            JSONObject([
                ("id", .text(id.description)),
                ("transactions", .array(sightings.map(\.json))),
            ]), lines: sightings.map(\.line))
    }
}
