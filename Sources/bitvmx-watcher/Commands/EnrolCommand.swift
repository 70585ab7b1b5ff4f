import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Terminal
import WatcherCore
import WatcherStore

/// `enrol`: believes a signer's identity after a person has compared words.
struct EnrolCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Enrols a signer: this operator's own, or a peer's.",
        discussion: """
            Compare the eight words with the signer's operator over a channel that you
            trust, then type the first three of them. Scripts give all words or the
            fingerprint instead.

            A signer that has this watcher's name is taken for its own signer unless
            --as says otherwise. There is one own signer.

            EXAMPLES
              bitvmx-watcher enrol 00000000-0000-alice-identity.res.bvx --as signer
              bitvmx-watcher enrol bob.bvx --words "able acid also apex aqua arch atom aunt"
              bitvmx-watcher enrol bob.bvx --as peer --yes 64-HEX-DIGIT-FINGERPRINT
            """)

    enum Relation: String, ExpressibleByArgument, CaseIterable {
        case signer
        case peer
    }

    @OptionGroup var options: WatcherOptions

    @Argument(help: "The signer's identity bundle.")
    var file: String

    @Option(name: .customLong("as"), help: "signer (own) or peer.")
    var relation: Relation?

    @Option(help: "The eight words, as the signer's operator read them.")
    var words: String?

    @Option(help: ArgumentHelp("The fingerprint, 64 hex digits.", valueName: "fingerprint"))
    var yes: String?

    func perform(_ printer: Printer) throws {
        let bytes = try BundleFile.read(file)
        var state = try options.open(for: .writing)
        let (bundle, payload) = try state.watcher.identityBundle(bytes)
        let fingerprint = Fingerprint(
            of: payload, key: bundle.envelope.sender, network: bundle.envelope.network)
        let taken =
            relation.map { $0 == .signer ? SignerRelation.own : .peer }
            ?? state.watcher.usualRelation(of: payload.name)
        try confirm(payload, fingerprint, taken, printer)
        _ = try state.receive(.enrolled(bundle: bytes, relation: taken))
        printer.report(
            JSONObject([
                ("name", .text(payload.name.text)), ("relation", .text(taken.text)),
                ("identity", .text(bundle.envelope.sender.hex)),
                ("fingerprint", .text(fingerprint.digest.hex)),
                ("words", .text(fingerprint.spoken)),
            ]),
            lines: ["enrolled '\(payload.name)' as \(taken.text)"])
    }

    private func confirm(
        _ payload: IdentityPayload, _ fingerprint: Fingerprint, _ relation: SignerRelation,
        _ printer: Printer
    ) throws {
        let mismatch = ProgramFailure(
            .declined, "these are not the words of '\(payload.name)': \(fingerprint.spoken)",
            next: "do not enrol this file; get the right one from its operator")
        if let yes {
            guard yes.lowercased() == fingerprint.digest.hex else { throw mismatch }
            return
        }
        if let words {
            let spoken = words.lowercased().split(whereSeparator: \.isWhitespace)
            guard spoken.map(String.init) == fingerprint.words else { throw mismatch }
            return
        }
        guard let terminal = ControllingTerminal() else {
            throw ProgramFailure(
                .declined, "there is no terminal to confirm the words on",
                next: "give --words or --yes")
        }
        let question =
            "signer '\(payload.name)', to be enrolled as \(relation.text)\n"
            + "words: \(fingerprint.spoken)\n"
            + "Are these the words that its operator reads to you?"
        let phrase = fingerprint.words.prefix(3).joined(separator: " ")
        guard terminal.confirms(phrase, question: question) else {
            throw ProgramFailure(
                .declined, "'\(payload.name)' was not enrolled", next: "nothing was changed")
        }
    }
}

/// `peers`: whom this watcher knows.
struct PeersCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "peers",
        abstract: "Lists the enrolled signers.",
        discussion: """
            EXAMPLES
              bitvmx-watcher peers
              bitvmx-watcher peers --json
            """)

    @OptionGroup var options: WatcherOptions

    func perform(_ printer: Printer) throws {
        let watcher = try options.open(for: .reading).watcher
        let signers = watcher.signers.values.sorted { $0.name < $1.name }
        var table = TextTable([("NAME", .left), ("AS", .left), ("IDENTITY", .left)])
        for signer in signers {
            table.add([signer.name.text, signer.relation.text, signer.identity.hex])
        }
        printer.report(
            JSONObject([
                (
                    "signers",
                    .array(
                        signers.map { signer in
                            .object(
                                JSONObject([
                                    ("name", .text(signer.name.text)),
                                    ("relation", .text(signer.relation.text)),
                                    ("identity", .text(signer.identity.hex)),
                                ]))
                        })
                )
            ]), lines: signers.isEmpty ? ["nobody is enrolled yet"] : table.lines)
    }
}
