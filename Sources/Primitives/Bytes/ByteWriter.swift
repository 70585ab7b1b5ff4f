/// Builds a byte string from numbers and other byte strings.
public struct ByteWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []

    /// Starts empty.
    public init() {}

    /// Starts empty with room for a number of bytes.
    public init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// Appends bytes as they are.
    public mutating func append(_ more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Appends 32 bytes.
    public mutating func append(_ value: Bytes32) {
        for index in 0..<Bytes32.byteCount {
            bytes.append(value[index])
        }
    }

    /// Appends 20 bytes.
    public mutating func append(_ value: Bytes20) {
        for index in 0..<Bytes20.byteCount {
            bytes.append(value[index])
        }
    }

    /// Appends one byte.
    public mutating func appendUInt8(_ value: UInt8) {
        bytes.append(value)
    }

    /// Appends two bytes, least significant first.
    public mutating func appendUInt16LE(_ value: UInt16) {
        appendLittleEndian(value)
    }

    /// Appends four bytes, least significant first.
    public mutating func appendUInt32LE(_ value: UInt32) {
        appendLittleEndian(value)
    }

    /// Appends eight bytes, least significant first.
    public mutating func appendUInt64LE(_ value: UInt64) {
        appendLittleEndian(value)
    }

    /// Appends two bytes, most significant first.
    public mutating func appendUInt16BE(_ value: UInt16) {
        appendLittleEndian(value.byteSwapped)
    }

    /// Appends four bytes, most significant first.
    public mutating func appendUInt32BE(_ value: UInt32) {
        appendLittleEndian(value.byteSwapped)
    }

    /// Appends eight bytes, most significant first.
    public mutating func appendUInt64BE(_ value: UInt64) {
        appendLittleEndian(value.byteSwapped)
    }

    /// Appends a compact size (Bitcoin's variable-length count) in its shortest form.
    public mutating func appendCompactSize(_ value: UInt64) {
        switch value {
        case 0..<0xFD:
            appendUInt8(UInt8(value))
        case 0xFD...0xFFFF:
            appendUInt8(0xFD)
            appendUInt16LE(UInt16(value))
        case 0x1_0000...0xFFFF_FFFF:
            appendUInt8(0xFE)
            appendUInt32LE(UInt32(value))
        default:
            appendUInt8(0xFF)
            appendUInt64LE(value)
        }
    }

    /// Appends a compact size with the number of bytes, then the bytes.
    public mutating func appendSized(_ more: [UInt8]) {
        appendCompactSize(UInt64(more.count))
        append(more)
    }

    private mutating func appendLittleEndian<Number: FixedWidthInteger & UnsignedInteger>(
        _ value: Number
    ) {
        for index in 0..<Number.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index)))
        }
    }
}
