import ArgumentParser
import Bitcoin
import BitcoinNode
import Exchange
import Model
import Primitives
import Terminal
import Validation
import WatcherCore
import WatcherStore

/// `request`: what the signer is asked.
struct RequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Writes the request that the signer needs next.",
        discussion: """
            One request is open at a time. Until its response is accepted, the same
            request is written again, byte for byte.

            EXAMPLES
              bitvmx-watcher request next -o /media/stick
              bitvmx-watcher request next 3f9a -o /media/stick
              bitvmx-watcher request reveal 3f9a -o /media/stick
            """,
        subcommands: [
            RequestNextCommand.self, RequestRevealCommand.self, RequestStatusCommand.self,
        ])

    @OptionGroup var options: WatcherOptions
}

/// `request next`.
struct RequestNextCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Writes the next request, or says what is waited for and from whom.",
        discussion: """
            Every rule that the signer will apply is applied first, as far as this
            watcher knows its subject. While something is waited for, the exit code is
            14.

            EXAMPLES
              bitvmx-watcher request next -o /media/stick
              bitvmx-watcher request next 3f9a -o /media/stick --replace
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id; without it, the oldest program that needs one.")
    var id: String?

    @Option(name: [.short, .customLong("output")], help: "Folder to write to.")
    var output: String

    @Flag(help: "Give an open request up that the signer's operator has declined.")
    var replace = false

    func perform(_ printer: Printer) throws {
        var state = try options.open(for: .writing)
        let id = try id.map { try state.watcher.program(matching: $0) }
        let next = try state.watcher.nextRequest(
            for: id, replacing: replace ? .allowed : .refused)
        try state.deliver(next, to: output, printer)
    }
}

/// `request status`.
struct RequestStatusCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Asks the signer where it stands; needs no confirmation there.",
        discussion: """
            EXAMPLES
              bitvmx-watcher request status -o /media/stick
            """)

    @OptionGroup var options: WatcherOptions

    @Option(name: [.short, .customLong("output")], help: "Folder to write to.")
    var output: String

    func perform(_ printer: Printer) throws {
        var state = try options.open(for: .writing)
        try state.deliver(state.watcher.statusRequest(), to: output, printer)
    }
}

/// `request reveal`.
struct RequestRevealCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "reveal",
        abstract: "Asks the signer for its one-time signature once 'accept' is in the chain.",
        discussion: """
            Headers and Merkle proof come from the node; the signer checks them itself.

            EXAMPLES
              bitvmx-watcher request reveal 3f9a -o /media/stick --node-cookie FILE
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(name: [.short, .customLong("output")], help: "Folder to write to.")
    var output: String

    func perform(_ printer: Printer) async throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let label = TransactionLabel.lock(.accept)
        guard let accept = try watcher.followed(id).first(where: { $0.label == label }) else {
            throw WatcherError.notPublishable(label: label.text, reason: "it does not exist")
        }
        let node = try options.bitcoinNode(on: watcher.network)
        try await node.verify()
        let needed = watcher.policy.revealConfirmations
        guard let found = try await node.position(of: accept.transaction),
            found.confirmations >= needed
        else {
            throw ProgramFailure(
                .incomplete,
                "'accept' (\(accept.transaction.txid)) has fewer than "
                    + "\(needed) confirmations",
                next: "bitvmx-watcher follow \(id.short) --until accept "
                    + "--confirmations \(needed)")
        }
        let evidence = try await node.evidence(
            of: accept.transaction.txid, in: found.position.blockHash, headerCount: needed)
        let proof = ConfirmationProof(
            headers: evidence.headers, merkleBlock: evidence.merkleBlock)
        var state = try options.open(for: .writing)
        _ = try state.receive(.confirmed(id, label, found.position))
        try state.deliver(
            state.watcher.revealRequest(for: id, proof: proof), to: output, printer)
    }
}

extension WatcherState {
    /// Signs, records and writes a request.
    mutating func deliver(
        _ next: NextRequest, to folder: String, _ printer: Printer
    ) throws {
        let bundle: SignedBundle
        var isAgain = false
        switch next {
        case .nothingToAsk:
            printer.report(
                JSONObject([("file", .null), ("state", .text(NextStep.ready.word))]),
                lines: ["nothing to ask: \(NextStep.ready.text)"])
            return
        case .outstanding(let open):
            bundle = open
            isAgain = true
        case .draft(let envelope):
            bundle = try sign(envelope)
            _ = try receive(.requested(bundle: bundle.bytes))
        }
        let name = BundleName(for: bundle.envelope, from: watcher.name)
        let path = try BundleFile.write(bundle.bytes, named: name.text, to: folder)
        let words = Bytewords.words(for: bundle.digest).prefix(3)
        printer.report(
            JSONObject([
                ("file", .text(path)), ("kind", .text(bundle.envelope.kind.word)),
                ("sequence", .number(bundle.envelope.sequence)),
                (
                    "ceremony",
                    bundle.envelope.ceremony.map { .text($0.description) } ?? .null
                ),
                ("digest", .text(bundle.digest.hex)),
                ("words", .text(words.joined(separator: " "))), ("again", .bool(isAgain)),
            ]),
            lines: [
                "wrote \(path)", isAgain ? "the open request once more" : "a new request",
                "digest: \(bundle.digest.hex)", "words: \(words.joined(separator: " "))",
                "next: carry it to the signer: bitvmx-signer process \(name.text) -o DIR",
            ])
    }
}
