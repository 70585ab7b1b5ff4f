import Primitives

extension RecordBook {
    /// Authenticates every row of every table and compares the sums with the head.
    func verifyRecords() throws(VaultError) {
        for table in RecordTable.allCases {
            try verify(table)
        }
    }

    private func verify(_ table: RecordTable) throws(VaultError) {
        let expected = head.sum(of: table)
        var found = TableSum()
        let sql = "SELECT key, value, code FROM \(table.rawValue)"
        do throws(VaultError) {
            try database.forEachRow(sql) { row throws(VaultError) in
                let row = try self.checked(row, table)
                found.add(self.keys.token(ofCode: row.code))
            }
        } catch .damaged(.recordChanged(let reference)) {
            throw try diagnose(table, reference)
        }
        guard found.count == expected.count else {
            throw .damaged(
                .recordsRemoved(
                    table: table.rawValue, expected: expected.count, found: found.count))
        }
        guard found.sum == expected.sum else {
            throw .damaged(.recordsOutdated(table: table.rawValue))
        }
    }

    /// Tells a changed row from one that holds the genuine content of another row.
    private func diagnose(
        _ table: RecordTable, _ reference: RecordReference
    ) throws(VaultError) -> VaultError {
        let name = table.rawValue
        let suspects = try database.rows(
            "SELECT value, code FROM \(name) WHERE key = ?", [.blob(reference.key)])
        guard let suspect = suspects.first, let value = suspect.blob(0),
            let code = suspect.blob(1)
        else { return .damaged(.recordChanged(reference)) }
        for row in try database.rows("SELECT key FROM \(name)") {
            guard let key = row.blob(0) else { continue }
            let candidate = Record(table: table, key: key, value: value)
            if ConstantTime.equal(keys.code(of: candidate).bytes.span, code.span) {
                return .damaged(.recordSwapped(reference, holds: candidate.reference))
            }
        }
        return .damaged(.recordChanged(reference))
    }
}
