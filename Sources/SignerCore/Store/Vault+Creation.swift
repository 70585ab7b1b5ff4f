import Glibc
import Primitives

/// Where the seed of a new vault comes from.
package enum VaultOrigin: Hashable, Sendable {
    /// It is made now: no key that follows from it was ever used.
    case freshSeed
    /// It is older than this vault: every ceremony must be reconciled before one of its one-time
    /// keys signs, because what they signed before is not in this ledger.
    case recoveredSeed
}

/// What a new vault is closed with, while it is being made.
struct VaultKey: ~Escapable {
    let passphrase: Span<UInt8>
    let settings: VaultSettings

    /// - Parameter passphrase: Not empty; its quality is the caller's concern.
    @_lifetime(copy passphrase)
    init(_ passphrase: Span<UInt8>, _ settings: VaultSettings) {
        self.passphrase = passphrase
        self.settings = settings
    }
}

extension Vault {
    /// Creates a vault with nothing in it and opens it.
    ///
    /// - Parameters:
    ///   - location: Directories that are missing are created for the owner alone.
    ///   - passphrase: Not empty; its quality is the caller's concern.
    package static func create(
        at location: VaultLocation, passphrase: Span<UInt8>, origin: VaultOrigin,
        settings: VaultSettings
    ) throws(VaultError) -> Vault {
        try create(
            at: location, key: VaultKey(passphrase, settings), origin: origin
        ) { _ throws(VaultError) in }
    }

    /// Creates a vault with its first content and opens it.
    ///
    /// The vault gets its name when it is complete: after a crash there is a whole one or none, and
    /// none may be created again.
    ///
    /// - Parameter contents: Writes what the vault is never without; part of its first commit.
    static func create(
        at location: VaultLocation, key: VaultKey, origin: VaultOrigin,
        contents: (VaultTransaction) throws(VaultError) -> Void
    ) throws(VaultError) -> Vault {
        let settings = key.settings
        _ = umask(0o077)
        try settings.check(settings.stretching)
        try Directory.create(location.stateDirectory)
        try PrivatePlace.checkDirectory(location.stateDirectory, settings)
        let lock = try WriterLock(location)
        guard try !PrivatePlace.exists(location.databasePath) else {
            throw .environment(.alreadyExists(path: location.databasePath))
        }
        let place = AnchorPlace(location)
        let anchorFile = AnchorFile(
            directory: place.directory(of: location), probe: settings.probe)
        try requireUnused(anchorFile)
        for suffix in ["", "-journal"] {
            try Directory.removeFile(location.provisionalPath + suffix)
        }
        let book = try build(location, key, origin, contents)
        try Directory.create(anchorFile.directory)
        try PrivatePlace.checkDirectory(anchorFile.directory, settings)
        try anchorFile.write(Anchor(book.head), book.keys)
        try Directory.rename(location.provisionalPath, to: location.databasePath)
        try Directory.sync(location.stateDirectory)
        settings.probe.reached(.vaultPublished)
        return try open(
            at: location, passphrase: key.passphrase, settings: settings, lock: lock)
    }

    /// An anchor without a vault belongs to a lost vault, unless it is that of a first commit: then
    /// creating was interrupted before the vault got its name.
    private static func requireUnused(_ anchorFile: AnchorFile) throws(VaultError) {
        guard let bytes = try anchorFile.read() else { return }
        guard let claim = Anchor.claim(bytes), claim.commit <= 1 else {
            throw .rollback(.anchorWithoutVault(path: anchorFile.path))
        }
    }

    /// Builds a complete vault under its provisional name and closes it.
    private static func build(
        _ location: VaultLocation, _ key: VaultKey, _ origin: VaultOrigin,
        _ contents: (VaultTransaction) throws(VaultError) -> Void
    ) throws(VaultError) -> RecordBook {
        var dataKey = try SecretPage(forVault: KeySlot.keyByteCount)
        dataKey.withMutableBytes { KernelEntropy.fill(&$0) }
        guard let id = Bytes32(KernelEntropy.bytes(Bytes32.byteCount)) else {
            preconditionFailure("32 random bytes are 32 bytes")
        }
        let slot = try KeySlot(
            wrapping: dataKey, vault: id, passphrase: key.passphrase, settings: key.settings)
        let database = try VaultDatabase.create(path: location.provisionalPath)
        let head = VaultHead(
            vault: id, keySlot: slot.digest, epoch: origin == .freshSeed ? 1 : 2)
        let book = RecordBook(
            database: database, keys: try VaultKeys(vault: id, dataKey: dataKey), head: head)
        try database.begin()
        book.beginDraft()
        try KeySlotRow.write(slot, database)
        try AnchorPlace(location).record(in: book)
        try HashChainedLog<WriteAccess>(book: book).append(
            LogEvent(
                .vaultCreated, [id],
                detail: origin == .freshSeed ? "fresh seed" : "recovered seed"))
        try contents(VaultTransaction(book: book))
        guard let next = book.nextHead() else {
            preconditionFailure("a new vault has records")
        }
        try HeadRow.write(next, book)
        try database.commit()
        book.adopt(next)
        try database.close()
        key.settings.probe.reached(.vaultBuilt)
        return book
    }
}
