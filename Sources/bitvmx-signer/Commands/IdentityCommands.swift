import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import SignerCore
import Terminal

struct IdentityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Write this signer's identity to a medium.",
        discussion: """
            Your own watcher and all other operators enrol it after comparing its words with you.

            Example:
              bitvmx-signer identity -o /media/BITVMX
            """)

    @Option(name: .shortAndLong, help: "The folder to write into.")
    var output: String

    @OptionGroup var state: StateOptions

    func run() throws {
        let folder = try OutputFolder(output)
        let signer = try state.openSigner()
        let release = try signer.identityCard()
        let path = try folder.write(release, from: signer)
        let fingerprint = Fingerprint(
            of: IdentityPayload(name: signer.profile.name, role: .signer),
            key: signer.profile.identity, network: signer.profile.network)
        state.printer.report(
            JSONObject([
                ("file", .text(path)), ("identity", .text(signer.profile.identity.hex)),
                ("fingerprint", .text(fingerprint.digest.hex)),
                ("words", .text(fingerprint.spoken)),
            ]),
            lines: [
                "Wrote \(path)", "  words: \(fingerprint.spoken)",
                "Say these words to whoever enrols you. The medium can be removed now.",
            ])
    }
}

struct EnrolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Believe an identity: your own watcher's, or another operator's signer.",
        discussion: """
            Compare the eight words with the owner of the identity, by voice or face to face, \
            before you agree: everything later rests on it.

            Examples:
              bitvmx-signer enrol /media/BITVMX/00000000-0000-bob-identity.res.bvx
              bitvmx-signer enrol FILE --words "able acid also apex aqua arch atom aunt"
            """)

    @Argument(help: "An identity bundle.")
    var file: String

    @Option(help: "Agree to exactly this fingerprint (64 hex digits), without asking.")
    var yes: String?

    @Option(help: "Agree to exactly these eight words, without asking.")
    var words: String?

    @OptionGroup var state: StateOptions

    func run() throws {
        let card = try IdentityCard(decoding: try RequestFile.read(file))
        let fingerprint = Fingerprint(
            of: card.payload, key: card.identity, network: card.network)
        let signer = try state.openSigner()
        try confirm(card, fingerprint)
        try signer.enrol(card, fingerprint: fingerprint.digest)
        state.printer.report(
            JSONObject([
                ("name", .text(card.payload.name.text)),
                ("role", .text(card.payload.role.text)),
                ("identity", .text(card.identity.hex)),
                ("fingerprint", .text(fingerprint.digest.hex)),
            ]),
            lines: ["Enrolled the \(card.payload.role.text) of '\(card.payload.name)'."])
    }

    private func confirm(_ card: IdentityCard, _ fingerprint: Fingerprint) throws {
        if let yes {
            guard yes.lowercased() == fingerprint.digest.hex else { throw Self.differs }
            return
        }
        if let words {
            guard words.split(separator: " ").joined(separator: " ") == fingerprint.spoken
            else { throw Self.differs }
            return
        }
        let phrase = fingerprint.words.prefix(3).joined(separator: " ")
        let lines = [
            "The \(card.payload.role.text) of '\(card.payload.name)' on "
                + "\(card.network.rawValue)",
            "  key:   \(card.identity.hex)", "  words: \(fingerprint.spoken)",
        ]
        try Consent.ask(
            phrase, lines: lines, question: "Has its owner told you the same eight words?")
    }

    private static let differs = ProgramFailure(
        .declined, "the identity has another fingerprint than the one agreed to",
        next: "compare the words with its owner again")
}

struct PeersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peers",
        abstract: "List who is enrolled.",
        discussion: "Example:\n  bitvmx-signer peers --json")

    @OptionGroup var state: StateOptions

    func run() throws {
        let signer = try state.openSigner()
        let peers = try signer.peers()
        var table = TextTable([("role", .left), ("name", .left), ("words", .left)])
        for peer in peers {
            let words = Bytewords.words(for: peer.fingerprint).joined(separator: " ")
            table.add([peer.role.text, peer.name.text, words])
        }
        let objects = peers.map { peer in
            JSON.object(
                JSONObject([
                    ("role", .text(peer.role.text)), ("name", .text(peer.name.text)),
                    ("identity", .text(peer.identity.hex)),
                    ("fingerprint", .text(peer.fingerprint.hex)),
                ]))
        }
        state.printer.report(
            JSONObject([("peers", .array(objects))]),
            lines: peers.isEmpty ? ["Nobody is enrolled."] : table.lines)
    }
}
