import GRDB

/// The tables of a vault, as named steps that are never edited once released.
enum VaultSchema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1: records, log, key slot, head", migrate: first)
        return migrator
    }()

    private static let firstTables = [
        "secret", "nonce_root", "nonce_session", "nonce_slot", "session_request",
        "announced_key", "announced_name", "one_time", "reconciliation", "peer", "ceremony",
        "key_bundle", "channel", "counter", "setting", "blob",
    ]

    private static func first(_ db: Database) throws {
        for table in firstTables {
            try db.execute(
                sql: """
                    CREATE TABLE \(table) (
                        key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL, code BLOB NOT NULL
                    ) STRICT
                    """)
        }
        try db.execute(
            sql: """
                CREATE TABLE log (
                    position INTEGER NOT NULL PRIMARY KEY, entry BLOB NOT NULL,
                    hash BLOB NOT NULL
                ) STRICT;
                CREATE TABLE head (
                    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), nonce BLOB NOT NULL,
                    sealed BLOB NOT NULL
                ) STRICT;
                CREATE TABLE key_slot (
                    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), format INTEGER NOT NULL,
                    vault BLOB NOT NULL, log2n INTEGER NOT NULL, r INTEGER NOT NULL,
                    p INTEGER NOT NULL, salt BLOB NOT NULL, nonce BLOB NOT NULL,
                    wrapped BLOB NOT NULL, checksum BLOB NOT NULL
                ) STRICT
                """)
    }

    /// Brings a database to the newest schema and requires that it has nothing else.
    ///
    /// A trigger or a view that somebody added would run inside the vault's own transactions.
    static func check(_ db: Database) throws {
        let applied = try migrator.appliedIdentifiers(db)
        if let unknown = applied.subtracting(migrator.migrations).min() {
            throw VaultError.damaged(.unknownSchemaVersion(found: unknown))
        }
        guard applied == Set(migrator.migrations) else {
            throw VaultError.damaged(.schemaChanged(object: "grdb_migrations"))
        }
        let model = try DatabaseQueue()
        try migrator.migrate(model)
        let expected = try model.read(objects)
        let found = try objects(db)
        if let object = expected.symmetricDifference(found).map(\.name).min() {
            throw VaultError.damaged(.schemaChanged(object: object))
        }
    }

    private struct SchemaObject: Hashable {
        let name: String
        let definition: String
    }

    private static func objects(_ db: Database) throws -> Set<SchemaObject> {
        let rows = try Row.fetchAll(
            db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema")
        return Set(
            rows.map { row in
                let parts: [String?] = [row[0], row[1], row[2], row[3]]
                return SchemaObject(
                    name: parts[1] ?? "", definition: parts.map { $0 ?? "" }.joined(separator: "\n")
                )
            })
    }
}
