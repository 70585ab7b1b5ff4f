import Foundation
import GRDB

/// The SQLite file of a vault: the only place that speaks SQL to GRDB.
///
/// A commit is on the disk when `commit` returns: rollback journal, `synchronous=EXTRA` (which also
/// syncs the directory after the journal is gone), `fullfsync` where the system has it.
final class VaultDatabase {
    private let queue: DatabaseQueue
    private let path: String

    static let pageByteCount = 4096

    /// Opens a file that exists.
    init(path: String) throws(VaultError) {
        self.path = path
        var configuration = Configuration()
        configuration.label = "vault"
        configuration.busyMode = .immediateError
        // Begin and commit are separate calls, so that secrets need not travel through closures.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase(Self.configure)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw Self.translate(error, "open the database", path: path)
        }
    }

    /// Creates the file, for its owner alone; there must be none.
    static func create(path: String) throws(VaultError) -> VaultDatabase {
        _ = try FileHandle(path, O_RDWR | O_CREAT | O_EXCL, operation: "create the database")
        let database = try VaultDatabase(path: path)
        do {
            try VaultSchema.migrator.migrate(database.queue)
        } catch {
            throw translate(error, "create the tables", path: path)
        }
        return database
    }

    /// Opens the file of a vault after a look at its header, of which SQLite would believe and
    /// change some fields.
    ///
    /// A journal beside it is an interrupted commit, which SQLite takes back first; `checkFile` looks
    /// at the header afterwards.
    static func open(path: String) throws(VaultError) -> VaultDatabase {
        if try !PrivatePlace.exists(path + "-journal") { try DatabaseHeader.check(path) }
        return try VaultDatabase(path: path)
    }

    /// Examines every page of the file, the schema, and the header.
    func checkFile() throws(VaultError) {
        try access("examine the database") { db in
            let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
            guard findings == ["ok"] else {
                throw VaultError.damaged(
                    .fileDamaged(detail: findings.first ?? "integrity check without result"))
            }
            try VaultSchema.check(db)
        }
        // Outside of any transaction: closing a second descriptor would take SQLite's locks away.
        try DatabaseHeader.check(path)
    }

    func begin() throws(VaultError) {
        try access("begin") { try $0.execute(sql: "BEGIN IMMEDIATE") }
    }

    func commit() throws(VaultError) {
        try access("commit") { try $0.execute(sql: "COMMIT") }
    }

    /// Undoes what is not committed.
    ///
    /// A failure leaves the undoing to the next opening.
    func rollback() {
        try? access("roll back") { db in
            if db.isInsideTransaction { try db.execute(sql: "ROLLBACK") }
        }
    }

    func close() throws(VaultError) {
        do {
            try queue.close()
        } catch {
            throw Self.translate(error, "close the database", path: path)
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue] = []) throws(VaultError) {
        try access("write") { db in
            try db.cachedStatement(sql: sql)
                .execute(arguments: StatementArguments(arguments.map(\.argument)))
        }
    }

    func rows(_ sql: String, _ arguments: [SQLValue] = []) throws(VaultError) -> [SQLRow] {
        var result: [SQLRow] = []
        try forEachRow(sql, arguments) { row in result.append(row) }
        return result
    }

    /// Visits rows without keeping them.
    func forEachRow(
        _ sql: String, _ arguments: [SQLValue] = [], _ body: (SQLRow) throws(VaultError) -> Void
    ) throws(VaultError) {
        try access("read") { db in
            let statement = try db.cachedStatement(sql: sql)
            let cursor = try Row.fetchCursor(
                statement, arguments: StatementArguments(arguments.map(\.argument)))
            while let row = try cursor.next() {
                try body(SQLRow(row))
            }
        }
    }

    private func access<Result>(
        _ operation: String, _ body: (Database) throws -> Result
    ) throws(VaultError) -> Result {
        do {
            return try queue.writeWithoutTransaction(body)
        } catch {
            throw Self.translate(error, operation, path: path)
        }
    }

    private static func configure(_ db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA page_size = \(pageByteCount);
                PRAGMA auto_vacuum = NONE;
                PRAGMA journal_mode = DELETE;
                PRAGMA synchronous = EXTRA;
                PRAGMA fullfsync = ON;
                PRAGMA secure_delete = ON;
                PRAGMA trusted_schema = OFF;
                PRAGMA cell_size_check = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA mmap_size = 0
                """)
        // Three is EXTRA. A build of SQLite that ignores it must not hold a vault.
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 3,
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode"),
            ["delete", "memory"].contains(mode)
        else {
            throw VaultError.inputOutput(
                InputOutputFault("configure", path: "", source: .database, code: 1))
        }
    }

    private static func translate(
        _ error: any Error, _ operation: String, path: String
    ) -> VaultError {
        if let error = error as? VaultError { return error }
        guard let error = error as? DatabaseError else {
            return .damaged(.fileDamaged(detail: "cannot \(operation)"))
        }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH,
            .SQLITE_CONSTRAINT, .SQLITE_FORMAT:
            return .damaged(.fileDamaged(detail: error.message ?? "cannot \(operation)"))
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return .busy(path: path)
        default:
            return .inputOutput(
                InputOutputFault(
                    operation, path: path, source: .database,
                    code: error.extendedResultCode.rawValue))
        }
    }
}
