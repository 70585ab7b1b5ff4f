import Primitives

// Sentences for the operator: what is wrong, and what to do about it.

extension VaultError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .environment(let fault): fault.description
        case .busy(let path): "\(path) is in use by another process; wait until it has ended"
        case .inputOutput(let fault): fault.description
        case .damaged(let damage): damage.description
        case .rollback(let fault): fault.description
        case .spent(let fault): fault.description
        case .refused(let refusal): "refused: \(refusal)"
        }
    }
}

extension EnvironmentFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path): "\(path) does not exist"
        case .alreadyExists(let path): "\(path) exists already"
        case .symbolicLink(let path): "\(path) is a symbolic link; name the place itself"
        case .wrongKind(let path): "\(path) is not the kind of file that it should be"
        case .foreignOwner(let path, let owner): "\(path) belongs to user \(owner)"
        case .openToOthers(let path, let mode):
            "\(path) is open to others (mode \(String(mode, radix: 8))); allow the owner alone"
        case .fileSystem(let path, let kind):
            """
            \(path) is on \(kind), which may lose a commit; use ext4, btrfs, xfs, zfs or f2fs on a \
            local disk
            """
        case .fileSystemUnknown(let path): "the file system of \(path) cannot be determined"
        case .memory(let reason): "no locked memory for secrets: \(reason)"
        case .stretching(let reason): "the passphrase cannot be stretched: \(reason)"
        case .stretchingTooWeak(let log2N, let minimum):
            "scrypt with N = 2^\(log2N) is too weak; at least 2^\(minimum) is required"
        case .passphraseEmpty: "the passphrase is empty"
        }
    }
}

extension InputOutputFault: CustomStringConvertible {
    package var description: String {
        let source =
            switch self.source {
            case .system: "errno"
            case .database: "SQLite code"
            }
        let advice =
            reopen ? "; what is on the disk is known after opening the vault again" : ""
        return "cannot \(operation): \(path) (\(source) \(code))\(advice)"
    }
}

extension RecordReference: CustomStringConvertible {
    package var description: String {
        key.isEmpty ? table : "\(table) \(Hex.encode(key))"
    }
}

extension VaultDamage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongPassphrase: "wrong passphrase"
        case .keySlotChanged: "the key slot was changed"
        case .keySlotReplaced: "the key slot is an older one: a former passphrase was brought back"
        case .fileDamaged(let detail): "the vault's file is damaged: \(detail)"
        case .unknownSchemaVersion(let found):
            "the vault was written by another version of this program (\(found))"
        case .schemaChanged(let object): "the vault's tables were changed: \(object)"
        case .recordMissing(let record): "missing in the vault: \(record)"
        case .recordChanged(let record): "changed in the vault: \(record)"
        case .recordSwapped(let record, let other): "\(record) holds the content of \(other)"
        case .recordMalformed(let record): "not in this program's form: \(record)"
        case .recordsRemoved(let table, let expected, let found):
            "\(table) has \(found) records, not \(expected): some were removed or added"
        case .recordsOutdated(let table): "\(table) holds older records than it should"
        case .log(let fault): "the log is broken: \(fault)"
        }
    }
}

extension RollbackFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .rolledBack(let vault, let anchor):
            """
            this is an older copy of the vault: it ends with commit \(vault), the anchor knows \
            \(anchor); do not use it, find the newest state
            """
        case .forked(let commit):
            "vault and anchor have different histories at commit \(commit); do not use this copy"
        case .anchorMissing(let path):
            """
            the anchor \(path) is missing; bring it back, or acknowledge the loss, which aborts \
            every open nonce session and asks for every ceremony to be reconciled
            """
        case .anchorDamaged(let path):
            "the anchor \(path) is damaged; bring it back, or acknowledge the loss"
        case .anchorOfAnotherVault(let path): "\(path) is the anchor of another vault"
        case .anchorOutdated(let vault, let anchor):
            """
            the anchor is of commit \(anchor), the vault of commit \(vault); bring back the newest \
            anchor, or acknowledge the loss
            """
        case .anchorWithoutVault(let path):
            """
            there is an anchor at \(path) but no vault: bring the vault back, or move the anchor \
            away if its vault is gone for good
            """
        case .anchorNotLost: "the anchor is in order: there is no loss to acknowledge"
        case .anchorElsewhere(let recorded, let given):
            "the vault's anchor is in \(recorded), not in \(given); move it with the vault open"
        }
    }
}

extension SpentFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sessionUnknown(let id): "no nonce session \(id)"
        case .slotOccupied(let session, let digest, let asked):
            """
            nonce session \(session) over \(digest) is open; abort it before asking for \(asked)
            """
        case .requestUsed(let request, let session):
            "request \(request) has already spent nonce session \(session)"
        case .sessionNotReady(let session, let state):
            "nonce session \(session) is \(state)"
        case .sessionSpent(let session, let burntFor, let asked):
            """
            nonce session \(session) was spent for request \(burntFor) and answers no other, \
            not \(asked)
            """
        case .sessionBurnt(let session, _):
            """
            nonce session \(session) was burnt before its response was stored; start a new \
            first round
            """
        case .sessionSigned(let session, _):
            "nonce session \(session) is signed; send its response again"
        case .sessionAborted(let session): "nonce session \(session) was aborted"
        case .sessionOfEndedEpoch(let session, let epoch, let current):
            "nonce session \(session) belongs to epoch \(epoch), now is \(current)"
        case .keySpent(let key, let first, let asked):
            "one-time key \(key) has signed \(first) and signs nothing else, not \(asked)"
        case .keyAnsweredDifferently(let key):
            "one-time key \(key) has signed this message, but not with these bytes"
        case .keyNotReconciled(_, let ceremony, let epoch):
            """
            history was lost before epoch \(epoch); reconcile ceremony \(ceremony) before its \
            one-time keys sign
            """
        }
    }
}
