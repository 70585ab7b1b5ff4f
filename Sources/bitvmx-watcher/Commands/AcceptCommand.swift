import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import Primitives
import Terminal
import Validation
import WatcherCore
import WatcherStore

/// `accept`: reads what signers answered.
struct AcceptCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accepts responses of the own signer and of the other operators' signers.",
        discussion: """
            Order and repetition do not matter. A file that is refused does not stop the
            others; the exit code is the one of the first that was. Partial signatures
            are verified one by one, and an invalid one names its author.

            EXAMPLES
              bitvmx-watcher accept /media/stick/3f9a1c02-0002-alice-nonces.res.bvx
              bitvmx-watcher accept /media/stick/*.res.bvx
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Response bundles.")
    var files: [String]

    /// What became of one file.
    private struct Outcome {
        let file: String
        let kind: BundleKind
        let sender: String
        let isNew: Bool

        var json: JSON {
            .object(
                JSONObject([
                    ("file", .text(file)), ("kind", .text(kind.word)),
                    ("from", .text(sender)), ("new", .bool(isNew)),
                ]))
        }

        var line: String {
            "\(isNew ? "accepted" : "known already"): \(kind.word) of \(sender)"
        }
    }

    func perform(_ printer: Printer) throws {
        var state = try options.open(for: .writing)
        var outcomes: [Outcome] = []
        var accusations: [String] = []
        var first: (any Error)?
        for file in files {
            do {
                let (outcome, accused) = try Self.accept(file, &state)
                outcomes.append(outcome)
                accusations += accused
                printer.say(outcome.line)
            } catch {
                let failure = ProgramFailure(describing: error)
                if files.count > 1 {
                    printer.note("refused '\(SafeText.printable(file))': \(failure.detail)")
                }
                first = first ?? error
            }
        }
        accusations.forEach { printer.note("wrong: \($0)") }
        if let first { throw first }
        let summaries = try ProgramSummary.all(of: state.watcher)
        printer.report(
            JSONObject([
                ("accepted", .array(outcomes.map(\.json))),
                ("wrong", .array(accusations.map(JSON.text))),
                ("programs", .array(summaries.map { .object($0.json) })),
            ]),
            lines: summaries.map { "program \($0.id.short): \($0.step.text)" })
    }

    private static func accept(
        _ file: String, _ state: inout WatcherState
    ) throws -> (Outcome, [String]) {
        let bytes = try BundleFile.read(file)
        let actions = try state.receive(.accepted(bundle: bytes))
        let envelope = try SignedBundle(decoding: bytes).envelope
        let sender = state.watcher.signers[envelope.sender]?.name.text ?? "?"
        let accused = actions.compactMap { action -> String? in
            guard case .accuse(_, let violation) = action else { return nil }
            return violation.description
        }
        let outcome = Outcome(
            file: file, kind: envelope.kind, sender: sender, isNew: !actions.isEmpty)
        return (outcome, accused)
    }
}

/// `status`: the whole watcher on one page.
struct StatusCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows the signer, the open request and every program.",
        discussion: """
            EXAMPLES
              bitvmx-watcher status
              bitvmx-watcher status --json
            """)

    @OptionGroup var options: WatcherOptions

    func perform(_ printer: Printer) throws {
        let watcher = try options.open(for: .reading).watcher
        let summaries = try ProgramSummary.all(of: watcher)
        let signer = watcher.ownSigner
        let channel = watcher.channel
        let open = channel.outstanding?.current.envelope
        printer.report(
            JSONObject([
                ("name", .text(watcher.name.text)),
                ("network", .text(watcher.network.rawValue)),
                ("identity", .text(watcher.identity.hex)),
                ("signer", signer.map { .text($0.identity.hex) } ?? .null),
                ("lastSequence", .number(channel.lastSequence)),
                (
                    "head",
                    .object(
                        JSONObject([
                            ("index", .number(channel.head.index)),
                            ("hash", .text(channel.head.hash.hex)),
                        ]))
                ), ("open", open.map(Self.json) ?? .null),
                ("state", .text(watcher.digest.hex)),
                ("programs", .array(summaries.map { .object($0.json) })),
            ]),
            lines: [
                "watcher '\(watcher.name)' on \(watcher.network.rawValue)",
                "signer: \(signer.map { "\($0.name) \($0.identity.hex)" } ?? "not enrolled")",
                "answered requests: \(channel.lastSequence), signer's log at entry "
                    + "\(channel.head.index)",
                "open request: \(open.map(Self.text) ?? "none")", "",
            ] + ProgramSummary.lines(summaries))
    }

    private static func json(_ envelope: Envelope) -> JSON {
        .object(
            JSONObject([
                ("sequence", .number(envelope.sequence)), ("kind", .text(envelope.kind.word)),
                ("ceremony", envelope.ceremony.map { .text($0.description) } ?? .null),
            ]))
    }

    private static func text(_ envelope: Envelope) -> String {
        "\(envelope.sequence), \(envelope.kind.word)"
            + (envelope.ceremony.map { " of program \($0.short)" } ?? "")
    }
}
