import ArgumentParser
import Bitcoin
import BitcoinNode
import Model
import Primitives
import Protocols
import Terminal
import WatcherCore
import WatcherStore

/// `program fund`.
struct ProgramFundCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund",
        abstract: "Names the user's transaction that pays into a program.",
        discussion: """
            The transaction is fetched from the node, or read from a file without one.
            It is checked against the program's amounts and scripts. The two outputs are
            found by their scripts unless their numbers are given.

            EXAMPLES
              bitvmx-watcher program fund 3f9a --txid TXID --node-cookie ~/.bitcoin/.cookie
              bitvmx-watcher program fund 3f9a --transaction funding.hex
              bitvmx-watcher program fund 3f9a --txid TXID --ordinal-index 1 --fee-index 0
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(help: "The transaction's id; needs the node.")
    var txid: String?

    @Option(help: ArgumentHelp("File with the transaction in hex.", valueName: "hexfile"))
    var transaction: String?

    @Option(help: "Number of the asset's output.")
    var ordinalIndex: UInt32?

    @Option(help: "Number of the fee's output.")
    var feeIndex: UInt32?

    func validate() throws {
        guard (txid == nil) != (transaction == nil) else {
            throw ValidationError("give either --txid or --transaction")
        }
    }

    func perform(_ printer: Printer) async throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let transaction = try await userTransaction(watcher.network)
        let outputs = try watcher.assessment(id).aggregates?.requestOutputs ?? []
        let funding = Funding(
            transaction: transaction,
            ordinalIndex: ordinalIndex ?? Self.index(.ordinal, outputs, transaction) ?? 0,
            feeIndex: feeIndex ?? Self.index(.fee, outputs, transaction) ?? 1)
        var state = try options.open(for: .writing)
        _ = try state.receive(.funded(id, funding))
        let assessment = try state.watcher.assessment(id)
        assessment.fundingWarnings.forEach { printer.note("warning: \($0)") }
        let graph = assessment.program?.digest
        let words = graph.map { Bytewords.words(for: $0).joined(separator: " ") } ?? ""
        printer.report(
            JSONObject([
                ("id", .text(id.description)), ("txid", .text(transaction.txid.hex)),
                ("ordinalIndex", .number(UInt64(funding.ordinalIndex))),
                ("feeIndex", .number(UInt64(funding.feeIndex))),
                ("graph", graph.map { .text($0.hex) } ?? .null), ("words", .text(words)),
            ]),
            lines: [
                "program \(id.short) is paid by \(transaction.txid)",
                "graph \(graph?.hex ?? "-")", "graph words: \(words)",
                "next: bitvmx-watcher request next \(id.short) -o DIR",
            ])
    }

    private func userTransaction(_ network: Network) async throws -> Transaction {
        if let transaction {
            do {
                return try Transaction(
                    decoding: Hex.decode(PlainFile.text(transaction, limit: 8 << 20)))
            } catch let failure as ProgramFailure {
                throw failure
            } catch {
                throw ProgramFailure(
                    .malformed, "'\(transaction)' holds no transaction: \(error)",
                    next: "write the raw transaction in hex into it")
            }
        }
        guard let txid = txid.flatMap(Txid.init(hex:)) else {
            throw ProgramFailure(
                .usage, "a transaction id has 64 hex digits", next: "give --txid in full")
        }
        let node = try options.bitcoinNode(on: network)
        try await node.verify()
        guard let found = try await node.transaction(txid) else {
            throw ProgramFailure(
                .node, "the node does not know transaction \(txid)",
                next: "without -txindex a node forgets confirmed transactions: use "
                    + "--transaction with the raw transaction")
        }
        return found.transaction
    }

    /// The only output that pays to a request script.
    private static func index(
        _ output: LockOutput,
        _ expected: [(output: LockOutput, value: Amount, script: Script)],
        _ transaction: Transaction
    ) -> UInt32? {
        guard let wanted = expected.first(where: { $0.output == output }) else { return nil }
        return transaction.outputs.firstIndex { $0.scriptPubKey == wanted.script }
            .map { UInt32($0) }
    }
}
