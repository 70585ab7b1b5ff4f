import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import Terminal
import Validation
import WatcherCore
import WatcherStore

/// `program show`.
struct ProgramShowCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a program: who has given what, addresses, transactions.",
        discussion: """
            The drawing shows every transaction with its outputs, spend paths and fees;
            its format follows the file's ending.

            EXAMPLES
              bitvmx-watcher program show 3f9a
              bitvmx-watcher program show 3f9a --json
              bitvmx-watcher program show 3f9a --draw lock.svg
              bitvmx-watcher program show 3f9a --draw lock.dot
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(help: ArgumentHelp("Draw the graph as .svg or .dot.", valueName: "file"))
    var draw: String?

    func perform(_ printer: Printer) throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let assessment = try watcher.assessment(id)
        if let draw { try drawing(assessment, watcher, to: draw) }
        let view = ProgramView(assessment, step: watcher.nextStep(assessment))
        printer.report(view.json, lines: view.lines)
    }

    private func drawing(
        _ assessment: ProgramAssessment, _ watcher: Watcher, to path: String
    ) throws {
        guard let graph = assessment.program?.graph else {
            throw WatcherError.notReady(
                assessment.record.id, wait: watcher.nextStep(assessment).text)
        }
        let text: String
        switch path.split(separator: ".").last {
        case "svg": text = graph.svg()
        case "dot": text = graph.dot()
        default:
            throw ProgramFailure(
                .usage, "a drawing's name ends in .svg or .dot", next: "rename the file")
        }
        try PlainFile.write(Array(text.utf8), to: path)
    }
}

/// A program in full, for people and for scripts.
struct ProgramView {
    let assessment: ProgramAssessment
    let step: NextStep

    init(_ assessment: ProgramAssessment, step: NextStep) {
        self.assessment = assessment
        self.step = step
    }

    private var record: ProgramRecord { assessment.record }
    private var definition: CeremonyDefinition { record.definition }

    // MARK: JSON

    var json: JSONObject {
        JSONObject([
            ("id", .text(record.id.description)), ("title", .text(definition.title)),
            ("program", .text(definition.program.rawValue)),
            ("network", .text(definition.network.rawValue)),
            ("attempt", .number(UInt64(record.attempt))), ("state", .text(step.word)),
            ("awaited", .array(step.awaited.map { .text($0.text) })),
            ("detail", .text(step.text)), ("participants", .array(participants)),
            ("request", .array(requestOutputs)), ("funding", funding),
            ("graph", assessment.program.map { .text($0.digest.hex) } ?? .null),
            ("transactions", .array(transactions)),
            ("faults", .array(assessment.faults.map { .text($0.description) })),
        ])
    }

    private var participants: [JSON] {
        definition.participants.enumerated().map { index, participant in
            let key = participant.identity
            return .object(
                JSONObject([
                    ("name", .text(participant.name.text)), ("identity", .text(key.hex)),
                    ("signsLast", .bool(definition.lastSigner == index)),
                    ("keys", .bool(record.keysBundle(of: key) != nil)),
                    ("nonces", .bool(record.noncesBundle(of: key) != nil)),
                    ("partialSignatures", .bool(record.partialsBundle(of: key) != nil)),
                    ("receipt", .bool(assessment.hasReceipt(key))),
                ]))
        }
    }

    private var requestOutputs: [JSON] {
        (assessment.aggregates?.requestOutputs ?? []).map { output in
            .object(
                JSONObject([
                    ("output", .text(output.output.rawValue)),
                    ("address", address(output.script)),
                    ("amount", .number(output.value.satoshi)),
                    ("script", .text(output.script.hex)),
                ]))
        }
    }

    private func address(_ script: Script) -> JSON {
        Address(scriptPubKey: script, network: definition.network)
            .map { .text($0.description) } ?? .null
    }

    private var funding: JSON {
        guard let funding = record.funding else { return .null }
        return .object(
            JSONObject([
                ("txid", .text(funding.transaction.txid.hex)),
                ("ordinalIndex", .number(UInt64(funding.ordinalIndex))),
                ("feeIndex", .number(UInt64(funding.feeIndex))),
                ("confirmed", confirmation(.lock(.request))),
            ]))
    }

    private func confirmation(_ label: TransactionLabel) -> JSON {
        guard let position = record.positions[label] else { return .null }
        return .object(
            JSONObject([
                ("height", .number(UInt64(position.height.value))),
                ("block", .text(position.blockHash.hex)),
            ]))
    }

    private var transactions: [JSON] {
        (assessment.program?.graph.transactions ?? []).map { transaction in
            .object(
                JSONObject([
                    ("label", .text(transaction.label.text)),
                    ("txid", .text(transaction.txid.hex)),
                    ("fee", .number(transaction.fee.satoshi)),
                    (
                        "virtualSize",
                        .number(UInt64(transaction.largestVirtualSize.vbytes))
                    ),
                    ("published", .bool(record.published[transaction.label] != nil)),
                    ("confirmed", confirmation(transaction.label)),
                ]))
        }
    }

    // MARK: Text

    var lines: [String] {
        [
            "program \(record.id)", "title: \(definition.title)",
            "words: \(Bytewords.words(for: record.id.digest).joined(separator: " "))",
            "network: \(definition.network.rawValue), attempt \(record.attempt)",
            "state: \(step.text)", "",
        ] + participantLines + requestLines + transactionLines
    }

    private var participantLines: [String] {
        var table = TextTable([
            ("OPERATOR", .left), ("KEYS", .left), ("NONCES", .left), ("PARTIALS", .left),
            ("RECEIPT", .left), ("", .left),
        ])
        for (index, participant) in definition.participants.enumerated() {
            let key = participant.identity
            table.add([
                participant.name.text, mark(record.keysBundle(of: key) != nil),
                mark(record.noncesBundle(of: key) != nil),
                mark(record.partialsBundle(of: key) != nil),
                mark(assessment.hasReceipt(key)),
                definition.lastSigner == index ? "signs last" : "",
            ])
        }
        return table.lines
    }

    private func mark(_ isThere: Bool) -> String { isThere ? "yes" : "-" }

    private var requestLines: [String] {
        guard let outputs = assessment.aggregates?.requestOutputs else { return [] }
        var lines = ["", "the user pays in one transaction:"]
        for output in outputs {
            let address = Address(scriptPubKey: output.script, network: definition.network)
            lines.append(
                "  \(output.output.rawValue): \(output.value.satoshi) sat to "
                    + (address?.description ?? output.script.hex))
        }
        if let funding = record.funding {
            lines.append("paid by \(funding.transaction.txid)")
        }
        return lines
    }

    private var transactionLines: [String] {
        guard let program = assessment.program else { return [] }
        var table = TextTable([
            ("TRANSACTION", .left), ("TXID", .left), ("FEE", .right), ("VSIZE", .right),
            ("STATE", .left),
        ])
        for transaction in program.graph.transactions {
            table.add([
                transaction.label.text, transaction.txid.hex,
                "\(transaction.fee.satoshi) sat",
                "\(transaction.largestVirtualSize.vbytes) vB", state(transaction.label),
            ])
        }
        let words = Bytewords.words(for: program.digest).joined(separator: " ")
        return ["", "graph \(program.digest.hex)", "graph words: \(words)"] + table.lines
    }

    private func state(_ label: TransactionLabel) -> String {
        if let position = record.positions[label] { return "in block \(position.height.value)" }
        if record.published[label] != nil { return "published" }
        return assessment.isReady ? "signed" : "-"
    }
}
