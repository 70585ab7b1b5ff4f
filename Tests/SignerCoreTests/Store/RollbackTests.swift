import Foundation
import GRDB
import Model
import Primitives
import SignerCore
import Testing

@Suite("Vault: the anchor")
struct RollbackTests {
    @Test("An older copy of the state directory is recognised")
    func rolledBack() throws {
        let scene = try VaultScene()
        try scene.create()
        try scene.backUp("old")
        try addCommit(scene)
        try scene.bringBack("old")
        let error = VaultError.rollback(.rolledBack(vault: 1, anchor: 2))
        #expect(throws: error) { try scene.open() }
        #expect(error.exit == .replayOrRollback)
        #expect(throws: error) { try scene.acknowledgeLostAnchor() }
    }

    @Test("Restoring the state between two rounds does not revive a burnt session")
    func restoredSession() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        let session = try vault.releaseNonces().session
        try scene.backUp("after round one")
        _ = try vault.burn(session, requestDigest: Sample.digest("a")).takeRoot()
        _ = consume vault
        try scene.bringBack("after round one")
        #expect(throws: VaultError.rollback(.rolledBack(vault: 2, anchor: 3))) {
            try scene.open()
        }
        try FileManager.default.removeItem(atPath: scene.anchor)
        #expect(throws: VaultError.rollback(.anchorMissing(path: scene.anchor))) {
            try scene.open()
        }
        let acknowledged = try scene.acknowledgeLostAnchor()
        #expect(acknowledged.epoch == 2)
        #expect(throws: VaultError.spent(.sessionAborted(session: session))) {
            try acknowledged.burnAndDrop(session, Sample.digest("b"))
        }
    }

    @Test("The one commit that a crash leaves unanchored is accepted and anchored")
    func oneAhead() throws {
        let scene = try VaultScene()
        try scene.create()
        let old = try Data(contentsOf: URL(filePath: scene.anchor))
        try addCommit(scene)
        try putAnchor(old, scene)
        #expect(try scene.open().commit == 2)
        #expect(try Data(contentsOf: URL(filePath: scene.anchor)) != old)
        try scene.open().verify()
    }

    @Test("More than one unanchored commit is not explained by a crash")
    func outdatedAnchor() throws {
        let scene = try VaultScene()
        try scene.create()
        let old = try Data(contentsOf: URL(filePath: scene.anchor))
        try addCommit(scene)
        try addCommit(scene)
        try putAnchor(old, scene)
        #expect(throws: VaultError.rollback(.anchorOutdated(vault: 3, anchor: 1))) {
            try scene.open()
        }
        #expect(try scene.acknowledgeLostAnchor().epoch == 2)
        #expect(try scene.open().epoch == 2)
    }

    @Test("A recovery with an anchor elsewhere leaves nothing of the old one in its place")
    func recoveredElsewhere() throws {
        let scene = try VaultScene()
        try scene.create()
        let old = try Data(contentsOf: URL(filePath: scene.anchor))
        try addCommit(scene)
        try addCommit(scene)
        try putAnchor(old, scene)
        let passphrase = scene.passphrase
        let far = VaultLocation(
            stateDirectory: scene.state, anchorDirectory: scene.root + "/far")
        let vault = try Vault.acknowledgeLostAnchor(
            at: far, passphrase: passphrase.span, settings: .unsafeForTests())
        #expect(!FileManager.default.fileExists(atPath: scene.anchor))
        try vault.moveAnchor(to: scene.anchorDirectory)
        _ = consume vault
        #expect(try scene.open().epoch == 2)
    }

    @Test("Two histories of one vault are told apart", arguments: [1, 2])
    func forked(ahead: Int) throws {
        let scene = try VaultScene()
        try scene.create()
        let twin = try VaultScene(copying: scene)
        for _ in 0..<ahead { try addCommit(scene, "mine") }
        try addCommit(twin, "theirs")
        try putAnchor(try Data(contentsOf: URL(filePath: twin.anchor)), scene)
        let commit = UInt64(1 + ahead)
        #expect(throws: VaultError.rollback(.forked(commit: commit))) { try scene.open() }
        #expect(throws: VaultError.rollback(.forked(commit: commit))) {
            try scene.acknowledgeLostAnchor()
        }
    }

    @Test("A changed anchor is damaged, whichever byte it is")
    func changedAnchor() throws {
        let scene = try VaultScene()
        try scene.create()
        let good = try Data(contentsOf: URL(filePath: scene.anchor))
        for index in good.indices {
            var changed = good
            changed[index] ^= 1
            try putAnchor(changed, scene)
            let error = try #require(throws: VaultError.self) { try scene.open() }
            let refusals = [
                VaultError.rollback(.anchorDamaged(path: scene.anchor)),
                .rollback(.anchorOfAnotherVault(path: scene.anchor)),
            ]
            #expect(refusals.contains(error), "byte \(index)")
        }
        for count in [0, 1, good.count - 1] {
            try putAnchor(good.prefix(count), scene)
            #expect(throws: VaultError.rollback(.anchorDamaged(path: scene.anchor))) {
                try scene.open()
            }
        }
        try putAnchor(good, scene)
        _ = try scene.open()
    }

    @Test("The anchor of another vault is no lost anchor")
    func foreignAnchor() throws {
        let scene = try VaultScene()
        try scene.create()
        let other = try VaultScene()
        try other.create()
        try putAnchor(try Data(contentsOf: URL(filePath: other.anchor)), scene)
        let error = VaultError.rollback(.anchorOfAnotherVault(path: scene.anchor))
        #expect(throws: error) { try scene.open() }
        #expect(throws: error) { try scene.acknowledgeLostAnchor() }
    }

    @Test("An anchor that is in order cannot be given up")
    func notLost() throws {
        let scene = try VaultScene()
        try scene.create()
        #expect(throws: VaultError.rollback(.anchorNotLost)) {
            try scene.acknowledgeLostAnchor()
        }
    }

    @Test("A lost anchor ends the epoch: open sessions die, burnt and signed ones stay")
    func lostAnchor() throws {
        let scene = try VaultScene()
        let vault = try scene.create()
        try vault.populate()
        let open = try vault.nonceSessions.all().map(\.id)
        #expect(open.count == 2)
        _ = try vault.burn(open[0], requestDigest: Sample.digest("r")).takeRoot()
        _ = consume vault
        try FileManager.default.removeItem(atPath: scene.anchorDirectory)
        #expect(throws: VaultError.rollback(.anchorMissing(path: scene.anchor))) {
            try scene.open()
        }
        let after = try scene.acknowledgeLostAnchor()
        #expect(
            try after.nonceSessions.session(open[0])?.state
                == .burnt(request: Sample.digest("r")))
        #expect(try after.nonceSessions.session(open[1])?.state == .aborted(burntFor: nil))
        #expect(try after.log.newest(1).first?.event.kind == .epochBegun)
        let roots = try scene.query { try Int.fetchOne($0, sql: "SELECT count(*) FROM nonce_root") }
        #expect(roots == 0)
        _ = consume after
        #expect(try scene.open().epoch == 2)
    }

    @Test("The vault remembers where its anchor is")
    func anchorPlace() throws {
        let scene = try VaultScene()
        let elsewhere = VaultLocation(
            stateDirectory: scene.state, anchorDirectory: scene.root + "/far")
        try scene.create(at: elsewhere)
        let vault = try scene.open()
        #expect(vault.anchorDirectory == scene.root + "/far")
        try vault.moveAnchor(to: scene.root + "/farther")
        try addCommit(vault, "a")
        _ = consume vault
        #expect(try scene.open().anchorDirectory == scene.root + "/farther")
        #expect(!FileManager.default.fileExists(atPath: scene.root + "/far/anchor.cbor"))
        let error = VaultError.rollback(
            .anchorElsewhere(recorded: scene.root + "/farther", given: scene.root + "/far"))
        #expect(throws: error) {
            try scene.open(scene.passphrase, at: elsewhere)
        }
    }

    @Test("State and anchor move together when the directory above them does")
    func movedTogether() throws {
        let scene = try VaultScene()
        try scene.create()
        let copy = try VaultScene(copying: scene)
        _ = try copy.open()
    }

    @Test("An anchor without its vault forbids a new vault in the same place")
    func anchorWithoutVault() throws {
        let scene = try VaultScene()
        try scene.create()
        try addCommit(scene)
        try FileManager.default.removeItem(atPath: scene.state)
        #expect(throws: VaultError.rollback(.anchorWithoutVault(path: scene.anchor))) {
            try scene.create()
        }
    }

    private func addCommit(_ scene: VaultScene, _ detail: String = "more") throws {
        try addCommit(try scene.open(), detail)
    }

    private func addCommit(_ vault: Vault, _ detail: String) throws {
        try vault.transaction { transaction throws(VaultError) in
            try transaction.log.append(LogEvent(.note, detail: detail))
        }
    }

    private func putAnchor(_ bytes: Data, _ scene: VaultScene) throws {
        try bytes.write(to: URL(filePath: scene.anchor))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: scene.anchor)
    }
}
