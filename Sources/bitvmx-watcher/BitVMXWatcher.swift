import ArgumentParser
import Foundation
import Glibc
import Model
import Terminal

/// The online half: programs, bundles, the chain.
///
/// Holds no protocol secret.
@main
struct BitVMXWatcher: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bitvmx-watcher",
        abstract: "Runs BitVMX programs and asks an offline signer for what they need.",
        discussion: """
            Everything a signer sees goes through files: 'request next' writes what the
            signer is asked, 'accept' reads what it and the other operators' signers
            answered. Files may be accepted in any order and any number of times.

            EXAMPLES
              bitvmx-watcher init --name alice --network regtest
              bitvmx-watcher program template > lock.yaml
              bitvmx-watcher program create lock.yaml
              bitvmx-watcher request next -o /media/stick
              bitvmx-watcher accept /media/stick/*.res.bvx

            EXIT CODES
              0 done, 2 usage, 3 refused by a rule, 4 operator said no, 5 graph differs,
              6 replay or rollback, 8 bad signature or unknown sender, 9 malformed, 10 I/O,
              12 unsafe environment, 13 state in use, 14 waiting for something,
              15 node down, wrong or not synchronised; of a program that was run:
              16 ended with another value than 0, 17 failed, 18 limit reached
            """,
        subcommands: [
            InitCommand.self, IdentityCommand.self, EnrolCommand.self, PeersCommand.self,
            ProgramCommand.self, RequestCommand.self, AcceptCommand.self, StatusCommand.self,
            TransactionCommand.self, FollowCommand.self, CertificateCommand.self,
            EmulatorCommand.self, ScriptCommand.self, VersionCommand.self,
        ])

    @OptionGroup var options: WatcherOptions

    static func main() async {
        // A node is reached directly: a proxy would see its password.
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
            unsafe unsetenv(name)
        }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Glibc.exit(StandardOutput.exitAfterSuccess.rawValue)
        } catch {
            Glibc.exit(end(error))
        }
    }

    /// Says what is to be said and gives the exit code.
    private static func end(_ error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        let text = fullMessage(for: error)
        if exitCode(for: error).isSuccess {
            StandardOutput.write(Array((text + "\n").utf8))
            return StandardOutput.exitAfterSuccess.rawValue
        }
        if CommandLine.arguments.contains("--json") {
            Printer(json: true).report(
                ProgramFailure(.usage, message(for: error), next: "read the --help page"))
        } else {
            let printer = Printer(json: false)
            printer.note(text)
            printer.note("next: read the --help page of the command")
        }
        return ProgramExit.usage.rawValue
    }
}
