extension CBORValue {
    /// The one deterministic encoding: shortest numbers, map keys in the order of their encodings.
    ///
    /// That no map has the same key twice is for the caller to ensure.
    public func encode() -> [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout ByteWriter) {
        switch self {
        case .unsigned(let value):
            Self.writeHead(.unsigned, value, to: &writer)
        case .negative(let value):
            Self.writeHead(.negative, value, to: &writer)
        case .bytes(let bytes):
            Self.writeHead(.bytes, UInt64(bytes.count), to: &writer)
            writer.append(bytes)
        case .text(let text):
            Self.writeHead(.text, UInt64(text.utf8.count), to: &writer)
            writer.append(text.utf8)
        case .array(let items):
            Self.writeHead(.array, UInt64(items.count), to: &writer)
            for item in items {
                item.write(to: &writer)
            }
        case .map(let entries):
            Self.writeMap(entries, to: &writer)
        case .bool(let value):
            writer.appendUInt8(value ? CBORSimple.true : CBORSimple.false)
        case .null:
            writer.appendUInt8(CBORSimple.null)
        }
    }

    private static func writeMap(_ entries: [CBORMapEntry], to writer: inout ByteWriter) {
        let ordered = entries.map { (key: $0.key.encode(), value: $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (entry, next) in zip(ordered, ordered.dropFirst()) {
            precondition(entry.key != next.key, "a map has no key twice")
        }
        writeHead(.map, UInt64(entries.count), to: &writer)
        for entry in ordered {
            writer.append(entry.key)
            entry.value.write(to: &writer)
        }
    }

    private static func writeHead(
        _ type: CBORMajorType, _ argument: UInt64, to writer: inout ByteWriter
    ) {
        let high = type.rawValue << 5
        switch argument {
        case 0..<24:
            writer.appendUInt8(high | UInt8(argument))
        case 24...0xFF:
            writer.appendUInt8(high | 24)
            writer.appendUInt8(UInt8(argument))
        case 0x100...0xFFFF:
            writer.appendUInt8(high | 25)
            writer.appendUInt16BE(UInt16(argument))
        case 0x1_0000...0xFFFF_FFFF:
            writer.appendUInt8(high | 26)
            writer.appendUInt32BE(UInt32(argument))
        default:
            writer.appendUInt8(high | 27)
            writer.appendUInt64BE(argument)
        }
    }
}

/// The upper three bits of a value's first byte.
enum CBORMajorType: UInt8 {
    case unsigned, negative, bytes, text, array, map, tag, simple
}

/// First bytes of the values that have no argument.
enum CBORSimple {
    static let `false`: UInt8 = 0xF4
    static let `true`: UInt8 = 0xF5
    static let null: UInt8 = 0xF6
}
