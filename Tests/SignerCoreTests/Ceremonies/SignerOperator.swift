import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import Primitives
import Secrets
import SignerCore
import TestSupport
import Testing
import Validation

/// One operator of a test: a real signer on disk, and a watcher that says what the test wants.
final class SignerOperator {
    let name: OperatorName
    let seed: [UInt8]
    let watcher: FixtureKey
    let location: VaultLocation
    private(set) var signer: Signer

    /// How far the channel has come, as an honest watcher sees it.
    var sequence: UInt64 = 0
    var previous = Bytes32.zero
    var head = LogHead.empty

    init(
        _ name: String, network: Network = .regtest, folder: String? = nil,
        origin: VaultOrigin = .freshSeed
    ) throws {
        self.name = try OperatorName(name)
        seed = SHA256.hash(Array(name.utf8)).bytes + SHA256.hash(Array("\(name)2".utf8)).bytes
        watcher = try FixtureKey("watcher of \(name)")
        let folder = try folder ?? VaultScene.temporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        location = VaultLocation(stateDirectory: folder + "/state")
        let page = try SecretPage.holding(seed)
        signer = try Signer.create(
            NewSigner(
                name: self.name, network: network, coldTripBlocks: nil, origin: origin),
            seed: Seed(page), at: location, unlock: Self.unlock())
    }

    static func unlock(probe: DurabilityProbe = .none) throws -> VaultUnlock {
        let passphrase = VaultScene.passphrase
        return VaultUnlock(
            passphrase: try SecretPage.holding(passphrase), byteCount: passphrase.count,
            settings: .unsafeForTests(probe: probe))
    }

    var identity: XOnlyPublicKey { signer.profile.identity }
    var folder: String { String(location.stateDirectory.dropLast("/state".count)) }

    /// Everything on the disk: two equal pictures are an unchanged state.
    func picture() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for place in [location.stateDirectory, location.stateDirectory + "-anchor"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: place) {
                let path = place + "/" + name
                files[path] = try Data(contentsOf: URL(filePath: path))
            }
        }
        return files
    }

    // MARK: - Identities

    func card() throws -> [UInt8] { try signer.identityCard().bytes }

    func watcherCard(network: Network = .regtest) throws -> [UInt8] {
        let envelope = Envelope(
            kind: .identity, direction: .request, network: network, ceremony: nil,
            sender: watcher.xOnly, recipient: nil, sequence: 0, previous: .zero, head: .empty,
            payload: IdentityPayload(name: name, role: .watcher).encoded())
        return try FixtureBundle.sign(envelope, with: watcher).bytes
    }

    func enrol(_ card: [UInt8]) throws {
        let card = try IdentityCard(decoding: card)
        try signer.enrol(card, fingerprint: SHA256.hash(card.bundle.bytes))
    }

    /// A bundle that this operator's signer would never make, under its true signature.
    func forge(_ envelope: Envelope) throws -> SignedBundle {
        let page = try SecretPage.holding(seed)
        let derivation = try SecretDerivation(seed: Seed(page))
        let key = try derivation.identityKey(.regtest)
        return try SignedBundle(
            envelope,
            signature: key.schnorrSign(message: envelope.digest.bytes, auxiliary: .zero))
    }

    // MARK: - Requests

    /// The request that is next on the channel.
    func request(
        _ kind: BundleKind, _ payload: some BundlePayload, _ ceremony: CeremonyID?
    ) throws -> SignedBundle {
        try FixtureBundle.sign(envelope(kind, payload.encoded(), ceremony), with: watcher)
    }

    func envelope(_ kind: BundleKind, _ payload: [UInt8], _ ceremony: CeremonyID?) -> Envelope {
        Envelope(
            kind: kind, direction: .request, network: .regtest, ceremony: ceremony,
            sender: watcher.xOnly, recipient: identity, sequence: sequence + 1,
            previous: previous, head: head, payload: payload)
    }

    /// Examines a request, agrees, and takes the answer to the watcher.
    @discardableResult
    func answer(_ request: SignedBundle) throws -> SignedBundle {
        let release = try perform(request)
        let response = try SignedBundle(decoding: release.bytes)
        sequence = request.envelope.sequence
        previous = response.digest
        head = response.envelope.head
        return response
    }

    /// The answer's bytes, without telling the watcher.
    func perform(_ request: SignedBundle) throws -> Release {
        let examination = try signer.examine(request.bytes, environment: .unexamined)
        switch examination.outcome {
        case .answered(let release): return release
        case .refused(let error): throw error
        case .ready(let prepared):
            let confirmation = try #require(
                Confirmation(typed: prepared.screen.phrase, for: prepared))
            return try signer.perform(prepared, confirmation)
        }
    }

    /// Why a request is refused; nothing on the disk may change.
    func refusal(
        of bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> SignerError {
        let before = try picture()
        let error = #expect(throws: SignerError.self, sourceLocation: sourceLocation) {
            let examination = try self.signer.examine(bytes, environment: .unexamined)
            if case .refused(let error) = examination.outcome { throw error }
        }
        let after = try picture()
        #expect(before == after, sourceLocation: sourceLocation)
        return try #require(error, sourceLocation: sourceLocation)
    }

    // MARK: - State

    func reopen() throws {
        try closeAfter {}
    }

    /// Lets go of the vault, does something to its files, and opens it again.
    func closeAfter(_ change: () throws -> Void) throws {
        let spare = try Self.placeholder()
        signer = spare
        try change()
        signer = try Signer.open(at: location, unlock: Self.unlock())
    }

    /// Opens the vault without its anchor, as its operator does after a loss.
    func acknowledgeLostAnchor() throws {
        signer = try Self.placeholder()
        signer = try Signer.openWithoutAnchor(
            at: location, unlock: Self.unlock(), environment: .unexamined)
    }

    /// A signer that holds the place while the true one is closed.
    private static func placeholder() throws -> Signer {
        let folder = try VaultScene.temporaryDirectory()
        let page = try SecretPage.holding([UInt8](repeating: 1, count: Seed.byteCount))
        return try Signer.create(
            NewSigner(
                name: OperatorName("nobody"), network: .regtest, coldTripBlocks: nil,
                origin: .freshSeed),
            seed: Seed(page), at: VaultLocation(stateDirectory: folder + "/state"),
            unlock: unlock())
    }
}

extension SignerError {
    /// The rule that a refusal names first.
    var firstRule: String? {
        guard case .refused(let report) = self else { return nil }
        return report.errors.first?.rule.text
    }
}
