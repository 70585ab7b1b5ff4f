import Exchange
import Foundation
import GRDB
import Primitives
import SignerCore
import Testing

@Suite("Hash-chained log")
struct HashChainedLogTests {
    private func scene(entries: Int) throws -> VaultScene {
        let scene = try VaultScene()
        let vault = try scene.create()
        try vault.transaction { transaction throws(VaultError) in
            for index in 1..<entries {
                try transaction.log.append(
                    LogEvent(.note, [Sample.digest("\(index)")], detail: "entry \(index)"))
            }
        }
        return scene
    }

    @Test("Entries are kept in order, each with the hash of the one before")
    func chain() throws {
        let vault = try scene(entries: 5).open()
        #expect(vault.log.count == 5)
        var previous = Bytes32.zero
        for index in 0..<vault.log.count {
            let entry = try #require(try vault.log.entry(index))
            #expect(entry.index == index)
            #expect(entry.previous == previous)
            #expect(try LogEntry(decoding: entry.encoded()) == entry)
            previous = entry.hash
        }
        #expect(vault.log.head == LogHead(index: 5, hash: previous))
        #expect(try vault.log.entry(5) == nil)
        #expect(try vault.log.newest(2).map(\.event.detail) == ["entry 3", "entry 4"])
        try vault.log.verify()
    }

    @Test("Quoted heads are judged")
    func judge() throws {
        let vault = try scene(entries: 5).open()
        let log = vault.log
        #expect(try log.contains(.empty))
        for index in 0..<log.count {
            let entry = try #require(try log.entry(index))
            #expect(try log.contains(LogHead(index: index + 1, hash: entry.hash)))
            let other = LogHead(index: index + 1, hash: Sample.digest("other"))
            let ours = LogHead(index: index + 1, hash: entry.hash)
            #expect(try log.judge(other) == .contradicts(ours: ours))
        }
        let later = LogHead(index: 6, hash: log.head.hash)
        #expect(try log.judge(later) == .unknownFuture(newest: log.head))
        let notEmpty = LogHead(index: 0, hash: log.head.hash)
        #expect(try log.judge(notEmpty) == .contradicts(ours: .empty))
    }

    @Test("A head inside a transaction counts what the transaction appended")
    func headInside() throws {
        let scene = try scene(entries: 2)
        let vault = try scene.open()
        let before = vault.log.head
        let committed = try vault.transaction { transaction throws(VaultError) in
            try transaction.log.append(LogEvent(.note))
            let inside = transaction.log.head
            try transaction.log.append(LogEvent(.requestRefused, detail: "PAR-NETWORK"))
            return inside
        }
        #expect(committed.value.index == before.index + 1)
        #expect(committed.receipt.head.index == before.index + 2)
        #expect(try vault.log.contains(committed.value))
    }

    @Test("The first bad entry is named", arguments: 0..<5)
    func firstBad(index: Int) throws {
        let edits: [(String, LogFault)] = [
            ("UPDATE log SET position = 77 WHERE position = ?", .missing(index: UInt64(index))),
            ("DELETE FROM log WHERE position = ?", .missing(index: UInt64(index))),
            (
                "UPDATE log SET hash = zeroblob(32) WHERE position = ?",
                .wrongHash(index: UInt64(index))
            ),
            (
                "UPDATE log SET entry = substr(entry, 2) WHERE position = ?",
                .malformed(index: UInt64(index))
            ),
        ]
        for (sql, fault) in edits {
            let scene = try scene(entries: 5)
            try scene.edit(sql, [index])
            #expect(throws: VaultError.damaged(.log(fault)), "\(sql)") { try scene.open() }
        }
    }

    @Test("An entry that is rewritten together with its hash breaks the chain after it")
    func rewritten() throws {
        let scene = try scene(entries: 5)
        try rewrite(scene, from: 2, through: 2)
        #expect(throws: VaultError.damaged(.log(.unchained(index: 3)))) { try scene.open() }
        try rewrite(scene, from: 2, through: 4)
        #expect(throws: VaultError.damaged(.log(.wrongHead(index: 4)))) { try scene.open() }
    }

    @Test("Entries beyond the head are surplus")
    func surplus() throws {
        let scene = try scene(entries: 5)
        let head = try scene.open().log.head
        let entry = LogEntry(
            index: 5, previous: head.hash, epoch: 1, event: LogEvent(.note))
        try scene.edit(
            "INSERT INTO log VALUES (5, ?, ?)",
            [Data(entry.encoded()), Data(entry.hash.bytes)])
        #expect(throws: VaultError.damaged(.log(.surplus(index: 5)))) { try scene.open() }
    }

    /// Changes an entry's text and chains it and its followers anew, as a forger would.
    private func rewrite(_ scene: VaultScene, from first: Int, through last: Int) throws {
        var previous: Bytes32?
        for index in first...last {
            let stored = try scene.query { db in
                try Data.fetchOne(
                    db, sql: "SELECT entry FROM log WHERE position = ?", arguments: [index])
            }
            let entry = try LogEntry(decoding: [UInt8](try #require(stored)))
            let forged = LogEntry(
                index: entry.index, previous: previous ?? entry.previous, epoch: entry.epoch,
                event: LogEvent(.note, detail: "forged"))
            previous = forged.hash
            try scene.edit(
                "UPDATE log SET entry = ?, hash = ? WHERE position = ?",
                [Data(forged.encoded()), Data(forged.hash.bytes), index])
        }
    }
}
