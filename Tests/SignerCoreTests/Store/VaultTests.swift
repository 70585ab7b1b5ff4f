import Foundation
import GRDB
import Model
import Primitives
import SignerCore
import Testing

@Suite("Vault")
struct VaultTests {
    @Test("What is stored is read back after closing and opening")
    func roundTrip() throws {
        let scene = try VaultScene()
        let id = try scene.create().id
        try scene.open().populate()
        let vault = try scene.open()
        #expect(vault.id == id)
        #expect(vault.epoch == 1)
        #expect(try vault.peers.all().map(\.name) == ["alice", "bob"])
        #expect(try vault.ceremonies.definition(Sample.ceremony) == [1, 2, 3])
        #expect(try vault.settings.bytes("a") == [97])
        #expect(try vault.counters.last("a") == 1)
        let bytes: [UInt8]
        if let seed = try vault.secrets.open("seed") {
            bytes = seed.withBytes { span in span.indices.map { span[$0] } }
        } else {
            bytes = []
        }
        #expect(bytes == [UInt8](repeating: 1, count: 64))
        try vault.verify()
    }

    @Test("The files are the owner's alone")
    func modes() throws {
        let scene = try VaultScene()
        try scene.create().populate()
        for path in [scene.state, scene.anchorDirectory] {
            #expect(try mode(path) == 0o700)
        }
        for path in [scene.database, scene.state + "/lock", scene.anchor] {
            #expect(try mode(path) == 0o600)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: scene.state).sorted()
        #expect(names == ["lock", "vault.sqlite"])
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    @Test("No secret stands in the files")
    func sealed() throws {
        let scene = try VaultScene()
        let secret = Array("a secret that must not be on the disk".utf8)
        let vault = try scene.create()
        try vault.transaction { transaction throws(VaultError) in
            try transaction.secrets.store("seed", secret.span)
        }
        let root = (0..<32).map { UInt8($0) ^ 0x5A }
        try vault.releaseNonces(root: root)
        let file = try Data(contentsOf: URL(filePath: scene.database))
        #expect(file.range(of: Data(secret)) == nil)
        #expect(file.range(of: Data(root)) == nil)
    }

    @Test("A wrong passphrase is told apart from damage")
    func wrongPassphrase() throws {
        let scene = try VaultScene()
        try scene.create()
        #expect(throws: VaultError.damaged(.wrongPassphrase)) {
            try scene.open([1])
        }
        #expect(VaultError.damaged(.wrongPassphrase).exit == .vault)
        #expect(throws: VaultError.environment(.passphraseEmpty)) {
            try scene.open([])
        }
    }

    @Test("After a change of the passphrase only the new one opens the vault")
    func changePassphrase() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        try vault.populate()
        try scene.backUp("before")
        let other = Array("another one".utf8)
        try vault.changePassphrase(to: other.span)
        _ = consume vault
        #expect(throws: VaultError.damaged(.wrongPassphrase)) { try scene.open() }
        let again = try scene.open(other)
        #expect(try again.secrets.contains("seed"))
    }

    @Test("An old key slot that is put back is recognised")
    func oldKeySlot() throws {
        let scene = try VaultScene()
        try scene.create()
        try scene.edit("CREATE TABLE kept AS SELECT * FROM key_slot")
        let kept = try scene.query { db in
            try Array(Row.fetchAll(db, sql: "SELECT * FROM kept"))
        }
        try scene.edit("DROP TABLE kept")
        let other = Array("another one".utf8)
        try scene.open().changePassphrase(to: other.span)
        let row = try #require(kept.first)
        try scene.edit(
            "INSERT OR REPLACE INTO key_slot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            StatementArguments(row.databaseValues))
        #expect(throws: VaultError.damaged(.keySlotReplaced)) { try scene.open() }
    }

    @Test("The programs do not take less than N = 2^17")
    func minimumStretching() throws {
        let scene = try VaultScene()
        var settings = VaultSettings.production.allowingVolatileFileSystem()
        #expect(settings.stretching.log2N >= 17)
        settings.stretching = ScryptParameters(log2N: 16, r: 8, p: 1)
        let tooWeak = VaultError.environment(.stretchingTooWeak(log2N: 16, minimum: 17))
        #expect(throws: tooWeak) { try scene.create(settings: settings) }
        settings.stretching = ScryptParameters(log2N: 17, r: 8, p: 1)
        try scene.create(settings: settings)
        _ = try scene.open(settings: settings)
    }

    @Test("A vault with cheap stretching is not opened by the programs")
    func cheapVault() throws {
        let scene = try VaultScene()
        try scene.create()
        let tooWeak = VaultError.environment(.stretchingTooWeak(log2N: 4, minimum: 17))
        #expect(throws: tooWeak) {
            try scene.open(settings: .production.allowingVolatileFileSystem())
        }
    }

    @Test("A second opener is told that the vault is busy")
    func busy() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        withExtendedLifetime(vault) {
            #expect(throws: VaultError.busy(path: scene.state)) { try scene.open() }
            #expect(throws: VaultError.busy(path: scene.state)) { try scene.create() }
        }
        #expect(VaultError.busy(path: scene.state).exit == .busy)
        _ = consume vault
        _ = try scene.open()
    }

    @Test("A vault is not created over another")
    func createTwice() throws {
        let scene = try VaultScene()
        try scene.create()
        let exists = VaultError.environment(.alreadyExists(path: scene.database))
        #expect(throws: exists) { try scene.create() }
    }

    @Test("A transaction that throws changes nothing")
    func rollback() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let head = vault.log.head
        #expect(throws: VaultError.refused(.counterExhausted(name: "stop"))) {
            try vault.transaction { transaction throws(VaultError) in
                try transaction.settings.set("a", [1])
                try transaction.log.append(LogEvent(.note))
                throw .refused(.counterExhausted(name: "stop"))
            }
        }
        #expect(vault.log.head == head)
        #expect(try vault.settings.bytes("a") == nil)
        try vault.verify()
        _ = consume vault
        try scene.open().verify()
    }

    @Test("A transaction without changes is no commit")
    func emptyTransaction() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let commit = vault.commit
        let receipt = try vault.transaction { _ in }.receipt
        #expect(receipt.commit == commit)
        #expect(vault.commit == commit)
    }

    @Test("Only bytes that a commit recorded become a release")
    func release() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let committed = try vault.transaction { transaction throws(VaultError) in
            try transaction.authoriseRelease(
                of: [1, 2], subject: Sample.ceremony, detail: "card")
        }
        #expect(try committed.receipt.release([1, 2]).bytes == [1, 2])
        let digest = SHA256.hash([1])
        #expect(throws: VaultError.refused(.notCommitted(digest: digest))) {
            try committed.receipt.release([1])
        }
    }
}
