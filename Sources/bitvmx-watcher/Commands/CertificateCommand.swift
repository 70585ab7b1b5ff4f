import ArgumentParser
import Curve
import Exchange
import Model
import Primitives
import Terminal
import WatcherCore
import WatcherStore

/// `certificate`: proof of a finished ceremony.
struct CertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Exports and verifies the proof that all signers signed the same.",
        discussion: """
            A certificate holds the definition, the transcript (graph, keys, nonces) and
            every participant's signature over it. Verifying it needs no state and no
            network.

            EXAMPLES
              bitvmx-watcher certificate export 3f9a -o lock.certificate
              bitvmx-watcher certificate verify lock.certificate
            """,
        subcommands: [CertificateExportCommand.self, CertificateVerifyCommand.self])

    @OptionGroup var options: WatcherOptions
}

/// `certificate export`.
struct CertificateExportCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a ready program's certificate.",
        discussion: """
            EXAMPLES
              bitvmx-watcher certificate export 3f9a -o lock.certificate
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "Start of the program's id.")
    var id: String?

    @Option(name: [.short, .customLong("output")], help: "File to write.")
    var output: String

    func perform(_ printer: Printer) throws {
        let watcher = try options.open(for: .reading).watcher
        let id = try watcher.program(named: id)
        let assessment = try watcher.assessment(id)
        guard let certificate = assessment.certificate else {
            throw WatcherError.notReady(id, wait: watcher.nextStep(assessment).text)
        }
        try PlainFile.write(certificate.encoded(), to: output)
        printer.report(certificate.json(file: output), lines: ["wrote \(output)"])
    }
}

/// `certificate verify`.
struct CertificateVerifyCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies a certificate offline.",
        discussion: """
            Compare the program's words and the operators' keys with what you know of
            them: a certificate proves what they signed, not who they are.

            EXAMPLES
              bitvmx-watcher certificate verify lock.certificate
            """)

    @OptionGroup var options: WatcherOptions

    @Argument(help: "The certificate.")
    var file: String

    func perform(_ printer: Printer) throws {
        let bytes = try PlainFile.read(file, limit: CeremonyCertificate.byteLimit)
        let certificate = try CeremonyCertificate(decoding: bytes)
        let id = certificate.definition.id
        let words = Bytewords.words(for: id.digest).joined(separator: " ")
        printer.report(
            certificate.json(file: file),
            lines: [
                "valid: all \(certificate.shares.count) operators signed program \(id)",
                "words: \(words)",
                "graph \(certificate.transcript.graphDigest.hex), attempt "
                    + "\(certificate.transcript.attempt)",
            ]
                + certificate.definition.participants.map {
                    "  \($0.name) \($0.identity.hex)"
                })
    }
}

extension CeremonyCertificate {
    fileprivate func json(file: String) -> JSONObject {
        JSONObject([
            ("file", .text(file)), ("id", .text(definition.id.description)),
            ("attempt", .number(UInt64(transcript.attempt))),
            ("graph", .text(transcript.graphDigest.hex)),
            ("transcript", .text(transcript.digest.hex)),
            (
                "participants",
                .array(
                    definition.participants.map { participant in
                        .object(
                            JSONObject([
                                ("name", .text(participant.name.text)),
                                ("identity", .text(participant.identity.hex)),
                            ]))
                    })
            ),
        ])
    }
}
