import ArgumentParser
import Bitcoin
import BitcoinNode
import Foundation
import Model
import Terminal
import WatcherCore
import WatcherStore

/// What every command takes.
struct WatcherOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder of the state (default: $BITVMX_WATCHER_STATE, else ~/.local/share/…).",
            valueName: "dir"))
    var state: String?

    @Option(help: ArgumentHelp("Address of the Bitcoin node.", valueName: "url"))
    var node = "http://127.0.0.1:18443"

    @Option(help: ArgumentHelp("Cookie file of the node.", valueName: "file"))
    var nodeCookie: String?

    @Option(help: ArgumentHelp("User name at the node.", valueName: "name"))
    var nodeUser: String?

    @Option(help: ArgumentHelp("File with the password at the node.", valueName: "file"))
    var nodePasswordFile: String?

    @Flag(help: "Report as one JSON object on standard output.")
    var json = false

    func validate() throws {
        guard (nodeUser == nil) == (nodePasswordFile == nil) else {
            throw ValidationError("--node-user and --node-password-file go together")
        }
        guard nodeCookie == nil || nodeUser == nil else {
            throw ValidationError("either --node-cookie or --node-user, not both")
        }
    }

    var printer: Printer { Printer(json: json) }

    var folder: String {
        if let state { return state }
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["BITVMX_WATCHER_STATE"], !folder.isEmpty { return folder }
        let home = environment["HOME"] ?? "."
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (data ?? home + "/.local/share") + "/bitvmx-watcher"
    }

    func open(for access: WatcherState.Access) throws -> WatcherState {
        try WatcherState.open(folder: folder, for: access)
    }

    /// The node of a network, not yet asked anything.
    func bitcoinNode(on network: Network) throws -> BitcoinNode {
        let credentials: NodeEndpoint.Credentials =
            if let nodeCookie {
                .cookie(path: nodeCookie)
            } else if let nodeUser, let nodePasswordFile {
                .password(user: nodeUser, path: nodePasswordFile)
            } else { .none }
        guard let endpoint = NodeEndpoint(url: node, credentials: credentials) else {
            throw ProgramFailure(
                .usage, "'\(SafeText.printable(node))' is not an http address",
                next: "write it like http://127.0.0.1:18443")
        }
        return BitcoinNode(endpoint: endpoint, network: network)
    }
}

/// A command that turns every error into an exit code, words and what to do next.
protocol WatcherCommand: AsyncParsableCommand {
    var options: WatcherOptions { get }
    func perform(_ printer: Printer) async throws
}

extension WatcherCommand {
    mutating func run() async throws {
        do {
            try await perform(options.printer)
        } catch let reported as ReportedFailure {
            throw ExitCode(reported.exit.rawValue)
        } catch {
            let failure = ProgramFailure(describing: error)
            options.printer.report(failure)
            throw ExitCode(failure.exit.rawValue)
        }
    }
}
