import Foundation
import GRDB
import Primitives
import SignerCore
import Testing

/// A vault that has something in every table.
private let template = Result { () throws -> VaultScene in
    let scene = try VaultScene()
    try scene.create().populate()
    return scene
}

private let recordTables = [
    "secret", "nonce_root", "nonce_session", "nonce_slot", "session_request", "announced_key",
    "announced_name", "one_time", "reconciliation", "peer", "ceremony", "key_bundle", "channel",
    "counter", "setting", "blob",
]

@Suite("Vault: what somebody edits is refused")
struct TamperTests {
    @Test("The list of tables is complete")
    func everyTable() throws {
        let scene = try template.get()
        let found = try scene.query { db in
            try String.fetchSet(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        #expect(found == Set(recordTables + ["log", "head", "key_slot", "grdb_migrations"]))
        for table in recordTables {
            let count = try scene.query { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
            }
            #expect((count ?? 0) >= 2, "\(table)")
        }
    }

    @Test("A changed key, value or code", arguments: recordTables, ["key", "value", "code"])
    func field(table: String, column: String) throws {
        let scene = try VaultScene(copying: template.get())
        try flip(scene, table, column)
        let error = try #require(throws: VaultError.self) { try scene.open() }
        guard case .damaged(.recordChanged(let reference)) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reference.table == table)
    }

    @Test("A shortened value", arguments: recordTables)
    func shortened(table: String) throws {
        let scene = try VaultScene(copying: template.get())
        try scene.edit(
            """
            UPDATE \(table) SET value = substr(value, 1, length(value) - 1)
            WHERE rowid = (SELECT min(rowid) FROM \(table))
            """)
        let error = try #require(throws: VaultError.self) { try scene.open() }
        guard case .damaged(.recordChanged) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("Two records that change places", arguments: recordTables)
    func swapped(table: String) throws {
        let scene = try VaultScene(copying: template.get())
        let keys = try scene.query { db in
            try Data.fetchAll(db, sql: "SELECT key FROM \(table) ORDER BY rowid LIMIT 2")
        }
        try #require(keys.count == 2)
        try scene.edit("UPDATE \(table) SET key = x'00' WHERE key = ?", [keys[0]])
        try scene.edit("UPDATE \(table) SET key = ? WHERE key = ?", [keys[0], keys[1]])
        try scene.edit("UPDATE \(table) SET key = ? WHERE key = x'00'", [keys[1]])
        let error = try #require(throws: VaultError.self) { try scene.open() }
        guard case .damaged(.recordSwapped(let record, let other)) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(Set([record.key, other.key]) == Set(keys.map { [UInt8]($0) }))
    }

    @Test("A removed record", arguments: recordTables)
    func removed(table: String) throws {
        let scene = try VaultScene(copying: template.get())
        let count = try #require(
            try scene.query { try UInt64.fetchOne($0, sql: "SELECT count(*) FROM \(table)") })
        try scene.edit(
            "DELETE FROM \(table) WHERE rowid = (SELECT max(rowid) FROM \(table))")
        let removed = VaultError.damaged(
            .recordsRemoved(table: table, expected: count, found: count - 1))
        #expect(throws: removed) { try scene.open() }
    }

    @Test("A record of an earlier state of the same vault")
    func outdated() throws {
        let scene = try VaultScene(copying: template.get())
        let old = try scene.query { db in
            try Row.fetchOne(db, sql: "SELECT * FROM counter ORDER BY rowid")
        }
        let row = try #require(old)
        try scene.open().transaction { transaction throws(VaultError) in
            _ = try transaction.counters.next("a")
        }
        try scene.edit(
            "INSERT OR REPLACE INTO counter VALUES (?, ?, ?)",
            StatementArguments(row.databaseValues))
        #expect(throws: VaultError.damaged(.recordsOutdated(table: "counter"))) {
            try scene.open()
        }
    }

    @Test("A record that was removed by the vault and is put back")
    func revived() throws {
        let scene = try VaultScene(copying: template.get())
        let old = try scene.query { db in
            try Row.fetchAll(db, sql: "SELECT * FROM nonce_root")
        }
        let vault = try scene.open()
        let session = try #require(try vault.nonceSessions.open(in: Sample.slot)).id
        _ = try vault.burn(session, requestDigest: Sample.digest("round two")).takeRoot()
        _ = consume vault
        for row in old {
            try scene.edit(
                "INSERT OR REPLACE INTO nonce_root VALUES (?, ?, ?)",
                StatementArguments(row.databaseValues))
        }
        let added = VaultError.damaged(
            .recordsRemoved(table: "nonce_root", expected: 1, found: 2))
        #expect(throws: added) { try scene.open() }
    }

    @Test(
        "The key slot",
        arguments: [
            "format", "vault", "log2n", "r", "p", "salt", "nonce", "wrapped", "checksum",
        ])
    func keySlot(column: String) throws {
        let scene = try VaultScene(copying: template.get())
        try flip(scene, "key_slot", column)
        let expected: VaultDamage =
            column == "format" ? .unknownSchemaVersion(found: "format 0") : .keySlotChanged
        #expect(throws: VaultError.damaged(expected)) { try scene.open() }
    }

    @Test("The head", arguments: ["nonce", "sealed"])
    func head(column: String) throws {
        let scene = try VaultScene(copying: template.get())
        try flip(scene, "head", column)
        let head = RecordReference(table: "head", key: [])
        #expect(throws: VaultError.damaged(.recordChanged(head))) { try scene.open() }
        try scene.edit("DELETE FROM head")
        #expect(throws: VaultError.damaged(.recordMissing(head))) { try scene.open() }
    }

    @Test("A missing key slot")
    func noKeySlot() throws {
        let scene = try VaultScene(copying: template.get())
        try scene.edit("DELETE FROM key_slot")
        let slot = RecordReference(table: "key_slot", key: [])
        #expect(throws: VaultError.damaged(.recordMissing(slot))) { try scene.open() }
    }

    @Test("An unknown migration, a trigger, a view, an index, a missing table")
    func schema() throws {
        let edits: [(String, VaultDamage)] = [
            (
                "INSERT INTO grdb_migrations VALUES ('v2')",
                .unknownSchemaVersion(found: "v2")
            ),
            ("DELETE FROM grdb_migrations", .schemaChanged(object: "grdb_migrations")),
            (
                "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM counter; END",
                .schemaChanged(object: "t")
            ),
            ("CREATE VIEW v AS SELECT 1", .schemaChanged(object: "v")),
            ("CREATE INDEX i ON log (hash)", .schemaChanged(object: "i")),
        ]
        for (sql, damage) in edits {
            let scene = try VaultScene(copying: template.get())
            try scene.edit(sql)
            #expect(throws: VaultError.damaged(damage), "\(sql)") { try scene.open() }
        }
    }

    /// Changes one bit of a byte string, or subtracts one from a number.
    private func flip(_ scene: VaultScene, _ table: String, _ column: String) throws {
        let first = "rowid = (SELECT min(rowid) FROM \(table))"
        let value = try scene.query { db in
            try DatabaseValue.fetchOne(
                db, sql: "SELECT \(column) FROM \(table) WHERE \(first)")
        }
        var changed: DatabaseValue
        switch try #require(value).storage {
        case .blob(var data):
            let middle = data.startIndex + data.count / 2
            data[middle] ^= 1
            changed = data.databaseValue
        case .int64(let number):
            changed = (number - 1).databaseValue
        default:
            Issue.record("\(table).\(column) is neither bytes nor a number")
            return
        }
        try scene.edit("UPDATE \(table) SET \(column) = ? WHERE \(first)", [changed])
    }
}
