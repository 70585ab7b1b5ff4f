import Foundation
import Glibc
import Model
import Primitives
import SignerCore
import Testing

@Suite("Vault: a disk that fails", .serialized)
struct FailingDiskTests {
    @Test("A full disk is an error, leaves the state as it was, and releases nothing")
    func fullDisk() async throws {
        let scene = try VaultScene()
        try scene.create().populate()
        let before = try scene.open().commit
        await #expect(processExitsWith: .success) { [root = scene.root as String] in
            signal(SIGXFSZ, SIG_IGN)
            let vault = try openVault(root)
            limitFiles(0)
            expectFailure { try fill(vault, byteCount: 10) }
            // A write that fails only when the journal grows.
            limitFiles(2048)
            expectFailure { try fill(vault, byteCount: 1 << 20) }
        }
        let vault = try scene.open()
        #expect(vault.commit == before)
        #expect(try vault.settings.bytes("filling") == nil)
        try vault.verify()
    }

    @Test("A disk too full for the anchor: the commit stands, the vault asks to be reopened")
    func anchorFails() throws {
        let scene = try VaultScene()
        try scene.create()
        let vault = try scene.open()
        // A directory where the new anchor is written first cannot be replaced by a file.
        try FileManager.default.createDirectory(
            atPath: scene.anchor + ".part", withIntermediateDirectories: false)
        let error = try #require(throws: VaultError.self) { try vault.releaseNonces() }
        guard case .inputOutput(let fault) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(fault.reopen)
        #expect(error.exit == .media)
        let again = try #require(throws: VaultError.self) { try vault.releaseNonces() }
        guard case .inputOutput(let refusal) = again else {
            Issue.record("\(again)")
            return
        }
        #expect(refusal.reopen)
        #expect(throws: again) { try vault.resend(requestDigest: Sample.digest("round one")) }
        _ = consume vault
        try FileManager.default.removeItem(atPath: scene.anchor + ".part")
        let reopened = try scene.open()
        #expect(reopened.commit == 2)
        let nonces = try reopened.resend(requestDigest: Sample.digest("round one"))
        #expect(nonces?.bytes == Sample.nonces)
    }

    @Test("A directory that cannot be written is an error and the state stays as it was")
    func readOnly() async throws {
        let scene = try VaultScene()
        try scene.create().populate()
        let before = try scene.open().commit
        await #expect(processExitsWith: .success) { [root = scene.root as String] in
            try becomeUnprivileged(root)
            let vault = try openVault(root)
            guard unsafe chmod(root + "/state", 0o500) == 0 else { exit(2) }
            expectFailure { try fill(vault, byteCount: 10) }
        }
        if geteuid() == 0 { try own(scene.root, by: 0) }
        try #require(unsafe chmod(scene.state, 0o700) == 0)
        let vault = try scene.open()
        #expect(vault.commit == before)
        try vault.verify()
    }

    @Test("A failed reservation or burning hands nothing out and can be asked again")
    func failedBurning() async throws {
        let scene = try VaultScene()
        let session = try scene.create().releaseNonces().session
        await #expect(processExitsWith: .success) {
            [root = scene.root as String, id = session.hex as String] in
            signal(SIGXFSZ, SIG_IGN)
            guard let session = Bytes32(hex: id) else { exit(2) }
            let vault = try openVault(root)
            limitFiles(0)
            expectFailure { try vault.burnAndDrop(session, Sample.digest("round two")) }
        }
        let vault = try scene.open()
        #expect(try vault.nonceSessions.open(in: Sample.slot)?.id == session)
        try vault.burnAndDrop(session, Sample.digest("another round two"))
    }
}

private func openVault(_ root: String) throws -> Vault {
    let passphrase = VaultScene.passphrase
    return try Vault.open(
        at: VaultLocation(stateDirectory: root + "/state"), passphrase: passphrase.span,
        settings: .unsafeForTests())
}

private func fill(_ vault: Vault, byteCount: Int) throws {
    try vault.transaction { transaction throws(VaultError) in
        try transaction.settings.set("filling", [UInt8](repeating: 1, count: byteCount))
    }
}

/// Ends the child process with a failure unless the body fails as a disk does.
private func expectFailure(_ body: () throws -> Void) {
    do {
        try body()
        exit(3)
    } catch VaultError.inputOutput {
        return
    } catch {
        print("\(error)")
        exit(4)
    }
}

/// Lets no file of this process grow beyond a length.
private func limitFiles(_ byteCount: UInt) {
    let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { exit(5) }
    limit.rlim_cur = byteCount
    guard unsafe setrlimit(resource, &limit) == 0 else { exit(5) }
}

/// The superuser may write anywhere, so a test of permissions must not be the superuser.
private func becomeUnprivileged(_ root: String) throws {
    guard geteuid() == 0 else { return }
    let nobody: uid_t = 65_534
    try own(root, by: nobody)
    guard setgid(nobody) == 0, setuid(nobody) == 0 else { exit(6) }
}

private func own(_ root: String, by user: uid_t) throws {
    let parent = root.split(separator: "/").dropLast().joined(separator: "/")
    _ = unsafe chmod("/" + parent, 0o711)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root)
    for path in [root] + names.map({ root + "/" + $0 }) {
        guard unsafe chown(path, user, user) == 0 else { exit(7) }
    }
}
