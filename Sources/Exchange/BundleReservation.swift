/// Room for a bundle file on a medium, taken before there is a bundle.
///
/// A full or read-only medium shows itself here, while nothing has happened yet that would have to
/// be undone. What is left to go wrong afterwards is a medium that vanishes, or a folder that has no
/// room for one more name.
package struct BundleReservation: ~Copyable {
    private let folder: String
    private let name: String
    private let content: PartFile
    private let checksum: PartFile

    /// Takes room for a file of at most `byteCount` bytes and for its checksum.
    ///
    /// - Throws: `ExchangeError.fileExists` when the name is taken, `.media` when the medium is
    ///   full, read-only or gone. The folder is as before.
    package init(
        named name: String, byteCount: Int, in folder: String
    ) throws(ExchangeError) {
        precondition(!name.contains("/"), "the name of a bundle file is not a path")
        let path = folder + "/" + name
        for taken in [name, name + ".sha256"] where BundleFile.exists(folder + "/" + taken) {
            throw .fileExists(name: taken)
        }
        let line = BundleFile.checksumLine(of: [], named: name)
        let content = try PartFile(for: path, byteCount: byteCount)
        let checksum = try PartFile(for: path + ".sha256", byteCount: line.count)
        try BundleFile.syncFolder(folder)
        self.folder = folder
        self.name = name
        self.content = content
        self.checksum = checksum
    }

    /// Writes the bundle into its room: synced, read back and compared, then named; the checksum
    /// comes last.
    ///
    /// - Returns: The path of the file.
    /// - Throws: `ExchangeError.media`, `.readBackDiffers`, `.fileExists`.
    package consuming func fill(_ bytes: [UInt8]) throws(ExchangeError) -> String {
        try content.fill(bytes)
        try checksum.fill(BundleFile.checksumLine(of: bytes, named: name))
        try content.giveName()
        try BundleFile.syncFolder(folder)
        try checksum.giveName()
        try BundleFile.syncFolder(folder)
        return folder + "/" + name
    }
}
