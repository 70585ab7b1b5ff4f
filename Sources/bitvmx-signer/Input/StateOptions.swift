import ArgumentParser
import Bitcoin
import Exchange
import Glibc
import Model
import Primitives
import SignerCore
import Terminal

/// Where the state is and how it is opened.
struct StateOptions: ParsableArguments {
    @Option(
        help: """
            The state directory (now: $BITVMX_SIGNER_STATE, else \
            ~/.local/share/bitvmx-signer).
            """)
    var state: String?

    @Option(
        name: .customLong("anchor"),
        help: "Where the anchor is that recognises older copies (now: beside the state).")
    var anchor: String?

    @Option(
        name: .customLong("passphrase-fd"),
        help: "Read the passphrase from this open file descriptor, up to a line end.")
    var passphraseDescriptor: Int32?

    @Option(
        name: .customLong("passphrase-file"),
        help: "Read the passphrase from this file of mode 0600, up to a line end.")
    var passphraseFile: String?

    @Flag(name: .customLong("json"), help: "Report as one JSON object on standard output.")
    var isMachineReadable = false

    var printer: Printer { Printer(json: isMachineReadable) }

    var location: VaultLocation {
        VaultLocation(stateDirectory: stateDirectory, anchorDirectory: anchor)
    }

    var stateDirectory: String {
        if let state, !state.isEmpty { return state }
        if let state = Machine.variable("BITVMX_SIGNER_STATE") { return state }
        return (Machine.variable("HOME") ?? "/root") + "/.local/share/bitvmx-signer"
    }

    var hasPassphraseSource: Bool { passphraseDescriptor != nil || passphraseFile != nil }

    /// Networks without value may keep their state anywhere; `Signer.open` and `init` hold mainnet
    /// to more.
    static var settings: VaultSettings { .production.allowingVolatileFileSystem() }

    /// Opens the signer, after the machine was found fit for its network.
    func openSigner() throws -> Signer {
        guard Machine.isDirectory(stateDirectory) else {
            throw ProgramFailure(VaultError.environment(.missing(path: stateDirectory)))
        }
        let signer = try Signer.open(at: location, unlock: try unlock())
        try Machine.facts(stateDirectory: stateDirectory).check(for: signer.profile.network)
        return signer
    }

    /// The passphrase of an existing vault.
    func unlock() throws(ProgramFailure) -> VaultUnlock {
        VaultUnlock(try passphrase(.existing, "Passphrase: "), settings: Self.settings)
    }

    func passphrase(
        _ use: PassphraseSource.Use, _ prompt: String
    ) throws(ProgramFailure) -> TypedSecret {
        try PassphraseSource(descriptor: passphraseDescriptor, file: passphraseFile)
            .read(use, prompt)
    }
}

extension VaultUnlock {
    init(_ secret: consuming TypedSecret, settings: VaultSettings) {
        let count = secret.byteCount
        self.init(passphrase: secret.page, byteCount: count, settings: settings)
    }
}

/// A folder on a medium that responses are written into.
struct OutputFolder {
    let path: String

    /// - Throws: `.media` where there is no such folder or nothing can be written into it: found
    ///   out before anything is committed.
    init(_ path: String) throws(ProgramFailure) {
        guard Machine.isDirectory(path) else {
            throw ProgramFailure(
                .media, "there is no folder \(path)", next: "mount the medium or create it")
        }
        guard Machine.isWritable(path) else {
            throw ProgramFailure(
                .media, "nothing can be written into \(path)",
                next: "look whether the medium is write-protected, or use another one")
        }
        self.path = path
    }

    /// Takes room for the answer to a request, before anything is committed.
    func reserve(
        for prepared: PreparedRequest, from signer: Signer
    ) throws(ProgramFailure) -> BundleReservation {
        let name = BundleName(
            ofAnswerTo: prepared.bundle.envelope, from: signer.profile.name)
        let before = umask(Self.publicMask)
        defer { umask(before) }
        do throws(ExchangeError) {
            return try BundleReservation(
                named: name.text, byteCount: prepared.responseByteLimit, in: path)
        } catch { throw ProgramFailure(error) }
    }

    /// Writes a release; the same bytes may be there already.
    func write(_ release: Release, from signer: Signer) throws -> String {
        let bundle = try Self.parsed(release)
        let name = BundleName(for: bundle.envelope, from: signer.profile.name)
        let before = umask(Self.publicMask)
        defer { umask(before) }
        return try BundleFile.write(release.bytes, named: name.text, to: path)
    }

    /// What leaves is public; the program's own files are not.
    private static let publicMask: mode_t = 0o022

    static func parsed(_ release: Release) throws(ProgramFailure) -> SignedBundle {
        do throws(ExchangeError) {
            return try SignedBundle(decoding: release.bytes)
        } catch { throw ProgramFailure(error) }
    }
}
