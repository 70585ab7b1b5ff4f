package import Foundation

/// One operator's two programs with their states, in folders that can be copied and moved.
package struct ProgramOperator: Sendable {
    /// A command that had to succeed and did not.
    package struct Unexpected: Error, CustomStringConvertible {
        package let description: String
    }

    package let name: String
    /// Holds `signer`, `signer-anchor`, `watcher` and the passphrase.
    package let folder: URL
    private let signerProgram: Program
    private let watcherProgram: Program

    /// - Parameter parent: The operator's folder is made in there, unless it exists.
    package init(_ name: String, in parent: URL) throws {
        self.name = name
        folder = parent.appending(path: name)
        signerProgram = try Program(built: "bitvmx-signer")
        watcherProgram = try Program(built: "bitvmx-watcher")
        let files = FileManager.default
        guard !files.fileExists(atPath: folder.path) else { return }
        try files.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let passphrase = folder.appending(path: "passphrase")
        try Data("the passphrase of \(name)\n".utf8).write(to: passphrase)
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passphrase.path)
    }

    package var place: Program.Place {
        Program.Place(
            folder,
            environment: [
                "BITVMX_SIGNER_STATE": folder.appending(path: "signer").path,
                "BITVMX_WATCHER_STATE": folder.appending(path: "watcher").path,
            ])
    }

    package func signer(
        _ arguments: String..., in place: Program.Place? = nil
    ) throws -> ProgramResult {
        try signerProgram.run(
            arguments + ["--passphrase-file", folder.appending(path: "passphrase").path],
            in: place ?? self.place)
    }

    package func watcher(_ arguments: String...) throws -> ProgramResult {
        try watcher(arguments)
    }

    package func watcher(_ arguments: [String]) throws -> ProgramResult {
        try watcherProgram.run(arguments, in: place)
    }

    /// The report of a signer's command that has to succeed.
    @discardableResult
    package func signerReport(_ arguments: String...) throws -> ProgramReport {
        let all =
            arguments + [
                "--json", "--passphrase-file", folder.appending(path: "passphrase").path,
            ]
        return try Self.report(of: signerProgram.run(all, in: place), name, all)
    }

    /// The report of a watcher's command that has to succeed.
    @discardableResult
    package func watcherReport(_ arguments: String...) throws -> ProgramReport {
        try watcherReport(arguments)
    }

    @discardableResult
    package func watcherReport(_ arguments: [String]) throws -> ProgramReport {
        let all = arguments + ["--json"]
        return try Self.report(of: watcherProgram.run(all, in: place), name, all)
    }

    private static func report(
        of result: ProgramResult, _ name: String, _ arguments: [String]
    ) throws -> ProgramReport {
        guard result.status == 0 else {
            throw Unexpected(
                description: "\(name): \(arguments.joined(separator: " ")): \(result.text)")
        }
        return try result.report()
    }

    // MARK: - State

    /// Everything that the signer keeps, by file name: two equal pictures are an unchanged state.
    package func signerState() throws -> [String: Data] {
        try Self.files(in: folder.appending(path: "signer"))
            .merging(Self.files(in: folder.appending(path: "signer-anchor"))) { $1 }
    }

    /// Where the watcher stands, with a digest of its whole state.
    package func watcherState() throws -> ProgramReport {
        try watcherReport("status")
    }

    private static func files(in folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let file = folder.appending(path: name)
                return (file.path, try Data(contentsOf: file))
            })
    }
}
