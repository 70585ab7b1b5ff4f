/// A value of deterministic CBOR (RFC 8949, section 4.2.1): the subset that records need.
///
/// There are no floats, tags, undefined or simple values, and no indefinite lengths. Two values
/// are equal when they have the same encoding: the order in which a map lists its entries does
/// not matter, and texts compare by their bytes.
public indirect enum CBORValue: Hashable, Sendable {
    /// A number from 0 to 2^64 - 1.
    case unsigned(UInt64)
    /// The number -1 - n.
    case negative(UInt64)
    /// A byte string.
    case bytes([UInt8])
    /// A text.
    case text(String)
    /// Values in order.
    case array([CBORValue])
    /// Keys and values; no key twice.
    case map([CBORMapEntry])
    /// True or false.
    case bool(Bool)
    /// Nothing.
    case null

    /// A map with integer keys.
    public static func record(_ fields: [UInt64: CBORValue]) -> CBORValue {
        let ordered = fields.sorted { $0.key < $1.key }
        return .map(ordered.map { CBORMapEntry(key: .unsigned($0.key), value: $0.value) })
    }

    /// An integer of either sign.
    public static func integer(_ value: Int64) -> CBORValue {
        value < 0 ? .negative(UInt64(bitPattern: ~value)) : .unsigned(UInt64(value))
    }

    /// What kind of value this is.
    public var kind: CBORKind {
        switch self {
        case .unsigned: .unsigned
        case .negative: .negative
        case .bytes: .bytes
        case .text: .text
        case .array: .array
        case .map: .map
        case .bool: .bool
        case .null: .null
        }
    }

    /// Equal when the encodings are.
    public static func == (left: CBORValue, right: CBORValue) -> Bool {
        left.kind == right.kind && left.encode() == right.encode()
    }

    /// Feeds the encoding to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(encode())
    }
}

/// A key of a map with its value.
public struct CBORMapEntry: Hashable, Sendable {
    /// Unique in its map.
    public let key: CBORValue
    /// What the key stands for.
    public let value: CBORValue

    /// Pairs a key with a value.
    public init(key: CBORValue, value: CBORValue) {
        self.key = key
        self.value = value
    }
}

/// The kinds of CBOR value that this program knows.
public enum CBORKind: String, Hashable, Sendable {
    /// A number from 0.
    case unsigned
    /// A number below 0.
    case negative
    /// A byte string.
    case bytes
    /// A text.
    case text
    /// Values in order.
    case array
    /// Keys and values.
    case map
    /// True or false.
    case bool
    /// Nothing.
    case null
}
