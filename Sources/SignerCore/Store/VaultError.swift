package import Primitives

/// Why the vault did not do what it was asked for.
///
/// The families answer "what now": make the environment safe, repair the medium, do not use this
/// copy, or accept that the thing is spent. No case carries a secret.
package enum VaultError: Error, Equatable {
    /// Directories, files or the file system are not fit to hold a vault.
    case environment(EnvironmentFault)
    /// Another process holds the vault.
    case busy(path: String)
    /// A system call or SQLite failed; nothing was released.
    case inputOutput(InputOutputFault)
    /// The passphrase is wrong, or the file is not what this program wrote.
    case damaged(VaultDamage)
    /// Vault and anchor contradict each other.
    case rollback(RollbackFault)
    /// A nonce session or a one-time key is spent, or not in the state that the step needs.
    case spent(SpentFault)
    /// The change contradicts what is already recorded.
    case refused(RecordRefusal)
}

/// Why a place is not fit to hold a vault.
package enum EnvironmentFault: Error, Equatable {
    case missing(path: String)
    case alreadyExists(path: String)
    case symbolicLink(path: String)
    case wrongKind(path: String)
    case foreignOwner(path: String, owner: UInt32)
    /// Others than the owner have access.
    case openToOthers(path: String, mode: UInt32)
    /// The file system loses commits: memory, network, or without Unix permissions.
    case fileSystem(path: String, kind: String)
    /// The kernel's table of mounts cannot be read, so the file system is unknown.
    case fileSystemUnknown(path: String)
    /// No locked memory for secrets.
    case memory(SecretPageError)
    /// scrypt did not get its memory.
    case stretching(ScryptError)
    /// Fewer rounds of scrypt than the program accepts.
    case stretchingTooWeak(log2N: UInt8, minimum: UInt8)
    /// A passphrase is not empty.
    case passphraseEmpty
}

/// A failed operation on files, by name; `code` is an errno or an extended SQLite code.
package struct InputOutputFault: Error, Equatable {
    package enum Source: Hashable, Sendable {
        case system, database
    }

    package let operation: String
    package let path: String
    package let source: Source
    package let code: Int32
    /// The failed write leaves this `Vault` unusable: open it again to learn what is on the disk.
    package let reopen: Bool

    init(
        _ operation: String, path: String, source: Source = .system, code: Int32,
        reopen: Bool = false
    ) {
        self.operation = operation
        self.path = path
        self.source = source
        self.code = code
        self.reopen = reopen
    }
}

/// How a vault differs from what this program wrote.
package enum VaultDamage: Error, Equatable {
    case wrongPassphrase
    /// The unprotected part of the key slot is inconsistent in itself.
    case keySlotChanged
    /// A key slot of this vault, but not the newest: an old passphrase was brought back.
    case keySlotReplaced
    /// SQLite cannot read the file, or its length is wrong.
    case fileDamaged(detail: String)
    /// Written by a newer program.
    case unknownSchemaVersion(found: String)
    /// The tables are not those that the program creates.
    case schemaChanged(object: String)
    case recordMissing(RecordReference)
    case recordChanged(RecordReference)
    /// The content belongs to another record of the same table.
    case recordSwapped(RecordReference, holds: RecordReference)
    /// Genuine in itself, but not in the form that this program writes.
    case recordMalformed(RecordReference)
    /// Every record is genuine, but some are missing, repeated or older than they should be.
    case recordsRemoved(table: String, expected: UInt64, found: UInt64)
    /// As many genuine records as there should be, but not the newest ones.
    case recordsOutdated(table: String)
    case log(LogFault)
}

/// Names a record of the vault without its content.
package struct RecordReference: Hashable, Sendable {
    package let table: String
    package let key: [UInt8]

    package init(table: String, key: [UInt8]) {
        self.table = table
        self.key = key
    }
}

/// How vault and anchor contradict each other.
package enum RollbackFault: Error, Equatable {
    /// An older copy of the state directory: the newest commit has `anchor` as its number.
    case rolledBack(vault: UInt64, anchor: UInt64)
    /// Two histories with as many commits, or a next commit that does not follow from the anchor.
    case forked(commit: UInt64)
    /// The anchor file is not there; see `Vault.acknowledgeLostAnchor`.
    case anchorMissing(path: String)
    case anchorDamaged(path: String)
    case anchorOfAnotherVault(path: String)
    /// The anchor lags by more than the one commit that a crash explains.
    case anchorOutdated(vault: UInt64, anchor: UInt64)
    /// An anchor is there although the vault is not: the state was lost or removed.
    case anchorWithoutVault(path: String)
    /// The anchor is in order: there is no loss to acknowledge.
    case anchorNotLost
    /// The vault remembers another directory for its anchor.
    case anchorElsewhere(recorded: String, given: String)
}

/// Why something that happens once does not happen now.
package enum SpentFault: Error, Equatable {
    case sessionUnknown(Bytes32)
    /// The slot already has an open session over something else; abort it first.
    case slotOccupied(session: Bytes32, digest: Bytes32, asked: Bytes32)
    /// The second-round request has spent another session.
    case requestUsed(request: Bytes32, session: Bytes32)
    /// Not in the state that the step needs.
    case sessionNotReady(session: Bytes32, state: String)
    /// Burnt by another request: refused for ever.
    case sessionSpent(session: Bytes32, burntFor: Bytes32, asked: Bytes32)
    /// Burnt by this very request, but no response was stored: start a new first round.
    case sessionBurnt(session: Bytes32, request: Bytes32)
    /// Already signed for this request: the stored response is to be sent again.
    case sessionSigned(session: Bytes32, request: Bytes32)
    case sessionAborted(session: Bytes32)
    /// The session belongs to an epoch that has ended.
    case sessionOfEndedEpoch(session: Bytes32, epoch: UInt64, current: UInt64)
    /// The one-time key has signed another message: refused for ever.
    case keySpent(key: Bytes32, first: Bytes32, asked: Bytes32)
    /// The same message, but not the same bytes as the first time.
    case keyAnsweredDifferently(key: Bytes32)
    /// History was lost before this epoch, and nobody has vouched for the ceremony's keys since.
    case keyNotReconciled(key: Bytes32, ceremony: Bytes32, epoch: UInt64)
}

/// Why a record is not written.
package enum RecordRefusal: Error, Equatable {
    /// The record exists and is not to be replaced.
    case exists(RecordReference)
    case unknown(RecordReference)
    /// A value that is set once is already set to something else.
    case alreadyBound(RecordReference, to: Bytes32, asked: Bytes32)
    /// This public key was announced before.
    case keyAnnounced(digest: Bytes32, by: OneTimeKeyName)
    /// This name already has another public key.
    case nameTaken(OneTimeKeyName, by: Bytes32)
    /// A one-time key that was never announced by this signer under this name.
    case keyNotAnnounced(OneTimeKeyName)
    case sequenceRepeated(channel: [UInt8], last: UInt64, asked: UInt64)
    case sequenceGap(channel: [UInt8], last: UInt64, asked: UInt64)
    /// The request does not continue from the last response.
    case previousResponseDiffers(channel: [UInt8], last: Bytes32?, asked: Bytes32?)
    /// These bytes were not part of the commit, so they may not leave.
    case notCommitted(digest: Bytes32)
    case counterExhausted(name: String)
}
