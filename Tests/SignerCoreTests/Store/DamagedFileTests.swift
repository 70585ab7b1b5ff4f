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

    @Test("A damaged page is refused, wherever it is")
    func flippedBytes() throws {
        let scene = try VaultScene()
        try scene.create().populate()
        let whole = try Data(contentsOf: URL(filePath: scene.database))
        var refused = 0
        for offset in stride(from: 0, to: whole.count, by: 997) {
            var changed = whole
            changed[offset] ^= 0x20
            try changed.write(to: URL(filePath: scene.database))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: scene.database)
            // A byte that carries nothing, such as free space in a page, may be anything.
            do {
                try scene.open().verify()
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
