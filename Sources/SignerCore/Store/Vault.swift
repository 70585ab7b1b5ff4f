package import Primitives

/// All durable state of a signer: secrets sealed under a passphrase, the one-time ledger, nonce
/// sessions, ceremonies, peers, channels and the log.
///
/// One process at a time has it open. What a method returns is authenticated: whoever edits,
/// removes or brings back rows by hand is found out when the vault is opened. An older copy of the
/// whole directory is recognised by the anchor, which lies elsewhere.
///
/// One thread at a time may use it.
package final class Vault {
    package let location: VaultLocation
    let conditions: VaultSettings
    let book: RecordBook
    private let lock: WriterLock
    private var anchorFile: AnchorFile
    /// A commit failed half way: memory and disk may differ.
    private var needsReopening = false

    init(
        _ location: VaultLocation, _ settings: VaultSettings, lock: consuming WriterLock,
        book: RecordBook, anchorFile: AnchorFile
    ) {
        self.location = location
        conditions = settings
        self.lock = lock
        self.book = book
        self.anchorFile = anchorFile
    }

    /// The random id that the vault got when it was created.
    package var id: Bytes32 { book.keys.vault }
    /// How often history was lost, plus one; see `acknowledgeLostAnchor`.
    package var epoch: UInt64 { book.head.epoch }
    /// The number of the newest commit.
    package var commit: UInt64 { book.head.commit }
    /// Where the anchor is.
    package var anchorDirectory: String { anchorFile.directory }

    /// Commits the draft, if it changes anything, and anchors the commit.
    func commitDraft() throws(VaultError) {
        guard let next = book.nextHead() else {
            abandon()
            return
        }
        do throws(VaultError) {
            try HeadRow.write(next, book)
        } catch {
            abandon()
            throw error
        }
        conditions.probe.reached(.beforeCommit)
        do throws(VaultError) {
            try book.database.commit()
            conditions.probe.reached(.committed)
            try anchorFile.write(Anchor(next), book.keys)
        } catch {
            needsReopening = true
            abandon()
            throw error.afterWhichToReopen
        }
        book.adopt(next)
    }

    /// Undoes the open transaction.
    func abandon() {
        book.database.rollback()
        book.dropDraft()
    }

    /// Refuses everything after a commit whose fate is unknown.
    func requireSound() throws(VaultError) {
        guard !needsReopening else {
            throw .inputOutput(
                InputOutputFault(
                    "use after a failed commit", path: location.databasePath, code: 0,
                    reopen: true))
        }
    }

    /// Walks the whole log and authenticates every record once more.
    package func verify() throws(VaultError) {
        try requireSound()
        try book.verifyRecords()
        try log.verify()
    }

    /// Protects the vault with another passphrase.
    ///
    /// Atomic: afterwards only the new one opens it.
    ///
    /// - Parameter passphrase: Not empty.
    package func changePassphrase(to passphrase: Span<UInt8>) throws(VaultError) {
        let slot = try book.keys.wrapped(passphrase: passphrase, settings: conditions)
        try transaction { transaction throws(VaultError) in
            try KeySlotRow.write(slot, self.book.database)
            self.book.changeDraft { $0.keySlot = slot.digest }
            try transaction.log.append(LogEvent(.passphraseChanged))
        }
    }

    /// Moves the anchor to another directory, which must not hold one.
    package func moveAnchor(to directory: String) throws(VaultError) {
        try requireSound()
        let target = VaultLocation(
            stateDirectory: location.stateDirectory, anchorDirectory: directory)
        let place = AnchorPlace(target)
        let old = anchorFile
        let new = AnchorFile(directory: place.directory(of: target), probe: conditions.probe)
        guard new.directory != old.directory else { return }
        try Directory.create(new.directory)
        try PrivatePlace.checkDirectory(new.directory, conditions)
        guard try new.read() == nil else {
            throw .environment(.alreadyExists(path: new.path))
        }
        // Written before the move is recorded: a crash in between leaves the old one in force.
        try new.write(Anchor(book.head), book.keys)
        anchorFile = new
        do throws(VaultError) {
            try transaction { transaction throws(VaultError) in
                try place.record(in: self.book)
                try transaction.log.append(LogEvent(.note, detail: "anchor moved"))
            }
        } catch {
            anchorFile = old
            throw error
        }
        try Directory.removeFile(old.path)
    }
}

extension VaultError {
    /// The same failure, with the advice to open the vault again.
    var afterWhichToReopen: VaultError {
        guard case .inputOutput(let fault) = self else { return self }
        return .inputOutput(
            InputOutputFault(
                fault.operation, path: fault.path, source: fault.source, code: fault.code,
                reopen: true))
    }
}
