import ArgumentParser
import Exchange
import Glibc
import Model
import SignerCore
import Terminal

/// Hardens the process, then runs the command; the only place that ends the program.
@main
enum BitVMXSigner {
    static func main() {
        _ = signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let printer = Printer(json: arguments.contains("--json"))
        do {
            try Machine.requireHardened()
            var command = try SignerCommand.parseAsRoot(arguments)
            try command.run()
            exit(StandardOutput.exitAfterSuccess.rawValue)
        } catch let failure as ProgramFailure {
            fail(failure, printer)
        } catch let error as SignerError {
            fail(ProgramFailure(error), printer)
        } catch let error as VaultError {
            fail(ProgramFailure(error), printer)
        } catch let error as ExchangeError {
            fail(ProgramFailure(error), printer)
        } catch {
            leave(error, printer)
        }
    }

    private static func fail(_ failure: ProgramFailure, _ printer: Printer) -> Never {
        printer.report(failure)
        exit(failure.exit.rawValue)
    }

    /// Help and version end well; everything else that the parser throws is wrong use.
    private static func leave(_ error: any Error, _ printer: Printer) -> Never {
        if SignerCommand.exitCode(for: error).isSuccess {
            StandardOutput.write(Array((SignerCommand.fullMessage(for: error) + "\n").utf8))
            exit(StandardOutput.exitAfterSuccess.rawValue)
        }
        let message = SignerCommand.message(for: error)
        guard SignerCommand.exitCode(for: error) == .validationFailure else {
            fail(ProgramFailure(.internalError, message, next: "report this message"), printer)
        }
        guard !printer.isMachineReadable else {
            fail(ProgramFailure(.usage, message, next: "read the --help page"), printer)
        }
        printer.note(SignerCommand.fullMessage(for: error))
        exit(ProgramExit.usage.rawValue)
    }
}

/// The command line of the cold half.
struct SignerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bitvmx-signer",
        abstract: "Holds an operator's secrets and answers its watcher's requests, offline.",
        discussion: """
            A request comes on a medium, is rebuilt and judged here, shown to you, and answered \
            after you have typed three words. Nothing here talks to a network.

            Examples:
              bitvmx-signer init --name alice --network regtest
              bitvmx-signer identity -o /media/BITVMX
              bitvmx-signer enrol /media/BITVMX/00000000-0000-alice-identity.req.bvx
              bitvmx-signer inspect /media/BITVMX/3f9c11aa-0002-alice-nonces.req.bvx
              bitvmx-signer process FILE -o /media/BITVMX

            The passphrase is asked for on the terminal unless --passphrase-fd or \
            --passphrase-file gives it. Exit codes are those of docs/exit-codes.md.
            """,
        subcommands: [
            InitCommand.self, RestoreCommand.self, IdentityCommand.self, EnrolCommand.self,
            PeersCommand.self, InspectCommand.self, ProcessCommand.self, StatusCommand.self,
            SessionCommand.self, LogCommand.self, PayoutCommand.self, PassphraseCommand.self,
            RecoveryCommand.self, VersionCommand.self,
        ])
}
