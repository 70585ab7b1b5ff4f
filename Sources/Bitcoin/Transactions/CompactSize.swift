import Primitives

/// Sizes of Bitcoin's variable-length counts.
enum CompactSize {
    /// Bytes of the count `value`.
    static func byteCount(_ value: Int) -> Int {
        switch value {
        case ..<0xFD: 1
        case ...0xFFFF: 3
        case ...0xFFFF_FFFF: 5
        default: 9
        }
    }

    /// Bytes of a byte string together with its count.
    static func sizedByteCount(_ bytes: [UInt8]) -> Int {
        byteCount(bytes.count) + bytes.count
    }
}

extension ByteReader {
    /// Reads a count of things that take at least `minimumByteCount` bytes each.
    ///
    /// A count that the rest of the input cannot hold is an error before anything is allocated.
    mutating func readCount(minimumByteCount: Int) throws(ByteReaderError) -> Int {
        let count = try readCompactSize()
        let limit = UInt64(remainingCount / minimumByteCount)
        guard count <= limit else {
            let (needed, overflow) = count.multipliedReportingOverflow(
                by: UInt64(minimumByteCount))
            throw .endOfInput(
                needed: overflow ? .max : Int(clamping: needed), available: remainingCount)
        }
        return Int(count)
    }

    /// Reads a byte string that follows its count.
    mutating func readSized() throws(ByteReaderError) -> [UInt8] {
        try read(count: readCount(minimumByteCount: 1))
    }
}
