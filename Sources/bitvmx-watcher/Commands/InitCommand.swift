import ArgumentParser
import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Terminal
import WatcherCore
import WatcherStore

/// `init`: makes the state.
struct InitCommand: WatcherCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes this watcher's state and its identity key.",
        discussion: """
            The key signs requests and nothing else; it holds no money. The name is your
            operator's name, the same as your signer's.

            EXAMPLES
              bitvmx-watcher init --name alice --network regtest
              bitvmx-watcher init --name alice --network mainnet --state /srv/watcher
            """)

    @OptionGroup var options: WatcherOptions

    @Option(help: "Name of this operator: 1 to 24 of a-z, 0-9 and '-'.")
    var name: String

    @Option(help: "mainnet, testnet4, signet or regtest.")
    var network: String

    func perform(_ printer: Printer) throws {
        guard let chain = Network(name: network) else {
            throw ProgramFailure(
                .usage, "'\(SafeText.printable(network))' is not a network",
                next: "one of \(Network.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let operatorName: OperatorName
        do {
            operatorName = try OperatorName(name)
        } catch {
            throw ProgramFailure(.usage, error.description)
        }
        let state = try WatcherState.initialise(
            folder: options.folder, name: operatorName, network: chain)
        let watcher = state.watcher
        let fingerprint = watcher.fingerprint
        printer.report(
            JSONObject([
                ("name", .text(watcher.name.text)), ("network", .text(chain.rawValue)),
                ("identity", .text(watcher.identity.hex)),
                ("fingerprint", .text(fingerprint.digest.hex)),
                ("words", .text(fingerprint.spoken)),
                ("state", .text(options.folder)),
            ]),
            lines: [
                "watcher '\(watcher.name)' on \(chain.rawValue), state in \(options.folder)",
                "words: \(fingerprint.spoken)",
                "next: bitvmx-watcher identity -o DIR, and enrol it at your signer",
            ])
    }
}

extension Watcher {
    var identityPayload: IdentityPayload { IdentityPayload(name: name, role: .watcher) }

    /// What this watcher's own words are.
    var fingerprint: Fingerprint {
        Fingerprint(of: identityPayload, key: identity, network: network)
    }
}
