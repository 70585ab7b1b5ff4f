import Exchange
import Foundation
import Model
import Primitives
import SignerCore
import Testing

@Suite("Vault: damaged files")
struct DamagedFileTests {
    @Test(
        "A truncated file is refused at every length",
        arguments: [
            0, 1, 15, 16, 99, 100, 512, 4095, 4096, 4097, 8192, 20_000, -4097, -4096, -1,
        ])
    func truncated(length: Int) throws {
        let scene = try VaultScene()
        try scene.create().populate()
        let url = URL(filePath: scene.database)
        let whole = try Data(contentsOf: url)
        let count = length < 0 ? whole.count + length : length
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: UInt64(count))
        try handle.close()
        let error = try #require(throws: VaultError.self) { try scene.open() }
        guard case .damaged = error else {
            Issue.record("\(count) of \(whole.count) bytes: \(error)")
            return
        }
        #expect(error.exit == .vault)
    }

    /// Bytes of the header that carry nothing of the vault: the schema cookie, and the version of
    /// the library that wrote last.
    private static let advisory = Set(40..<44).union(96..<100)

    @Test("A changed byte of the file's header is refused; eight of the hundred carry nothing")
    func header() throws {
        let scene = try VaultScene()
        let (state, whole) = try populated(scene)
        for offset in 0..<100 {
            for mask in [0x01, 0x03, 0x80, 0xFF] as [UInt8] {
                var changed = whole
                changed[offset] ^= mask
                try put(changed, scene)
                guard Self.advisory.contains(offset) else {
                    try expectDamaged("byte \(offset), mask \(mask)") { _ = try scene.open() }
                    #expect(try Data(contentsOf: URL(filePath: scene.database)) == changed)
                    continue
                }
                let opened = try scene.open()
                try opened.verify()
                #expect((opened.commit, opened.log.head) == state)
            }
        }
        // They stay harmless when the vault goes on.
        try put(whole, scene)
        for offset in Self.advisory {
            var changed = try Data(contentsOf: URL(filePath: scene.database))
            changed[offset] ^= 0xFF
            try put(changed, scene)
            let opened = try scene.open()
            try opened.transaction { transaction throws(VaultError) in
                try transaction.settings.set("offset", [UInt8(offset)])
            }
            _ = consume opened
            #expect(try scene.open().settings.bytes("offset") == [UInt8(offset)])
        }
    }

    @Test("A changed header is refused beside an interrupted commit, too")
    func headerBesideJournal() throws {
        let scene = try VaultScene()
        try scene.create().populate()
        let whole = try Data(contentsOf: URL(filePath: scene.database))
        for offset in [16, 20, 27, 31, 47, 59, 63, 71, 80, 95] {
            var changed = whole
            changed[offset] ^= 0x01
            try put(changed, scene)
            let journal = scene.database + "-journal"
            try Data(repeating: 0, count: 512).write(to: URL(filePath: journal))
            try expectDamaged("byte \(offset)") { _ = try scene.open() }
            try? FileManager.default.removeItem(atPath: journal)
        }
    }

    @Test("A changed byte of a page is refused, or carries nothing: no record differs")
    func flippedBytes() throws {
        let scene = try VaultScene()
        let (state, whole) = try populated(scene)
        var refused = 0
        for offset in stride(from: 100, to: whole.count, by: 997) {
            var changed = whole
            changed[offset] ^= 0x20
            try put(changed, scene)
            // A byte that carries nothing, such as free space in a page, may be anything.
            do {
                let opened = try scene.open()
                try opened.verify()
                #expect((opened.commit, opened.log.head) == state)
            } catch let error as VaultError {
                guard case .damaged = error else {
                    Issue.record("offset \(offset): \(error)")
                    continue
                }
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    /// Where a vault with all kinds of records stands, and its file.
    private func populated(_ scene: VaultScene) throws -> ((UInt64, LogHead), Data) {
        let vault = try scene.create()
        try vault.populate()
        let state = (vault.commit, vault.log.head)
        _ = consume vault
        return (state, try Data(contentsOf: URL(filePath: scene.database)))
    }

    private func put(_ bytes: Data, _ scene: VaultScene) throws {
        try bytes.write(to: URL(filePath: scene.database))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: scene.database)
    }

    private func expectDamaged(_ what: String, _ body: () throws -> Void) throws {
        let error = try #require(throws: VaultError.self, "\(what)") { try body() }
        guard case .damaged = error else {
            Issue.record("\(what): \(error)")
            return
        }
    }

    @Test("A file that is no database is refused")
    func noDatabase() throws {
        let scene = try VaultScene()
        try scene.create()
        try Data(repeating: 0x41, count: 9000).write(to: URL(filePath: scene.database))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: scene.database)
        let error = try #require(throws: VaultError.self) { try scene.open() }
        guard case .damaged(.fileDamaged) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("A state directory without a vault is not an empty vault")
    func noFile() throws {
        let scene = try VaultScene()
        #expect(throws: VaultError.environment(.missing(path: scene.state))) {
            try scene.open()
        }
        try scene.create()
        try FileManager.default.removeItem(atPath: scene.database)
        #expect(throws: VaultError.environment(.missing(path: scene.database))) {
            try scene.open()
        }
    }
}
