package import Primitives

/// Encodings of a record that mean the same as its canonical one, and that nobody may accept.
package enum NonCanonicalCBOR: String, CaseIterable, Sendable {
    case longCount
    case longKey
    case unsortedKeys
    case duplicateKey
    case indefiniteLength
    case tagged
    case trailingByte

    /// - Parameter record: A map with 2 to 22 entries and keys below 24.
    package func encode(_ record: CBORValue) -> [UInt8] {
        guard case .map(let entries) = record, (2...22).contains(entries.count) else {
            preconditionFailure("a record of 2 to 22 fields is needed")
        }
        let fields = entries.map { (key: $0.key.encode(), value: $0.value.encode()) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        let content = fields.flatMap { $0.key + $0.value }
        let count = UInt8(fields.count)
        switch self {
        case .longCount: return [0xB8, count] + content
        case .longKey: return [0xA0 | count, 0x18] + content
        case .unsortedKeys:
            return [0xA0 | count] + fields.reversed().flatMap { $0.key + $0.value }
        case .duplicateKey:
            return [0xA0 | (count + 1)] + fields[0].key + fields[0].value + content
        case .indefiniteLength: return [0xBF] + content + [0xFF]
        case .tagged: return [0xC1, 0xA0 | count] + content
        case .trailingByte: return [0xA0 | count] + content + [0x00]
        }
    }
}
