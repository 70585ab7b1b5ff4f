package import Exchange
import Primitives

/// How a log fails to be a chain.
///
/// `index` is the 0-based position of the first bad entry.
package enum LogFault: Error, Equatable {
    case missing(index: UInt64)
    /// The entry is not in the log's form, or not for this position.
    case malformed(index: UInt64)
    /// The entry does not continue from the entry before.
    case unchained(index: UInt64)
    /// The stored hash is not the entry's.
    case wrongHash(index: UInt64)
    /// There are entries after the newest that the head knows.
    case surplus(index: UInt64)
    /// The chain is sound but its end is not the head's.
    case wrongHead(index: UInt64)
}

/// What a quoted head says about this signer's history.
package enum HeadJudgement: Hashable, Sendable {
    case known
    /// So many entries ended in another hash: two histories.
    case contradicts(ours: LogHead)
    /// Newer than anything here: this vault was rolled back.
    case unknownFuture(newest: LogHead)
}

/// Every event of the signer, each entry bound to all entries before it.
package struct HashChainedLog<Access: StoreAccess> {
    let book: RecordBook

    /// The newest entry.
    ///
    /// Inside a transaction it includes what the transaction appended so far.
    package var head: LogHead { book.current.log }

    /// How many entries there are.
    package var count: UInt64 { head.index }

    /// The entry at a 0-based position; `nil` past the end.
    package func entry(_ index: UInt64) throws(VaultError) -> LogEntry? {
        guard index < count else { return nil }
        let sql = "SELECT position, entry, hash FROM log WHERE position = ?"
        guard let row = try book.database.rows(sql, [.integer(Int64(index))]).first else {
            throw .damaged(.log(.missing(index: index)))
        }
        return try LogWalk.entry(row, at: index)
    }

    /// The newest entries, oldest first.
    package func newest(_ limit: UInt64) throws(VaultError) -> [LogEntry] {
        var entries: [LogEntry] = []
        for index in (count - min(limit, count))..<count {
            if let entry = try entry(index) { entries.append(entry) }
        }
        return entries
    }

    /// Compares a head that somebody remembers with this history.
    package func judge(_ quoted: LogHead) throws(VaultError) -> HeadJudgement {
        guard quoted.index <= count else { return .unknownFuture(newest: head) }
        var ours = LogHead.empty
        if quoted.index > 0, let entry = try entry(quoted.index - 1) {
            ours = LogHead(index: quoted.index, hash: entry.hash)
        }
        return ours == quoted ? .known : .contradicts(ours: ours)
    }

    /// Whether a head that somebody remembers is in this history.
    package func contains(_ quoted: LogHead) throws(VaultError) -> Bool {
        try judge(quoted) == .known
    }

    /// Walks the whole chain.
    ///
    /// - Throws: `.damaged(.log)` with the first bad entry.
    package func verify() throws(VaultError) {
        var walk = LogWalk()
        let sql = "SELECT position, entry, hash FROM log ORDER BY position"
        try book.database.forEachRow(sql) { row throws(VaultError) in
            try walk.take(row)
        }
        try walk.finish(at: book.current.log)
    }
}

extension HashChainedLog where Access == WriteAccess {
    /// Adds an event and moves the head.
    package func append(_ event: LogEvent) throws(VaultError) {
        let newest = head
        let entry = LogEntry(
            index: newest.index, previous: newest.hash, epoch: book.current.epoch, event: event)
        let hash = entry.hash
        book.requireDraft()
        try book.database.execute(
            "INSERT INTO log (position, entry, hash) VALUES (?, ?, ?)",
            [.integer(Int64(entry.index)), .blob(entry.encoded()), .blob(hash.bytes)])
        book.changeDraft { $0.log = LogHead(index: newest.index + 1, hash: hash) }
    }
}

/// A walk along the chain from its first entry.
private struct LogWalk {
    private var next: UInt64 = 0
    private var hash = Bytes32.zero

    mutating func take(_ row: SQLRow) throws(VaultError) {
        guard row.integer(0) == Int64(next) else { throw .damaged(.log(.missing(index: next))) }
        let entry = try Self.entry(row, at: next)
        guard entry.previous == hash else {
            throw .damaged(.log(.unchained(index: next)))
        }
        hash = entry.hash
        next += 1
    }

    func finish(at head: LogHead) throws(VaultError) {
        if next < head.index { throw .damaged(.log(.missing(index: next))) }
        if next > head.index { throw .damaged(.log(.surplus(index: head.index))) }
        guard head.hash == hash else {
            throw .damaged(.log(.wrongHead(index: max(next, 1) - 1)))
        }
    }

    /// Reads a row of columns position, entry, hash.
    static func entry(_ row: SQLRow, at index: UInt64) throws(VaultError) -> LogEntry {
        let entry: LogEntry
        do throws(CBORError) {
            entry = try LogEntry(decoding: row.blob(1) ?? [])
        } catch {
            throw .damaged(.log(.malformed(index: index)))
        }
        guard entry.index == index else { throw .damaged(.log(.malformed(index: index))) }
        guard row.blob(2) == entry.hash.bytes else {
            throw .damaged(.log(.wrongHash(index: index)))
        }
        return entry
    }
}
