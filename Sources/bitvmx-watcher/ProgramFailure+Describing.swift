import BitcoinNode
import Exchange
import Model
import Terminal
import Validation
import WatcherCore
import WatcherStore

extension ProgramFailure {
    /// The failure that an error of any layer is.
    init(describing error: any Error) {
        switch error {
        case let failure as ProgramFailure: self = failure
        case let error as WatcherError: self.init(error)
        case let error as ExchangeError: self.init(.exchange(error))
        case let error as StoreError:
            self.init(error.exit, error.description, next: error.advice)
        case let error as NodeError:
            self.init(error.exit, error.description, next: error.advice)
        case let error as DefinitionFileError:
            self.init(
                .malformed, error.description,
                next: "'bitvmx-watcher program template' prints a file with every key")
        case let error as ModelError: self.init(.malformed, error.description)
        default:
            self.init(
                .internalError, "unexpected: \(error)",
                next: "report this with the command line that led to it")
        }
    }

    private init(_ error: WatcherError) {
        var rules: [RuleID] = []
        if case .rule(_, let broken) = error { rules = broken }
        self.init(error.exit, error.description, next: Self.advice(for: error), rules: rules)
    }

    private static func advice(for error: WatcherError) -> String? {
        switch error {
        case .waiting(let waits): waits.first.map { advice(for: $0.step) }
        case .noSigner: "enrol it: 'bitvmx-watcher enrol FILE --as signer'"
        case .noPrograms: "create one: 'bitvmx-watcher program create lock.yaml'"
        case .unknownCeremony:
            "'bitvmx-watcher program list' shows what is there; create the program first"
        case .ambiguousCeremony: "give more digits of the id"
        case .unknownSender: "compare words with its operator and enrol it"
        case .outstanding:
            "accept its response; if the signer's operator said no, add --replace"
        case .conflict, .forkedLog, .logWentBack:
            "stop this program and talk to that operator; keep both files"
        case .exchange(let fault): advice(for: fault)
        case .unexpectedResponse, .answersAnotherRequest:
            "look for the response to the open request: 'bitvmx-watcher status'"
        case .rule(let violation, _): ProgramFailure(violation).next
        case .attemptNotBegun: "go on with 'bitvmx-watcher request next'"
        case .fundingIsBound:
            "a ceremony signs one graph; create a new program for another funding"
        case .notReady: "'bitvmx-watcher program show' says what is missing"
        default: nil
        }
    }

    private static func advice(for fault: ExchangeError) -> String {
        switch fault {
        case .badSignature: "ask its sender to write the bundle again"
        case .tooLarge, .notABundle, .unsupportedVersion, .malformed, .unknownKind,
            .unexpectedKind:
            "check that this is the right file, and copy it again"
        case .fileExists, .media, .readBackDiffers, .notARegularFile, .checksumDiffers:
            "look whether file and folder are there and the medium is not full or "
                + "write-protected; then repeat the command"
        }
    }

    private static func advice(for step: NextStep) -> String {
        switch step {
        case .wait, .waitForLastSigner:
            "get the file from that operator and 'bitvmx-watcher accept' it"
        case .pay:
            "'bitvmx-watcher program show' prints the addresses; then "
                + "'bitvmx-watcher program fund'"
        case .ask: "'bitvmx-watcher request next'"
        case .faulty: "start over: 'bitvmx-watcher program retry', or a new program"
        case .ready: "'bitvmx-watcher transaction publish'"
        }
    }
}
