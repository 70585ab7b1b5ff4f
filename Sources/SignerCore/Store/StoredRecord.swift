import Primitives

/// A typed record: deterministic CBOR with integer keys, absent values left out.
protocol StoredRecord {
    var fields: [UInt64: CBORValue] { get }
    /// Takes its fields; whatever it leaves is an error.
    init(taking record: inout CBORRecord) throws(CBORError)
}

extension RecordBook {
    func load<Content: StoredRecord>(
        _ type: Content.Type, _ table: RecordTable, _ key: [UInt8]
    ) throws(VaultError) -> Content? {
        guard let value = try value(table, key) else { return nil }
        return try decode(type, Record(table: table, key: key, value: value))
    }

    func save(
        _ table: RecordTable, _ key: [UInt8], _ content: some StoredRecord
    ) throws(VaultError) {
        try put(table, key, CBORValue.record(content.fields).encode())
    }

    /// All records of a table with their keys.
    func loadAll<Content: StoredRecord>(
        _ type: Content.Type, _ table: RecordTable
    ) throws(VaultError) -> [(key: [UInt8], content: Content)] {
        var result: [(key: [UInt8], content: Content)] = []
        for record in try all(table) {
            result.append((record.key, try decode(type, record)))
        }
        return result
    }

    private func decode<Content: StoredRecord>(
        _ type: Content.Type, _ record: Record
    ) throws(VaultError) -> Content {
        do throws(CBORError) {
            let value = try CBORValue.decode(record.value, limits: VaultFormat.limits)
            var fields = try CBORRecord(value)
            let content = try type.init(taking: &fields)
            try fields.finish()
            return content
        } catch {
            throw .damaged(.recordMalformed(record.reference))
        }
    }
}

extension CBORRecord {
    /// Takes a byte string of 32 bytes if it is there.
    mutating func optionalBytes32(_ key: UInt64) throws(CBORError) -> Bytes32? {
        try contains(key) ? bytes32(key) : nil
    }
}

extension CBORValue {
    static func digest(_ value: Bytes32) -> CBORValue { .bytes(value.bytes) }
}
