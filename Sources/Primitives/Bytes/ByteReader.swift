/// Why bytes could not be read.
public enum ByteReaderError: Error, Equatable {
    /// The input ends before the value does; both counts are in bytes.
    case endOfInput(needed: Int, available: Int)
    /// A compact size that fits into a shorter form.
    case nonMinimalCompactSize(UInt64)
    /// Input is left over after the last value.
    case trailingBytes(Int)
}

/// Reads numbers and byte strings from the front of an array, and never beyond its end.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var offset = 0

    /// Starts before the first byte.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// How many bytes have not been read.
    public var remainingCount: Int {
        bytes.count - offset
    }

    /// How many bytes have been read.
    public var readCount: Int {
        offset
    }

    /// Reads one byte.
    public mutating func readUInt8() throws(ByteReaderError) -> UInt8 {
        let start = try take(1)
        return bytes[start]
    }

    /// Reads two bytes, least significant first.
    public mutating func readUInt16LE() throws(ByteReaderError) -> UInt16 {
        try readLittleEndian()
    }

    /// Reads four bytes, least significant first.
    public mutating func readUInt32LE() throws(ByteReaderError) -> UInt32 {
        try readLittleEndian()
    }

    /// Reads eight bytes, least significant first.
    public mutating func readUInt64LE() throws(ByteReaderError) -> UInt64 {
        try readLittleEndian()
    }

    /// Reads two bytes, most significant first.
    public mutating func readUInt16BE() throws(ByteReaderError) -> UInt16 {
        try readUInt16LE().byteSwapped
    }

    /// Reads four bytes, most significant first.
    public mutating func readUInt32BE() throws(ByteReaderError) -> UInt32 {
        try readUInt32LE().byteSwapped
    }

    /// Reads eight bytes, most significant first.
    public mutating func readUInt64BE() throws(ByteReaderError) -> UInt64 {
        try readUInt64LE().byteSwapped
    }

    /// Reads a byte string.
    ///
    /// - Parameter count: At least 0; checked against the input before anything is allocated.
    public mutating func read(count: Int) throws(ByteReaderError) -> [UInt8] {
        let start = try take(count)
        return Array(bytes[start..<start + count])
    }

    /// Passes over bytes without copying them.
    ///
    /// - Parameter count: At least 0.
    public mutating func skip(count: Int) throws(ByteReaderError) {
        _ = try take(count)
    }

    /// Reads 32 bytes.
    public mutating func readBytes32() throws(ByteReaderError) -> Bytes32 {
        let start = try take(Bytes32.byteCount)
        var value = Bytes32.zero
        for index in 0..<Bytes32.byteCount {
            value[index] = bytes[start + index]
        }
        return value
    }

    /// Reads 20 bytes.
    public mutating func readBytes20() throws(ByteReaderError) -> Bytes20 {
        let start = try take(Bytes20.byteCount)
        var value = Bytes20.zero
        for index in 0..<Bytes20.byteCount {
            value[index] = bytes[start + index]
        }
        return value
    }

    /// Reads a compact size (Bitcoin's variable-length count) and refuses any but its shortest form.
    public mutating func readCompactSize() throws(ByteReaderError) -> UInt64 {
        let first = try readUInt8()
        let value: UInt64
        let smallest: UInt64
        switch first {
        case 0xFD: (value, smallest) = (UInt64(try readUInt16LE()), 0xFD)
        case 0xFE: (value, smallest) = (UInt64(try readUInt32LE()), 0x1_0000)
        case 0xFF: (value, smallest) = (try readUInt64LE(), 0x1_0000_0000)
        default: return UInt64(first)
        }
        guard value >= smallest else { throw .nonMinimalCompactSize(value) }
        return value
    }

    /// Confirms that every byte has been read.
    public func finish() throws(ByteReaderError) {
        guard remainingCount == 0 else { throw .trailingBytes(remainingCount) }
    }

    private mutating func readLittleEndian<Number: FixedWidthInteger & UnsignedInteger>()
        throws(ByteReaderError) -> Number
    {
        let start = try take(MemoryLayout<Number>.size)
        let stored = unsafe bytes.withUnsafeBytes { buffer in
            unsafe buffer.loadUnaligned(fromByteOffset: start, as: Number.self)
        }
        return Number(littleEndian: stored)
    }

    private mutating func take(_ count: Int) throws(ByteReaderError) -> Int {
        precondition(count >= 0, "a byte count is never negative")
        guard count <= remainingCount else {
            throw .endOfInput(needed: count, available: remainingCount)
        }
        let start = offset
        offset += count
        return start
    }
}
