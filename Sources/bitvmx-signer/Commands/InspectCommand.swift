import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import SignerCore
import Terminal
import Validation
import Winternitz

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a bundle says and which rules it meets; change nothing.",
        discussion: """
            Without a passphrase the bundle's own format and signature are checked and its \
            content is shown. With --passphrase-fd or --passphrase-file, or with --full, the \
            state is opened and every rule is applied, as 'process --dry-run' does.

            Examples:
              bitvmx-signer inspect /media/BITVMX/3f9c11aa-0002-alice-nonces.req.bvx
              bitvmx-signer inspect FILE --full --json
            """)

    @Argument(help: "Any bundle.")
    var file: String

    @Flag(name: .customLong("full"), help: "Ask for the passphrase and apply every rule.")
    var isFull = false

    @OptionGroup var state: StateOptions

    func run() throws {
        let bundle = try RequestFile.bundle(file)
        let isRequest = bundle.envelope.direction == .request
        if isRequest, bundle.envelope.kind != .identity, isFull || state.hasPassphraseSource {
            try inspectFully(bundle.bytes)
        } else {
            try inspectAlone(bundle)
        }
    }

    private func inspectFully(_ bytes: [UInt8]) throws {
        let signer = try state.openSigner()
        let examination = try signer.examine(
            bytes, environment: Machine.facts(stateDirectory: state.stateDirectory))
        let rules = examination.report.violations.map { "broken  \($0)" }
        let met = "met     \(examination.report.met.map(\.text).joined(separator: " "))"
        switch examination.outcome {
        case .refused(let error):
            rules.forEach(state.printer.say)
            state.printer.say(met)
            throw ProgramFailure(error)
        case .answered:
            state.printer.report(
                RequestReport.object(examination, nil),
                lines: ["This request was answered; 'process' writes the same bytes again."])
        case .ready(let prepared):
            state.printer.report(
                RequestReport.object(examination, prepared.screen),
                lines: RequestReport.lines(prepared.screen) + [""] + rules + [met])
        }
    }

    private func inspectAlone(_ bundle: SignedBundle) throws {
        let envelope = bundle.envelope
        let summary = try PayloadSummary(of: envelope)
        let limits =
            "Checked without the state: format, canonical encoding, the sender's "
            + "signature. Not checked: who the sender is, and every rule that needs the state."
        let words = Bytewords.words(for: bundle.digest).joined(separator: " ")
        state.printer.report(
            JSONObject([
                ("kind", .text(envelope.kind.word)),
                ("direction", .text(envelope.direction.word)),
                ("network", .text(envelope.network.rawValue)),
                ("ceremony", envelope.ceremony.map { .text($0.digest.hex) } ?? .null),
                ("sender", .text(envelope.sender.hex)),
                ("recipient", envelope.recipient.map { .text($0.hex) } ?? .null),
                ("sequence", .number(envelope.sequence)),
                ("previous", .text(envelope.previous.hex)),
                ("headIndex", .number(envelope.head.index)),
                ("head", .text(envelope.head.hash.hex)),
                ("digest", .text(bundle.digest.hex)), ("words", .text(words)),
                ("payload", .object(JSONObject(summary.rows.map { ($0.name, .text($0.text)) }))),
                ("stateOpened", .bool(false)),
            ]),
            lines: [
                "\(envelope.kind.word) \(envelope.direction.word) on \(envelope.network.rawValue)",
                "  ceremony:  \(envelope.ceremony.map(\.digest.hex) ?? "none")",
                "  sender:    \(envelope.sender.hex)",
                "  recipient: \(envelope.recipient.map(\.hex) ?? "everyone")",
                "  sequence:  \(envelope.sequence)",
                "  head:      \(envelope.head.index) \(envelope.head.hash.hex)",
                "  digest:    \(bundle.digest.hex)",
                "  words:     \(words)",
            ] + summary.rows.map { "  \($0.name): \(SafeText.printable($0.text))" } + ["", limits])
    }
}

