import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Terminal
import WatcherCore
import WatcherStore

/// `identity`: writes who this watcher is.
struct IdentityCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Writes this watcher's identity bundle, for its signer to enrol.",
        discussion: """
            The signer's operator compares the eight words on both screens before
            believing it.

            EXAMPLES
              bitvmx-watcher identity -o /media/stick
            """)

    @OptionGroup var options: WatcherOptions

    @Option(name: [.short, .customLong("output")], help: "Folder to write to.")
    var output: String

    func perform(_ printer: Printer) throws {
        let state = try options.open(for: .reading)
        let watcher = state.watcher
        let bundle = try state.sign(
            Envelope(
                kind: .identity, direction: .request, network: watcher.network, ceremony: nil,
                sender: watcher.identity, recipient: nil, sequence: 0, previous: .zero,
                head: .empty, payload: watcher.identityPayload.encoded()))
        let name = BundleName(for: bundle.envelope, from: watcher.name)
        let path = try BundleFile.write(bundle.bytes, named: name.text, to: output)
        let fingerprint = watcher.fingerprint
        printer.report(
            JSONObject([
                ("file", .text(path)), ("name", .text(watcher.name.text)),
                ("role", .text(ProgramRole.watcher.text)),
                ("identity", .text(watcher.identity.hex)),
                ("fingerprint", .text(fingerprint.digest.hex)),
                ("words", .text(fingerprint.spoken)),
            ]),
            lines: [
                "wrote \(path)", "words: \(fingerprint.spoken)",
                "fingerprint: \(fingerprint.digest.hex)",
            ])
    }
}
