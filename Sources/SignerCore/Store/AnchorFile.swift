import Glibc
import Primitives

/// The file of an anchor.
///
/// It is replaced in one step, never changed in place.
struct AnchorFile {
    let directory: String
    let probe: DurabilityProbe

    var path: String { directory + "/anchor.cbor" }
    private var partPath: String { path + ".part" }

    /// The file's content; `nil` when there is no file.
    func read() throws(VaultError) -> [UInt8]? {
        guard try PrivatePlace.exists(path) else { return nil }
        try PrivatePlace.checkFile(path)
        let file = try FileHandle(path, O_RDONLY, operation: "open the anchor")
        guard let bytes = try file.readAll(limit: Anchor.byteLimit) else {
            throw .rollback(.anchorDamaged(path: path))
        }
        return bytes
    }

    /// Reads the anchor of a vault.
    func read(_ keys: borrowing VaultKeys) throws(VaultError) -> Anchor {
        guard let bytes = try read() else { throw .rollback(.anchorMissing(path: path)) }
        if let claim = Anchor.claim(bytes), claim.vault != keys.vault {
            throw .rollback(.anchorOfAnotherVault(path: path))
        }
        guard let anchor = Anchor(bytes, keys: keys) else {
            throw .rollback(.anchorDamaged(path: path))
        }
        return anchor
    }

    /// Writes beside, syncs, renames, and syncs the directory.
    func write(_ anchor: Anchor, _ keys: borrowing VaultKeys) throws(VaultError) {
        // What a crash left behind has never been the anchor.
        try Directory.removeFile(partPath)
        try writePart(anchor.encoded(with: keys))
        try Directory.rename(partPath, to: path)
        probe.reached(.renamed)
        try Directory.sync(directory)
        probe.reached(.directorySynced)
    }

    private func writePart(_ bytes: [UInt8]) throws(VaultError) {
        let file = try FileHandle(
            partPath, O_WRONLY | O_CREAT | O_EXCL, operation: "create the anchor")
        try file.write(bytes)
        probe.reached(.partWritten)
        try file.sync()
        probe.reached(.partSynced)
    }
}
