import ArgumentParser
import Bitcoin
import Curve
import Model
import Primitives
import Secrets
import SignerCore
import Terminal
import Validation

struct PayoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payout",
        abstract: "The addresses that this operator's money goes to.",
        subcommands: [List.self, Descriptor.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the payout addresses of all ceremonies.",
            discussion: "Example:\n  bitvmx-signer payout list")

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            let account = try signer.payoutAccount()
            var table = TextTable([("index", .right), ("ceremony", .left), ("address", .left)])
            var objects: [JSON] = []
            for ceremony in try signer.ceremonies() {
                guard let index = ceremony.payoutIndex else { continue }
                let script = try SecretStep.run { () throws(SecretsError) in
                    Script(try account.output(at: index).scriptPubKey)
                }
                let address =
                    Address(scriptPubKey: script, network: signer.profile.network)?.description
                    ?? script.hex
                table.add(["\(index)", ceremony.definition.id.short, address])
                objects.append(
                    .object(
                        JSONObject([
                            ("index", .number(UInt64(index))),
                            ("ceremony", .text(ceremony.definition.id.digest.hex)),
                            ("address", .text(address)),
                        ])))
            }
            state.printer.report(
                JSONObject([("payouts", .array(objects))]),
                lines: objects.isEmpty ? ["No payout address was given out."] : table.lines)
        }
    }

    struct Descriptor: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the output descriptor of all payout addresses.",
            discussion: """
                Import it into a watch-only wallet to see the money. It has public keys only.

                Example:
                  bitvmx-signer payout descriptor
                """)

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            let descriptor = try signer.payoutAccount().descriptor
            state.printer.report(
                JSONObject([("descriptor", .text(descriptor))]), lines: [descriptor])
        }
    }
}

struct PassphraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passphrase",
        abstract: "The passphrase that opens the state.",
        subcommands: [Change.self])

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Protect the state with another passphrase.",
            discussion: """
                Older copies of the state still open with the old one, but are refused as older \
                copies.

                Examples:
                  bitvmx-signer passphrase change
                  bitvmx-signer passphrase change --passphrase-file old \\
                    --new-passphrase-file new
                """)

        @Option(
            name: .customLong("new-passphrase-fd"),
            help: "Read the new passphrase from this descriptor, up to a line end.")
        var newDescriptor: Int32?

        @Option(
            name: .customLong("new-passphrase-file"),
            help: "Read the new passphrase from this file of mode 0600, up to a line end.")
        var newFile: String?

        @OptionGroup var state: StateOptions

        func run() throws {
            let signer = try state.openSigner()
            let new = try PassphraseSource(descriptor: newDescriptor, file: newFile)
                .read(.new, "New passphrase: ")
            let count = new.byteCount
            let shield = SignalShield()
            try new.page.withBytes { bytes throws(ProgramFailure) in
                do throws(VaultError) {
                    try signer.vault.changePassphrase(to: bytes.extracting(first: count))
                } catch { throw ProgramFailure(error) }
            }
            _ = consume shield
            state.printer.report(
                JSONObject([("changed", .bool(true))]), lines: ["The passphrase was changed."])
        }
    }
}

struct RecoveryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery",
        abstract: "What is left to do after a loss.",
        subcommands: [LostAnchor.self, Reconcile.self])

    struct LostAnchor: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lost-anchor",
            abstract: "Go on without the anchor, at the price of everything that relied on it.",
            discussion: """
                Without its anchor a state cannot know whether it is the newest copy. So a new \
                epoch begins: open sessions are given up, and one-time keys wait until their \
                ceremony was reconciled.

                Example:
                  bitvmx-signer recovery lost-anchor
                """)

        @Option(help: "Agree beforehand: 'the anchor is lost'.")
        var yes: String?

        @OptionGroup var state: StateOptions

        func run() throws {
            let phrase = "the anchor is lost"
            if let yes {
                guard yes == phrase else {
                    throw ProgramFailure(.declined, "--yes takes '\(phrase)'")
                }
            } else {
                try Consent.ask(
                    phrase,
                    lines: ["A new epoch begins; open signing sessions are given up."],
                    question: "Is the anchor lost for good, and is this the newest state?")
            }
            let signer = try Signer.openWithoutAnchor(
                at: state.location, unlock: try state.unlock(),
                environment: Machine.facts(stateDirectory: state.stateDirectory))
            state.printer.report(
                JSONObject([("epoch", .number(signer.vault.epoch))]),
                lines: ["Epoch \(signer.vault.epoch) has begun, with a new anchor."])
        }
    }

    struct Reconcile: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Vouch that a ceremony's one-time keys have signed nothing unknown.",
            discussion: """
                After a loss this signer does not know what its one-time keys have signed. \
                Compare with every other operator's watcher first: a key that signs two \
                messages loses its owner's money.

                Example:
                  bitvmx-signer recovery reconcile 3f9c11aa --evidence SHA256-OF-THE-MINUTES
                """)

        @Argument(help: "The ceremony's id, or its first four or more digits.")
        var ceremony: String

        @Option(help: "SHA-256 of the minutes in which the comparison is written down.")
        var evidence: String

        @Option(help: "Agree beforehand: the ceremony's whole id (64 hex digits).")
        var yes: String?

        @OptionGroup var state: StateOptions

        func run() throws {
            guard let evidence = Bytes32(hex: evidence) else {
                throw ProgramFailure(.usage, "--evidence takes 64 hex digits")
            }
            let signer = try state.openSigner()
            let id = try signer.ceremony(startingWith: ceremony)
            if let yes {
                guard yes.lowercased() == id.digest.hex else {
                    throw ProgramFailure(.declined, "--yes names another ceremony")
                }
            } else {
                try Consent.ask(
                    Bytewords.words(for: id.digest, count: 3).joined(separator: " "),
                    lines: ["Ceremony \(id.digest.hex)"],
                    question: "Have you compared with every other operator?")
            }
            try signer.reconcile(id, evidence: evidence)
            state.printer.report(
                JSONObject([("ceremony", .text(id.digest.hex))]),
                lines: ["The one-time keys of \(id.short) may sign again."])
        }
    }
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Say what this program was built from.",
        discussion: "Example:\n  bitvmx-signer version --json")

    @Flag(name: .customLong("json"), help: "Report as one JSON object on standard output.")
    var isMachineReadable = false

    func run() throws {
        let facts = BuildFacts()
        let rows: [(String, String)] = [
            ("version", ProductVersion.number), ("swift", facts.swift),
            ("openssl", facts.openSSL),
            ("secp256k1", "\(facts.secp256k1) by the headers of the build; self-test passed"),
            ("sqlite", facts.sqlite), ("hashing", facts.hashing),
            ("platform", facts.platform), ("bundleFormat", "\(facts.bundleFormat)"),
            ("programs", facts.programs.joined(separator: " ")),
        ]
        Printer(json: isMachineReadable).report(
            JSONObject(
                [("program", .text("bitvmx-signer"))] + rows.map { ($0.0, .text($0.1)) }
                    + [("rules", .number(UInt64(facts.ruleCount)))]),
            lines: ["bitvmx-signer"] + rows.map { "  \($0.0): \($0.1)" }
                + ["  rules: \(facts.ruleCount)"])
    }
}
