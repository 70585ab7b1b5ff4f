import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Secrets
import SignerCore
import Terminal
import Validation

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where this signer and its ceremonies stand.",
        discussion: "Example:\n  bitvmx-signer status --json")

    @OptionGroup var state: StateOptions

    func run() throws {
        let signer = try state.openSigner()
        let ceremonies = try signer.ceremonies()
        let warnings =
            Machine.facts(stateDirectory: state.stateDirectory).dangers + anchorWarning(signer)
        var table = TextTable([
            ("ceremony", .left), ("title", .left), ("graph", .left), ("attempt", .right),
            ("session", .left),
        ])
        for ceremony in ceremonies {
            table.add([
                ceremony.definition.id.short, ceremony.definition.title,
                ceremony.graph.map { String($0.hex.prefix(8)) } ?? "-",
                ceremony.attempt.map { "\($0)" } ?? "-", ceremony.sessionState ?? "-",
            ])
        }
        let head = signer.head
        state.printer.report(
            JSONObject([
                ("name", .text(signer.profile.name.text)),
                ("network", .text(signer.profile.network.rawValue)),
                ("identity", .text(signer.profile.identity.hex)),
                ("epoch", .number(signer.vault.epoch)), ("commit", .number(signer.vault.commit)),
                ("headIndex", .number(head.index)), ("head", .text(head.hash.hex)),
                ("ceremonies", .array(ceremonies.map { .object(Self.object($0)) })),
                ("dangers", .array(warnings.map(JSON.text))),
            ]),
            lines: [
                "Signer '\(signer.profile.name)' on \(signer.profile.network.rawValue)",
                "  identity: \(signer.profile.identity.hex)",
                "  state:    epoch \(signer.vault.epoch), commit \(signer.vault.commit), "
                    + "log entry \(head.index)",
                "  head:     "
                    + Bytewords.words(for: head.hash).joined(separator: " "),
            ] + warnings.map { "  WARNING:  \($0)" }
                + (ceremonies.isEmpty ? ["No ceremony is registered."] : [""] + table.lines))
    }

    private func anchorWarning(_ signer: Signer) -> [String] {
        guard signer.profile.network == .mainnet,
            Machine.areOnSameDisk(state.stateDirectory, signer.vault.anchorDirectory)
        else { return [] }
        return ["the anchor is on the disk of the state"]
    }

    private static func object(_ ceremony: CeremonyStatus) -> JSONObject {
        JSONObject([
            ("ceremony", .text(ceremony.definition.id.digest.hex)),
            ("title", .text(ceremony.definition.title)),
            ("graph", ceremony.graph.map { .text($0.hex) } ?? .null),
            ("attempt", ceremony.attempt.map { .number(UInt64($0)) } ?? .null),
            ("session", ceremony.sessionState.map(JSON.text) ?? .null),
            ("payoutIndex", ceremony.payoutIndex.map { .number(UInt64($0)) } ?? .null),
            ("revealed", .array(ceremony.spentVariables.map { .text($0.text) })),
        ])
    }
}

