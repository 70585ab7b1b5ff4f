import Primitives

/// The records of an open vault: every row that is read is authenticated, every row that is
/// written is added to the sum of its table.
///
/// Changes are collected in a draft of the next head; without a draft nothing can be written.
final class RecordBook {
    let database: VaultDatabase
    let keys: VaultKeys
    private(set) var head: VaultHead
    private(set) var draft: VaultHead?
    /// Digests of the bytes that may leave once the open transaction is committed.
    private(set) var authorised: Set<Bytes32> = []

    init(database: VaultDatabase, keys: consuming VaultKeys, head: VaultHead) {
        self.database = database
        self.keys = keys
        self.head = head
    }

    /// The head as it is now, in or out of a transaction.
    var current: VaultHead { draft ?? head }

    // MARK: - Transactions

    func beginDraft() {
        precondition(draft == nil, "transactions are not nested")
        draft = head
        authorised = []
    }

    func dropDraft() {
        draft = nil
        authorised = []
    }

    /// The next state, or `nil` when the transaction changed nothing.
    func nextHead() -> VaultHead? {
        guard var next = draft, next != head else { return nil }
        next.commit = head.commit + 1
        next.previous = head.digest
        return next
    }

    func adopt(_ committed: VaultHead) {
        head = committed
        draft = nil
        authorised = []
    }

    func changeDraft(_ change: (inout VaultHead) -> Void) {
        guard var next = draft else {
            preconditionFailure("the vault is changed only inside an open transaction")
        }
        change(&next)
        draft = next
    }

    /// Lets bytes leave after the commit.
    func authorise(_ digest: Bytes32) {
        requireDraft()
        authorised.insert(digest)
    }

    func requireDraft() {
        precondition(draft != nil, "the vault is changed only inside an open transaction")
    }

    // MARK: - Records

    /// Reads a record; `nil` when there is none.
    func value(_ table: RecordTable, _ key: [UInt8]) throws(VaultError) -> [UInt8]? {
        try row(table, key)?.record.value
    }

    /// Reads a record that must be there because another record refers to it.
    func required(_ table: RecordTable, _ key: [UInt8]) throws(VaultError) -> [UInt8] {
        guard let value = try value(table, key) else {
            throw .damaged(
                .recordMissing(RecordReference(table: table.rawValue, key: key)))
        }
        return value
    }

    /// All records of a table, by key.
    func all(_ table: RecordTable) throws(VaultError) -> [Record] {
        var records: [Record] = []
        let sql = "SELECT key, value, code FROM \(table.rawValue) ORDER BY key"
        try database.forEachRow(sql) { row throws(VaultError) in
            records.append(try self.checked(row, table).record)
        }
        return records
    }

    /// Writes a record, new or in place of an older one.
    func put(_ table: RecordTable, _ key: [UInt8], _ value: [UInt8]) throws(VaultError) {
        let old = try row(table, key)
        let record = Record(table: table, key: key, value: value)
        let code = keys.code(of: record)
        let token = keys.token(ofCode: code)
        let sql =
            old == nil
            ? "INSERT INTO \(table.rawValue) (value, code, key) VALUES (?, ?, ?)"
            : "UPDATE \(table.rawValue) SET value = ?, code = ? WHERE key = ?"
        requireDraft()
        try database.execute(sql, [.blob(value), .blob(code.bytes), .blob(key)])
        changeDraft { head in
            var sum = head.sum(of: table)
            if let old { sum.remove(keys.token(ofCode: old.code)) }
            sum.add(token)
            head.tables[table] = sum
        }
    }

    /// Removes a record; its bytes are overwritten in the file.
    func remove(_ table: RecordTable, _ key: [UInt8]) throws(VaultError) {
        guard let old = try row(table, key) else { return }
        requireDraft()
        try database.execute("DELETE FROM \(table.rawValue) WHERE key = ?", [.blob(key)])
        changeDraft { head in
            var sum = head.sum(of: table)
            sum.remove(keys.token(ofCode: old.code))
            head.tables[table] = sum
        }
    }

    /// A row whose code is right.
    struct CheckedRow {
        let record: Record
        let code: Bytes32
    }

    private func row(_ table: RecordTable, _ key: [UInt8]) throws(VaultError) -> CheckedRow? {
        let sql = "SELECT key, value, code FROM \(table.rawValue) WHERE key = ?"
        guard let row = try database.rows(sql, [.blob(key)]).first else { return nil }
        return try checked(row, table)
    }

    /// Authenticates a row of columns key, value, code.
    func checked(_ row: SQLRow, _ table: RecordTable) throws(VaultError) -> CheckedRow {
        let key = row.blob(0) ?? []
        let record = Record(table: table, key: key, value: row.blob(1) ?? [])
        let code = keys.code(of: record)
        guard let stored = row.blob(2), ConstantTime.equal(stored.span, code.bytes.span) else {
            throw .damaged(.recordChanged(record.reference))
        }
        return CheckedRow(record: record, code: code)
    }
}
