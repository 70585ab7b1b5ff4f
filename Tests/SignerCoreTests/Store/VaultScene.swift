import Foundation
import GRDB
import Primitives
import SignerCore
import Testing

/// A vault in a temporary directory, and ways to ill-treat it.
final class VaultScene: Sendable {
    let root: String
    let passphrase: [UInt8]

    static let passphrase = Array("correct horse battery staple".utf8)

    init(passphrase: [UInt8] = VaultScene.passphrase) throws {
        self.passphrase = passphrase
        root = try Self.temporaryDirectory()
    }

    /// A copy of another scene, the anchor included.
    init(copying other: VaultScene) throws {
        passphrase = other.passphrase
        root = try Self.temporaryDirectory()
        for name in try FileManager.default.contentsOfDirectory(atPath: other.root) {
            try FileManager.default.copyItem(
                atPath: other.root + "/" + name, toPath: root + "/" + name)
        }
    }

    var state: String { root + "/state" }
    var database: String { state + "/vault.sqlite" }
    var anchorDirectory: String { state + "-anchor" }
    var anchor: String { anchorDirectory + "/anchor.cbor" }
    var location: VaultLocation { VaultLocation(stateDirectory: state) }

    @discardableResult
    func create(
        at location: VaultLocation? = nil, origin: VaultOrigin = .freshSeed,
        settings: VaultSettings = .unsafeForTests()
    ) throws -> Vault {
        let passphrase = passphrase
        return try Vault.create(
            at: location ?? self.location, passphrase: passphrase.span, origin: origin,
            settings: settings)
    }

    func open(settings: VaultSettings = .unsafeForTests()) throws -> Vault {
        try open(passphrase, settings: settings)
    }

    func open(
        _ passphrase: [UInt8], at location: VaultLocation? = nil,
        settings: VaultSettings = .unsafeForTests()
    ) throws -> Vault {
        try Vault.open(
            at: location ?? self.location, passphrase: passphrase.span, settings: settings)
    }

    func acknowledgeLostAnchor() throws -> Vault {
        let passphrase = passphrase
        return try Vault.acknowledgeLostAnchor(
            at: location, passphrase: passphrase.span, settings: .unsafeForTests())
    }

    /// Changes the database behind the vault's back.
    func edit(_ sql: String, _ arguments: StatementArguments = []) throws {
        let queue = try DatabaseQueue(path: database)
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }

    func query<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: database)
        let value = try queue.read(body)
        try queue.close()
        return value
    }

    /// Keeps a copy of the state directory for `bringBack`.
    func backUp(_ name: String) throws {
        try FileManager.default.copyItem(atPath: state, toPath: root + "/" + name)
    }

    func bringBack(_ name: String) throws {
        try FileManager.default.removeItem(atPath: state)
        try FileManager.default.copyItem(atPath: root + "/" + name, toPath: state)
    }

    /// A new directory, which goes away when the process exits.
    static func temporaryDirectory() throws -> String {
        let path = base + "/" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return path
    }

    private static let base: String = {
        // A scene may end before the vault in it does, so removal waits for the end.
        atexit { try? FileManager.default.removeItem(atPath: VaultScene.basePath) }
        return basePath
    }()

    /// In memory where the system offers it: these tests wait for some ten thousand syncs.
    private static let basePath: String = {
        let memory = "/dev/shm"
        let parent =
            FileManager.default.isWritableFile(atPath: memory)
            ? memory : FileManager.default.temporaryDirectory.path()
        return parent + "/bitvmx-vault-\(ProcessInfo.processInfo.processIdentifier)"
    }()
}

/// Names for tests.
enum Sample {
    static func digest(_ name: String) -> Bytes32 { SHA256.hash(Array(name.utf8)) }

    static let ceremony = digest("ceremony")
    static let slot = NonceSlot(ceremony: ceremony, round: "setup")
    static let channel = Array("watcher".utf8)
    static let nonces = Array("public nonces".utf8)
    static let signatures = Array("partial signatures".utf8)
    static let root = [UInt8](repeating: 7, count: 32)

    static func reservation(_ session: String = "graph", request: String = "round one")
        -> NonceReservation
    {
        NonceReservation(
            slot: slot, sessionDigest: digest(session), requestDigest: digest(request))
    }

    static func key(_ variable: String, owner: OneTimeKeyOwner = .me) -> OneTimeKey {
        OneTimeKey(
            name: OneTimeKeyName(
                ceremony: ceremony, instance: "0", variable: variable, owner: owner),
            publicKeyDigest: digest("public key of " + variable))
    }
}

extension Vault {
    /// Reserves a session and stores its public nonces in one commit.
    @discardableResult
    func releaseNonces(
        _ reservation: NonceReservation = Sample.reservation(), root: [UInt8] = Sample.root
    ) throws -> (session: Bytes32, release: Release) {
        let committed = try transaction { transaction throws(VaultError) in
            let outcome = try transaction.nonceSessions.reserve(reservation, root: root.span)
            guard case .reserved(let session) = outcome else {
                preconditionFailure("the session of this test is new")
            }
            try transaction.nonceSessions.commitNonces(session, response: Sample.nonces)
            return session.id
        }
        return (committed.value, try committed.receipt.release(Sample.nonces))
    }

    /// Burns a session and drops its root.
    @discardableResult
    func burnAndDrop(_ session: Bytes32, _ request: Bytes32) throws -> BurntTicket {
        let burnt = try burn(session, requestDigest: request)
        let ticket = burnt.ticket
        _ = burnt.takeRoot()
        return ticket
    }

    /// A vault with at least one record in every table.
    func populate() throws {
        try transaction { transaction throws(VaultError) in
            let seed = [UInt8](repeating: 1, count: 64)
            try transaction.secrets.store("seed", seed.span)
            try transaction.secrets.store("other", seed.span)
            try transaction.peers.enrol(
                EnrolledPeer(identity: [2, 1], name: "alice", record: [1]))
            try transaction.peers.enrol(EnrolledPeer(identity: [2, 2], name: "bob", record: []))
            try transaction.ceremonies.register(Sample.ceremony, definition: [1, 2, 3])
            try transaction.ceremonies.register(Sample.digest("second"), definition: [4])
            for identity in [[2, 1], [2, 2]] as [[UInt8]] {
                try transaction.ceremonies.storeKeyBundle(
                    KeyBundleRecord(
                        ceremony: Sample.ceremony, participant: identity, bytes: identity))
            }
            try transaction.oneTime.announce([Sample.key("x"), Sample.key("y")])
            for variable in ["x", "y"] {
                try transaction.oneTime.record(
                    Sample.key(variable), messageDigest: Sample.digest("message"),
                    response: Array(variable.utf8))
            }
            for ceremony in [Sample.ceremony, Sample.digest("second")] {
                try transaction.oneTime.reconcile(
                    ceremony: ceremony, evidence: Sample.digest("evidence"))
            }
            for name in ["a", "b"] {
                _ = try transaction.counters.next(name)
                try transaction.settings.set(name, Array(name.utf8))
                try transaction.channels.advance(
                    ChannelStep(
                        channel: Array(name.utf8), sequence: 1, previousResponse: nil,
                        request: Sample.digest(name)),
                    response: Array(name.utf8))
            }
        }
        try releaseNonces()
        let other = NonceSlot(ceremony: Sample.digest("second"), round: "setup")
        try releaseNonces(
            NonceReservation(
                slot: other, sessionDigest: Sample.digest("second graph"),
                requestDigest: Sample.digest("second request")))
    }
}
