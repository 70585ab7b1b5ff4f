import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import SignerCore
import Terminal
import Validation

struct ProcessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Judge a request, show it, and answer it once you agree.",
        discussion: """
            The request is read once. Every rule is applied; a broken one ends the command and \
            changes nothing. What is left is shown, and three words of the request's digest are \
            asked for. Room for the answer is taken on the medium first, so a full one costs \
            nothing. The answer is stored before it is written: a lost medium is replaced by \
            running the same command again, the same bytes come out, nothing is signed twice.

            Examples:
              bitvmx-signer process FILE -o /media/BITVMX
              bitvmx-signer process FILE --dry-run
              bitvmx-signer process FILE -o DIR --yes DIGEST --passphrase-fd 3 3<pass
            """,
        aliases: ["register"])

    @Argument(help: "A request bundle.")
    var file: String

    @Option(name: .shortAndLong, help: "The folder to write the answer into.")
    var output: String?

    @Option(help: "Agree to the request with exactly this digest (64 hex digits).")
    var yes: String?

    @Flag(name: .customLong("dry-run"), help: "Judge and show; change and write nothing.")
    var isDryRun = false

    @OptionGroup var state: StateOptions

    func validate() throws {
        if output == nil && !isDryRun {
            throw ValidationError("Name the folder for the answer with -o DIR.")
        }
        if let yes, Bytes32(hex: yes) == nil {
            throw ValidationError("--yes takes the request's whole digest, 64 hex digits.")
        }
    }

    func run() throws {
        let folder = try output.map { path throws(ProgramFailure) in try OutputFolder(path) }
        let bytes = try RequestFile.bundle(file).bytes
        let signer = try state.openSigner()
        let examination = try signer.examine(
            bytes, environment: Machine.facts(stateDirectory: state.stateDirectory))
        switch examination.outcome {
        case .refused(let error):
            throw ProgramFailure(error)
        case .answered(let release):
            try resend(release, examination, signer, folder)
        case .ready(let prepared):
            try answer(prepared, examination, signer, folder)
        }
    }

    private func answer(
        _ prepared: PreparedRequest, _ examination: Examination, _ signer: Signer,
        _ folder: OutputFolder?
    ) throws {
        guard !isDryRun, let folder else {
            state.printer.report(
                RequestReport.object(examination, prepared.screen),
                lines: RequestReport.lines(prepared.screen)
                    + ["", "Dry run: all rules are met; an answer would be released."])
            return
        }
        let confirmation = try confirmation(prepared)
        let shield = SignalShield()
        // A full medium shows itself now, while the state is unchanged.
        let room = try folder.reserve(for: prepared, from: signer)
        let release = try signer.perform(prepared, confirmation)
        let path = try room.fill(release.bytes)
        try report(release, examination, at: path, repeated: .no)
        _ = consume shield
    }

    private func confirmation(_ prepared: PreparedRequest) throws -> Confirmation {
        let lines = RequestReport.lines(prepared.screen)
        if let confirmation = Confirmation(unaskedFor: prepared) { return confirmation }
        if let yes, let digest = Bytes32(hex: yes) {
            lines.forEach(state.printer.say)
            guard let confirmation = Confirmation(digest: digest, for: prepared) else {
                throw ProgramFailure(
                    .declined, "--yes agrees to another request than this one",
                    next: "its digest is \(prepared.bundle.digest.hex)")
            }
            return confirmation
        }
        let phrase = prepared.screen.phrase
        try Consent.ask(phrase, lines: lines, question: "Do you agree to all of this?")
        guard let confirmation = Confirmation(typed: phrase, for: prepared) else {
            preconditionFailure("the phrase that was asked for is the screen's")
        }
        return confirmation
    }

    private enum Repetition {
        case yes, no
    }

    private func resend(
        _ release: Release, _ examination: Examination, _ signer: Signer,
        _ folder: OutputFolder?
    ) throws {
        guard let folder else {
            state.printer.report(
                RequestReport.object(examination, nil),
                lines: ["Dry run: this request was answered; the same bytes would be written."])
            return
        }
        let path = try folder.write(release, from: signer)
        try report(release, examination, at: path, repeated: .yes)
    }

    private func report(
        _ release: Release, _ examination: Examination, at path: String, repeated: Repetition
    ) throws {
        let response = try OutputFolder.parsed(release)
        let object = RequestReport.object(examination, nil).fields.map { ($0.name, $0.value) }
        state.printer.report(
            JSONObject(
                object + [
                    ("repeated", .bool(repeated == .yes)), ("file", .text(path)),
                    ("response", .text(response.digest.hex)),
                    ("sha256", .text(release.digest.hex)),
                    ("head", .text(response.envelope.head.hash.hex)),
                ]),
            lines: (repeated == .yes
                ? ["This request was answered before: these are the same bytes."] : [])
                + [
                    "Wrote \(path)",
                    "  \(release.bytes.count) bytes, synced and read back.",
                    "The medium can be removed now.",
                ])
    }
}

/// What is reported of a request, whatever becomes of it.
enum RequestReport {
    static func object(_ examination: Examination, _ screen: Screen?) -> JSONObject {
        let envelope = examination.bundle.envelope
        var fields: [(String, JSON)] = [
            ("kind", .text(envelope.kind.word)),
            ("direction", .text(envelope.direction.word)),
            ("network", .text(envelope.network.rawValue)),
            ("ceremony", envelope.ceremony.map { .text($0.digest.hex) } ?? .null),
            ("sender", .text(envelope.sender.hex)),
            ("recipient", envelope.recipient.map { .text($0.hex) } ?? .null),
            ("sequence", .number(envelope.sequence)),
            ("digest", .text(examination.bundle.digest.hex)),
            ("met", .array(examination.report.met.map { .text($0.text) })),
            (
                "violations",
                .array(
                    examination.report.violations.map { violation in
                        .object(
                            JSONObject([
                                ("rule", .text(violation.rule.text)),
                                ("severity", .text(violation.severity.rawValue)),
                                ("detail", .text(violation.detail)),
                            ]))
                    })
            ),
        ]
        if let screen {
            fields.append(("phrase", .text(screen.phrase)))
            fields.append(("screen", .array(screen.lines.map(JSON.text))))
        }
        return JSONObject(fields)
    }

    static func lines(_ screen: Screen) -> [String] {
        screen.lines.map(SafeText.printable)
    }
}
