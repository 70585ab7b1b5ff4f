import Glibc
import Model
import Primitives
import SignerCore
import Terminal

extension ProgramFailure {
    init(_ error: VaultError) {
        switch error {
        case .environment(let fault): self.init(fault)
        case .busy(let path):
            self.init(
                .busy, "another process uses \(path)", next: "wait until it has ended")
        case .inputOutput(let fault):
            let reason =
                fault.source == .database
                ? "SQLite code \(fault.code)" : unsafe String(cString: strerror(fault.code))
            self.init(
                .media, "cannot \(fault.operation) \(fault.path): \(reason)",
                next: "repair the disk and repeat the command; nothing was released")
        case .damaged(.wrongPassphrase):
            self.init(.vault, "wrong passphrase", next: "try again")
        case .damaged(let damage):
            self.init(
                .vault, "the vault is damaged or was edited: \(damage)",
                next: "do not use this copy; restore from the words starts a new epoch")
        case .rollback(let fault): self.init(fault)
        case .spent(let fault): self.init(fault)
        case .refused(let refusal): self.init(refusal)
        }
    }

    private init(_ fault: EnvironmentFault) {
        switch fault {
        case .missing(let path):
            self.init(
                .usage, "there is no signer at \(path)",
                next: "run 'bitvmx-signer init', or name the place with --state")
        case .alreadyExists(let path):
            self.init(
                .usage, "\(path) exists already",
                next: "a signer is made once; choose another --state for a second one")
        case .passphraseEmpty:
            self.init(.usage, "the passphrase is empty", next: "choose a longer one")
        case .openToOthers(let path, let mode):
            self.init(
                .unsafeEnvironment, "others can read \(path) (mode \(String(mode, radix: 8)))",
                next: "chmod go= \(path)")
        case .fileSystem(let path, let kind):
            self.init(
                .unsafeEnvironment, "\(path) is on \(kind), which may lose the state",
                next: "keep the state on a disk with ext4, btrfs or xfs")
        case .memory:
            self.init(
                .unsafeEnvironment, "secrets cannot be locked in memory",
                next: "raise the limit of locked memory (ulimit -l)")
        default:
            self.init(
                .unsafeEnvironment, "\(fault)",
                next: "keep the state in a private directory on a local disk")
        }
    }

    private init(_ fault: RollbackFault) {
        let advice = "use the newest copy of the state; an older one never signs again"
        switch fault {
        case .rolledBack(let vault, let anchor):
            self.init(
                .replayOrRollback,
                "this state is an older copy: commit \(vault), the newest is \(anchor)",
                next: advice)
        case .forked(let commit):
            self.init(
                .replayOrRollback, "there are two histories with commit \(commit)",
                next: advice)
        case .anchorMissing(let path):
            self.init(
                .replayOrRollback, "the anchor \(path) is missing",
                next: "bring it back; if it is lost for good: 'bitvmx-signer recovery "
                    + "lost-anchor'")
        default:
            self.init(.replayOrRollback, "vault and anchor disagree: \(fault)", next: advice)
        }
    }

    private init(_ fault: SpentFault) {
        let retry = "let the watcher start a new attempt"
        switch fault {
        case .sessionSpent(_, let first, let asked):
            self.init(
                .alreadySpent,
                "the nonces were spent for request \(first.hex.prefix(16))..., never for "
                    + "\(asked.hex.prefix(16))...", next: retry)
        case .sessionBurnt:
            self.init(
                .alreadySpent,
                "the nonces were burnt for this request, and no answer was stored",
                next: retry)
        case .sessionAborted:
            self.init(.alreadySpent, "the session was given up", next: retry)
        case .sessionSigned:
            self.init(.alreadySpent, "the session has signed already", next: retry)
        case .keySpent(_, let first, let asked):
            self.init(
                .alreadySpent,
                "the one-time key has signed \(first.hex.prefix(16))..., never "
                    + "\(asked.hex.prefix(16))...",
                next: "a one-time key signs one message; find out why two are asked for")
        case .keyNotReconciled:
            self.init(
                .alreadySpent,
                "history was lost: what this one-time key has signed is not known",
                next: "compare with the other operators, then 'bitvmx-signer recovery "
                    + "reconcile'")
        default:
            self.init(.alreadySpent, "\(fault)", next: retry)
        }
    }

    private init(_ refusal: RecordRefusal) {
        switch refusal {
        case .sequenceRepeated, .sequenceGap, .previousResponseDiffers:
            self.init(
                .replayOrRollback, "\(refusal)",
                next: "compare the newest log head with your watcher's")
        case .alreadyBound:
            self.init(
                .graphDiffers, "the ceremony is bound to something else",
                next: "do not sign; compare keys and graph with the others")
        default:
            self.init(.refusedByRule, "\(refusal)", next: "nothing was changed")
        }
    }
}