struct SessionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "Signing sessions: nonces that wait between two visits.",
        subcommands: [Abort.self])

    struct Abort: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give up the newest session of a ceremony.",
            discussion: """
                Its nonces never sign. The watcher then starts a new attempt with 'program \
                retry'.

                Example:
                  bitvmx-signer session abort 3f9c11aa
                """)

        @Argument(help: "The ceremony's id, or its first four or more digits.")
        var ceremony: String

        @Option(help: "Agree to give up this ceremony's session: its whole id (64 hex digits).")
        var yes: String?

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            let id = try signer.ceremony(startingWith: ceremony)
            let proposal = try signer.proposeAbort(id)
            try confirm(proposal)
            let shield = SignalShield()
            try signer.abort(proposal)
            _ = consume shield
            state.printer.report(
                JSONObject([
                    ("ceremony", .text(id.digest.hex)),
                    ("attempt", .number(UInt64(proposal.attempt))),
                ]),
                lines: ["Attempt \(proposal.attempt) was given up; its nonces never sign."])
        }

        private func confirm(_ proposal: AbortProposal) throws {
            let id = proposal.definition.id.digest
            if let yes {
                guard yes.lowercased() == id.hex else {
                    throw ProgramFailure(.declined, "--yes names another ceremony")
                }
                return
            }
            try Consent.ask(
                Bytewords.words(for: id, count: 3).joined(separator: " "),
                lines: [
                    "Ceremony '\(proposal.definition.title)' (\(proposal.definition.id.short))",
                    "  attempt \(proposal.attempt), \(proposal.state)",
                ], question: "Give this session up for good?")
        }
    }
}

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "The hash-chained log of everything that this signer did.",
        subcommands: [Show.self, Verify.self, Head.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the newest entries.",
            discussion: "Example:\n  bitvmx-signer log show --count 50")

        @Option(help: "How many entries.")
        var count: UInt64 = 20

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            let entries = try LogStep.run { () throws(VaultError) in
                try signer.vault.log.newest(count)
            }
            let lines = entries.map { entry in
                let subjects = entry.event.subjects.map { String($0.hex.prefix(8)) }
                return SafeText.printable(
                    "\(entry.index + 1)  \(entry.event.kind.rawValue)  "
                        + subjects.joined(separator: " ") + "  \(entry.event.detail)")
            }
            let objects = entries.map { entry in
                JSON.object(
                    JSONObject([
                        ("index", .number(entry.index + 1)), ("hash", .text(entry.hash.hex)),
                        ("epoch", .number(entry.epoch)),
                        ("event", .text(entry.event.kind.rawValue)),
                        ("subjects", .array(entry.event.subjects.map { .text($0.hex) })),
                        ("detail", .text(entry.event.detail)),
                    ]))
            }
            state.printer.report(JSONObject([("entries", .array(objects))]), lines: lines)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk the whole log and every record.",
            discussion: "Example:\n  bitvmx-signer log verify")

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            try LogStep.run { () throws(VaultError) in try signer.vault.verify() }
            let head = signer.head
            state.printer.report(
                JSONObject([
                    ("entries", .number(head.index)), ("head", .text(head.hash.hex)),
                ]),
                lines: ["\(head.index) entries, unbroken; all records are genuine."])
        }
    }

    struct Head: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the newest entry's hash, in words.",
            discussion: """
                Write the words into the ceremony's minutes: at the next visit they show that \
                nothing was restored in between.

                Example:
                  bitvmx-signer log head
                """)

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            let head = signer.head
            let words = Bytewords.words(for: head.hash).joined(separator: " ")
            state.printer.report(
                JSONObject([
                    ("index", .number(head.index)), ("hash", .text(head.hash.hex)),
                    ("words", .text(words)), ("epoch", .number(signer.vault.epoch)),
                ]),
                lines: ["\(head.index)  \(words)", "  \(head.hash.hex)"])
        }
    }
}

/// Runs a step on the vault and turns its error into the program's.
enum LogStep {
    static func run<Value>(
        _ body: () throws(VaultError) -> Value
    ) throws(ProgramFailure) -> Value {
        do throws(VaultError) { return try body() } catch { throw ProgramFailure(error) }
    }
}

extension Signer {
    /// The registered ceremony whose id begins with some digits.
    func ceremony(startingWith prefix: String) throws -> CeremonyID {
        let wanted = prefix.lowercased()
        guard wanted.count >= 4 else {
            throw ProgramFailure(.usage, "at least four digits of the ceremony's id are needed")
        }
        let found = try ceremonies().map(\.definition.id)
            .filter { $0.digest.hex.hasPrefix(wanted) }
        guard found.count == 1, let id = found.first else {
            throw ProgramFailure(
                .usage,
                found.isEmpty
                    ? "no registered ceremony begins with these digits"
                    : "\(found.count) ceremonies begin with these digits",
                next: "'bitvmx-signer status' lists them")
        }
        return id
    }
}
