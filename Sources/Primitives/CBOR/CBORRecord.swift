/// The fields of a map with integer keys, taken out one by one.
///
/// A field that nobody takes is one that this program does not know, and `finish` refuses it.
public struct CBORRecord: Sendable {
    private var fields: [UInt64: CBORValue] = [:]

    /// Opens a map.
    ///
    /// - Throws: `.wrongKind` unless the value is a map and every key a number from 0.
    public init(_ value: CBORValue) throws(CBORError) {
        for entry in try value.map() {
            let key = try entry.key.unsigned()
            guard fields.updateValue(entry.value, forKey: key) == nil else {
                throw .duplicateKey(offset: 0)
            }
        }
    }

    /// Opens a map and refuses all but the named keys at once.
    public init(_ value: CBORValue, known keys: UInt64...) throws(CBORError) {
        try self.init(value)
        if let unknown = fields.keys.filter({ !keys.contains($0) }).min() {
            throw .unknownKey(unknown)
        }
    }

    /// Whether the field is there and has not been taken.
    public func contains(_ key: UInt64) -> Bool {
        fields[key] != nil
    }

    /// Takes a field of any kind.
    public mutating func take(_ key: UInt64) throws(CBORError) -> CBORValue {
        guard let value = fields.removeValue(forKey: key) else { throw .missingKey(key) }
        return value
    }

    /// Takes a field of any kind if it is there.
    public mutating func optional(_ key: UInt64) -> CBORValue? {
        fields.removeValue(forKey: key)
    }

    /// Confirms that every field has been taken.
    public func finish() throws(CBORError) {
        if let unknown = fields.keys.min() {
            throw .unknownKey(unknown)
        }
    }

    /// Confirms that every field below a key has been taken; those from it on are not critical.
    public func finish(ignoringKeysFrom first: UInt64) throws(CBORError) {
        if let unknown = fields.keys.min(), unknown < first {
            throw .unknownKey(unknown)
        }
    }

    fileprivate mutating func take<Content>(
        _ key: UInt64, _ content: (CBORValue) throws(CBORError) -> Content
    ) throws(CBORError) -> Content {
        let value = try take(key)
        do throws(CBORError) {
            return try content(value)
        } catch {
            throw .inField(key, error)
        }
    }
}

// Fields of one kind. Each throws `.missingKey`, or what is wrong with the field inside `.inField`.
extension CBORRecord {
    /// Takes a number.
    public mutating func unsigned(_ key: UInt64) throws(CBORError) -> UInt64 {
        try take(key) { value throws(CBORError) in try value.unsigned() }
    }

    /// Takes a number that the type has room for.
    public mutating func unsigned<Number: FixedWidthInteger & UnsignedInteger>(
        _ key: UInt64, as type: Number.Type
    ) throws(CBORError) -> Number {
        try take(key) { value throws(CBORError) in try value.unsigned(as: type) }
    }

    /// Takes a number if it is there.
    public mutating func optionalUnsigned(_ key: UInt64) throws(CBORError) -> UInt64? {
        try contains(key) ? unsigned(key) : nil
    }

    /// Takes a byte string.
    public mutating func bytes(_ key: UInt64) throws(CBORError) -> [UInt8] {
        try take(key) { value throws(CBORError) in try value.bytes() }
    }

    /// Takes a byte string if it is there.
    public mutating func optionalBytes(_ key: UInt64) throws(CBORError) -> [UInt8]? {
        try contains(key) ? bytes(key) : nil
    }

    /// Takes a byte string of 32 bytes.
    public mutating func bytes32(_ key: UInt64) throws(CBORError) -> Bytes32 {
        try take(key) { value throws(CBORError) in try value.bytes32() }
    }

    /// Takes a byte string of 20 bytes.
    public mutating func bytes20(_ key: UInt64) throws(CBORError) -> Bytes20 {
        try take(key) { value throws(CBORError) in try value.bytes20() }
    }

    /// Takes a text.
    public mutating func text(_ key: UInt64) throws(CBORError) -> String {
        try take(key) { value throws(CBORError) in try value.text() }
    }

    /// Takes a text if it is there.
    public mutating func optionalText(_ key: UInt64) throws(CBORError) -> String? {
        try contains(key) ? text(key) : nil
    }

    /// Takes an array.
    public mutating func array(_ key: UInt64) throws(CBORError) -> [CBORValue] {
        try take(key) { value throws(CBORError) in try value.array() }
    }

    /// Takes true or false.
    public mutating func bool(_ key: UInt64) throws(CBORError) -> Bool {
        try take(key) { value throws(CBORError) in try value.bool() }
    }

    /// Takes a record inside this record.
    public mutating func record(_ key: UInt64) throws(CBORError) -> CBORRecord {
        try take(key) { value throws(CBORError) in try CBORRecord(value) }
    }
}
