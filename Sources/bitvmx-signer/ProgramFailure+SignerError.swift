import Exchange
import Model
import MuSig2
import Primitives
import Protocols
import Secrets
import SignerCore
import Terminal
import Validation

// The one place that turns the signer's errors into exit codes and advice.
extension ProgramFailure {
    init(_ error: SignerError) {
        switch error {
        case .vault(let fault): self.init(fault)
        case .exchange(let fault): self.init(fault)
        case .refused(let report):
            guard let first = report.errors.first else {
                preconditionFailure("a report refuses by an error")
            }
            self.init(first, in: report)
        case .session(let refusal): self.init(refusal)
        case .enrolment(let fault): self.init(fault)
        case .secrets(let fault): self.init(fault)
        case .program(let fault):
            self.init(
                .graphDiffers, "\(fault)",
                next: "do not sign; compare definition, keys and funding with the others")
        case .signing(let fault):
            self.init(
                .alreadySpent, "no signature was made (\(fault)); the session is burnt",
                next: "let the watcher start a new attempt")
        case .notASigner:
            self.init(
                .vault, "the state directory holds a vault without a signer",
                next: "no version of this program leaves such a state; name another one with "
                    + "--state")
        case .unsafeMachine(let dangers):
            self.init(
                .unsafeEnvironment, dangers.joined(separator: "; "),
                next: "take the machine off every network and switch swap off")
        }
    }

    init(_ error: ProcessHardeningError) {
        switch error {
        case .traced(let process):
            self.init(
                .unsafeEnvironment, "process \(process) traces this one",
                next: "run the signer without a debugger")
        case .refused(let protection, let code):
            self.init(
                .unsafeEnvironment, "the kernel refused \(protection.rawValue) (errno \(code))",
                next: "use a Linux kernel with seccomp, and no outer sandbox that forbids it")
        }
    }

    init(_ error: ExchangeError) {
        switch error {
        case .badSignature:
            self.init(
                .badSignature, "\(error)", next: "ask its sender to write the bundle again")
        case .tooLarge, .notABundle, .unsupportedVersion, .malformed, .unknownKind,
            .unexpectedKind:
            self.init(
                .malformed, "\(error)",
                next: "check that this is the right file, and copy it again")
        case .fileExists, .media, .readBackDiffers, .notARegularFile, .checksumDiffers:
            self.init(
                .media, "\(error)",
                next: "check the medium and repeat the command: a stored answer is written "
                    + "again, never made again")
        }
    }

    private init(_ refusal: SessionRefusal) {
        switch refusal {
        case .alreadyRegistered(let ceremony):
            self.init(
                .refusedByRule, "ceremony \(ceremony.short) is registered already",
                next: "use the keys that were announced then")
        case .attemptUsed(let asked, let last):
            self.init(
                .alreadySpent, "attempt \(asked) was begun before; the newest is \(last)",
                next: "let the watcher start a new attempt")
        case .attemptTooFar(let asked, let last):
            self.init(
                .refusedByRule, "the request is for attempt \(asked); the newest is \(last)",
                next: "ask the other operators who named that attempt, and start the next one")
        case .attemptOpen(let attempt):
            self.init(
                .alreadySpent, "the nonces of attempt \(attempt) still wait to sign",
                next: "finish it, or give it up with 'bitvmx-signer session abort'")
        case .attemptDiffers(let asked, let current):
            self.init(
                .alreadySpent, "the request is for attempt \(asked), the nonces for \(current)",
                next: "let the watcher ask for the current attempt")
        case .notBegun(let ceremony):
            self.init(
                .incomplete, "no nonces were released for ceremony \(ceremony.short)",
                next: "process the nonces request first")
        case .graphDiffers(let asked, let bound):
            self.init(
                .graphDiffers,
                "the request is for graph \(asked.hex.prefix(16))..., the session for "
                    + "\(bound.hex.prefix(16))...",
                next: "do not sign; compare definition, keys and funding with the others")
        case .signsLast:
            self.init(
                .refusedByRule, "this operator signs last and releases no nonces alone",
                next: "send the others' nonces with a partial-signatures request")
        case .evidenceMissing:
            self.init(
                .incomplete, "the participant that signs last needs the graph's evidence",
                next: "let the watcher write the request again")
        case .evidenceSurplus:
            self.init(
                .refusedByRule, "this operator has judged the graph; a second one is not taken",
                next: "let the watcher write the request without evidence")
        case .notRegistered(let ceremony):
            self.init(
                .refusedByRule, "ceremony \(ceremony.short) is not registered",
                next: "process its registration request first")
        case .nothingToAbort(let ceremony):
            self.init(
                .refusedByRule, "ceremony \(ceremony.short) has no session to give up",
                next: "'bitvmx-signer status' shows where each ceremony stands")
        case .examinedBefore, .otherConfirmation:
            self.init(.internalError, "the state changed behind the screen")
        }
    }

    private init(_ fault: EnrolmentFault) {
        switch fault {
        case .notAnIdentity(let reason):
            self.init(
                .malformed, "not an identity: \(reason)",
                next: "ask for the file that 'identity' writes")
        case .otherNetwork(let network):
            self.init(
                .refusedByRule, "the identity is for \(network)",
                next: "enrol identities of this signer's network only")
        case .ownIdentity:
            self.init(
                .refusedByRule, "this is the signer's own identity",
                next: "enrol the watcher and the other operators' signers")
        case .nameTaken(let name):
            self.init(
                .refusedByRule, "somebody else is enrolled as '\(name)'",
                next: "every operator of a program needs a name of its own")
        case .enrolledAs(let other):
            self.init(
                .refusedByRule, "this identity is enrolled as \(other)",
                next: "ask its owner which name is right")
        }
    }

    init(_ error: SecretsError) {
        switch error {
        case .page(.notLocked):
            self.init(
                .unsafeEnvironment, "secrets cannot be locked in memory",
                next: "raise the limit of locked memory (ulimit -l)")
        case .wordCount(let count):
            self.init(
                .usage, "\(count) words; a mnemonic has 12, 15, 18, 21 or 24",
                next: "type all words again")
        case .unknownWords(let places):
            let list = places.map { "\($0 + 1)" }.joined(separator: ", ")
            self.init(
                .usage, "not in the word list: word \(list)", next: "type all words again")
        case .mnemonicChecksum:
            self.init(
                .usage, "the words do not belong together: one is wrong, or their order",
                next: "compare with the backup and type all words again")
        case .unexpectedSymbol(let index):
            self.init(
                .usage, "character \(index + 1) is neither a roll nor a toss",
                next: "dice give the digits 1 to 6, coins h and t")
        default:
            self.init(.internalError, "secret material: \(error)")
        }
    }
}
