import Glibc
import Primitives

extension Vault {
    /// Opens a vault: takes the lock, examines every record, and compares with the anchor.
    ///
    /// One commit whose anchor a crash prevented is accepted, and its anchor is written.
    ///
    /// - Throws: `.busy` while another process has it; `.environment`, `.inputOutput` for the
    ///   place; `.damaged` for the passphrase and for every kind of changed content; `.rollback`
    ///   when the anchor says that this is not the newest state, or is not there.
    package static func open(
        at location: VaultLocation, passphrase: Span<UInt8>, settings: VaultSettings
    ) throws(VaultError) -> Vault {
        _ = umask(0o077)
        try PrivatePlace.checkDirectory(location.stateDirectory, settings)
        try PrivatePlace.checkFile(location.databasePath)
        let lock = try WriterLock(location)
        return try open(
            at: location, passphrase: passphrase, settings: settings, lock: lock)
    }

    static func open(
        at location: VaultLocation, passphrase: Span<UInt8>, settings: VaultSettings,
        lock: consuming WriterLock
    ) throws(VaultError) -> Vault {
        let book = try unlock(location, passphrase, settings)
        let place = try AnchorPlace(book)
        let anchorFile = AnchorFile(
            directory: place.directory(of: location), probe: settings.probe)
        if let given = location.anchorDirectory, given != anchorFile.directory {
            throw .rollback(.anchorElsewhere(recorded: anchorFile.directory, given: given))
        }
        let anchor = try anchorFile.read(book.keys)
        try PrivatePlace.checkDirectory(anchorFile.directory, settings)
        switch try AnchorVerdict.judge(book.head, anchor) {
        case .current: break
        case .oneCommitAhead: try anchorFile.write(Anchor(book.head), book.keys)
        }
        return Vault(location, settings, lock: lock, book: book, anchorFile: anchorFile)
    }

    /// Opens a vault whose anchor is lost, at the price of everything that relied on it.
    ///
    /// Without its anchor a vault cannot know whether it is the newest copy. So a new epoch begins:
    /// every open nonce session is aborted and its root removed, and one-time keys sign nothing new
    /// before their ceremony is reconciled. An anchor directory other than the recorded one
    /// becomes the new place, and what is left of the anchor in the old one is removed.
    ///
    /// - Throws: `.rollback(.anchorNotLost)` when the anchor is in order, and what `open` throws;
    ///   an anchor that is newer than the vault, or another vault's, is not a loss.
    package static func acknowledgeLostAnchor(
        at location: VaultLocation, passphrase: Span<UInt8>, settings: VaultSettings
    ) throws(VaultError) -> Vault {
        try openWithoutAnchor(
            at: location, passphrase: passphrase, settings: settings
        ).beginEpoch()
    }

    /// The first half of `acknowledgeLostAnchor`, which changes nothing.
    static func openWithoutAnchor(
        at location: VaultLocation, passphrase: Span<UInt8>, settings: VaultSettings
    ) throws(VaultError) -> UnanchoredVault {
        _ = umask(0o077)
        try PrivatePlace.checkDirectory(location.stateDirectory, settings)
        try PrivatePlace.checkFile(location.databasePath)
        let lock = try WriterLock(location)
        let book = try unlock(location, passphrase, settings)
        let recorded = try AnchorPlace(book)
        let old = AnchorFile(
            directory: recorded.directory(of: location), probe: settings.probe)
        try requireLost(old, book)
        let place = location.anchorDirectory == nil ? recorded : AnchorPlace(location)
        let new = AnchorFile(directory: place.directory(of: location), probe: settings.probe)
        if place != recorded { try requireLost(new, book) }
        let vault = Vault(location, settings, lock: lock, book: book, anchorFile: new)
        return UnanchoredVault(
            vault: vault, place: place, new: new, old: place == recorded ? nil : old)
    }

    private static func requireLost(
        _ anchorFile: AnchorFile, _ book: RecordBook
    ) throws(VaultError) {
        do throws(VaultError) {
            _ = try AnchorVerdict.judge(book.head, try anchorFile.read(book.keys))
        } catch .rollback(.anchorMissing), .rollback(.anchorDamaged), .rollback(.anchorOutdated) {
            return
        }
        throw .rollback(.anchorNotLost)
    }

    fileprivate func beginEpoch(_ place: AnchorPlace) throws(VaultError) {
        try transaction { transaction throws(VaultError) in
            for session in try transaction.nonceSessions.all() where session.state.isOpen {
                try transaction.nonceSessions.abort(session.id, reason: "the epoch has ended")
            }
            self.book.changeDraft { $0.epoch += 1 }
            try place.record(in: self.book)
            try transaction.log.append(
                LogEvent(.epochBegun, detail: "lost anchor acknowledged"))
        }
    }

    /// Decrypts and authenticates everything in the file.
    private static func unlock(
        _ location: VaultLocation, _ passphrase: Span<UInt8>, _ settings: VaultSettings
    ) throws(VaultError) -> RecordBook {
        let database = try VaultDatabase.open(path: location.databasePath)
        try database.checkFile()
        let slot = try KeySlotRow.read(database)
        let dataKey = try slot.open(passphrase: passphrase, settings: settings)
        let keys = try VaultKeys(vault: slot.vault, dataKey: dataKey)
        let head = try HeadRow.read(database, keys)
        guard head.keySlot == slot.digest else { throw .damaged(.keySlotReplaced) }
        let book = RecordBook(database: database, keys: keys, head: head)
        try book.verifyRecords()
        try HashChainedLog<ReadAccess>(book: book).verify()
        return book
    }
}

/// A vault whose anchor is lost: it can be looked at, and changed only after `beginEpoch`.
struct UnanchoredVault {
    let vault: Vault
    fileprivate let place: AnchorPlace
    fileprivate let new: AnchorFile
    /// The anchor of the place that is given up.
    fileprivate let old: AnchorFile?

    /// Ends the epoch, with an anchor in the new place.
    func beginEpoch() throws(VaultError) -> Vault {
        try Directory.create(new.directory)
        try PrivatePlace.checkDirectory(new.directory, vault.conditions)
        try vault.beginEpoch(place)
        // It would stand in the way of moving the anchor back. What cannot be reached is gone.
        if let old { try? Directory.removeFile(old.path) }
        return vault
    }
}
