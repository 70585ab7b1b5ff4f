import Foundation
import GRDB
import Primitives
package import WatcherCore

/// The append-only list of a watcher's events in SQLite.
///
/// Every row carries a digest over itself and the row before, so that a row that changed on disk
/// is found when the log is read.
package final class EventLog: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    private static let chainHash = TaggedHash("BitVMX/watcher-event/v1")

    /// Opens the database, and makes or migrates it.
    ///
    /// - Throws: `StoreError.damaged`, `.tooNew`, `.io`.
    package init(path: String) throws(StoreError) {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.label = "watcher"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        self.path = path
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let isTooNew = try queue.read { try Self.migrator.hasBeenSuperseded($0) }
            guard !isTooNew else { throw StoreError.tooNew(path: path) }
            try Self.migrator.migrate(queue)
            self.queue = queue
        } catch {
            throw Self.mapped(error, path)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1-events") { database in
            try database.execute(
                sql: """
                    CREATE TABLE event (
                        number INTEGER PRIMARY KEY CHECK (number > 0),
                        body BLOB NOT NULL,
                        chain BLOB NOT NULL CHECK (length(chain) = 32)
                    ) STRICT;
                    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
                    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
                    CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
                    BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
                    """)
        }
        return migrator
    }

    /// All events in their order.
    ///
    /// - Throws: `StoreError.damaged` with the number of the first event that is not as written.
    package func events() throws(StoreError) -> [WatcherEvent] {
        do {
            return try queue.read { database in
                var events: [WatcherEvent] = []
                var chain = Bytes32.zero
                let rows = try Row.fetchCursor(
                    database, sql: "SELECT number, body, chain FROM event ORDER BY number")
                while let row = try rows.next() {
                    let body = [UInt8](row["body"] as Data)
                    let number: Int64 = row["number"]
                    chain = Self.chain(after: chain, number, body)
                    guard number == events.count + 1,
                        [UInt8](row["chain"] as Data) == chain.bytes
                    else {
                        throw StoreError.damaged(
                            path: path, reason: "event \(events.count + 1) has changed")
                    }
                    events.append(try decoded(body, number))
                }
                return events
            }
        } catch {
            throw Self.mapped(error, path)
        }
    }

    private func decoded(_ body: [UInt8], _ number: Int64) throws(StoreError) -> WatcherEvent {
        do throws(WatcherError) {
            return try WatcherEvent(decoding: body)
        } catch {
            throw .damaged(path: path, reason: "event \(number): \(error)")
        }
    }

    /// Appends events in one transaction; when this returns, they are on disk.
    package func append(_ events: [WatcherEvent]) throws(StoreError) {
        do {
            try queue.write { database in
                for event in events {
                    let last = try Row.fetchOne(
                        database,
                        sql: "SELECT number, chain FROM event ORDER BY number DESC LIMIT 1")
                    let number = (last?["number"] as Int64? ?? 0) + 1
                    let previous = (last?["chain"] as Data?).flatMap { Bytes32($0) } ?? .zero
                    let body = event.encoded()
                    try database.execute(
                        sql: "INSERT INTO event (number, body, chain) VALUES (?, ?, ?)",
                        arguments: [
                            number, Data(body),
                            Data(Self.chain(after: previous, number, body).bytes),
                        ])
                }
            }
        } catch {
            throw Self.mapped(error, path)
        }
    }

    private static func chain(
        after previous: Bytes32, _ number: Int64, _ body: [UInt8]
    ) -> Bytes32 {
        var writer = ByteWriter()
        writer.appendUInt64BE(UInt64(number))
        return chainHash.hash(previous.bytes, writer.bytes, body)
    }

    private static func mapped(_ error: any Error, _ path: String) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else {
            return .io(operation: "use", path: path, reason: "\(error)")
        }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(path: path, reason: reason)
        default: return .io(operation: "use", path: path, reason: reason)
        }
    }
}