/// A few words about a payload, for people.
struct PayloadSummary {
    let rows: [(name: String, text: String)]

    init(of envelope: Envelope) throws {
        do throws(ExchangeError) {
            rows =
                envelope.kind == .identity
                ? Self.identity(try .decoded(from: envelope.payload))
                : try Self.rows(envelope)
        } catch { throw ProgramFailure(error) }
    }

    private static func rows(
        _ envelope: Envelope
    ) throws(ExchangeError) -> [(name: String, text: String)] {
        guard envelope.direction == .request else { return try response(envelope) }
        switch try RequestPayload(of: envelope) {
        case .registration(let request): return definition(request.definition)
        case .nonces(let request):
            return [("attempt", "\(request.attempt)")] + evidence(request.evidence)
        case .partialSignatures(let request):
            return [
                ("attempt", "\(request.attempt)"), ("graph", request.graphDigest.hex),
                ("nonce bundles", "\(request.nonceBundles.count)"),
            ] + (request.evidence.map(evidence) ?? [])
        case .reveal(let request):
            return [
                ("variable", request.variable.text), ("message", Hex.encode(request.message)),
                ("headers", "\(request.proof.headers.count)"),
            ]
        case .status: return []
        }
    }

    private static func response(
        _ envelope: Envelope
    ) throws(ExchangeError) -> [(name: String, text: String)] {
        switch envelope.kind {
        case .keys:
            let response = try KeysResponse.decoded(from: envelope.payload)
            let oneTime = response.keys.oneTimeKeys.sorted { $0.key < $1.key }
            return [
                ("keys digest", response.keys.digest.hex),
                (
                    "one-time keys",
                    oneTime.map { "\($0.key) (\($0.value.parameters))" }.joined(separator: ", ")
                ),
            ]
        case .nonces:
            let response = try NoncesResponse.decoded(from: envelope.payload)
            return [
                ("attempt", "\(response.attempt)"), ("graph", response.graphDigest.hex),
                ("nonces", "\(response.nonces.count)"),
            ]
        case .partialSignatures:
            let response = try PartialSignaturesResponse.decoded(from: envelope.payload)
            return [
                ("attempt", "\(response.attempt)"), ("graph", response.graphDigest.hex),
                ("partial signatures", "\(response.signatures.count)"),
            ]
        case .reveal:
            let response = try RevealResponse.decoded(from: envelope.payload)
            return [
                ("variable", response.variable.text), ("message", Hex.encode(response.message)),
                ("profile", "\(response.signature.profileNumber)"),
            ]
        case .status:
            let response = try StatusResponse.decoded(from: envelope.payload)
            return [
                ("epoch", "\(response.epoch)"), ("ceremonies", "\(response.ceremonies.count)"),
            ]
        case .identity, .registration: return []
        }
    }

    private static func identity(_ payload: IdentityPayload) -> [(name: String, text: String)] {
        [("name", payload.name.text), ("role", payload.role.text)]
    }

    private static func definition(
        _ definition: CeremonyDefinition
    ) -> [(name: String, text: String)] {
        [
            ("title", definition.title), ("program", definition.program.rawValue),
            ("operators", definition.participants.map(\.name.text).joined(separator: ", ")),
            ("asset", "\(definition.lock.ordinalAmount)"),
            ("fee", "\(definition.lock.feeAmount)"),
            ("request time-out", "\(definition.lock.requestTimeout)"),
            ("end of life", "\(definition.lock.endOfLife)"),
        ]
    }

    private static func evidence(_ evidence: GraphEvidence) -> [(name: String, text: String)] {
        [
            ("graph", evidence.graphDigest.hex),
            ("funding", "\(evidence.funding.transaction.txid)"),
            ("keys bundles", "\(evidence.keysBundles.count)"),
            ("transactions", evidence.transactions.map(\.label).joined(separator: ", ")),
        ]
    }
}
