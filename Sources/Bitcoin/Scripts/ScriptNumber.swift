/// Why bytes are not a number of script.
public enum ScriptNumberError: Error, Equatable {
    /// More bytes than the opcode reads.
    case tooLong(byteCount: Int, limit: Int)
    /// A shorter encoding of the same number exists.
    case notMinimal
}

/// The numbers of script: least significant byte first, the top bit of the last byte is the
/// sign, zero is empty (Bitcoin Core: `CScriptNum`).
public enum ScriptNumber {
    /// What arithmetic opcodes read.
    public static let maximumByteCount = 4
    /// What OP_CHECKLOCKTIMEVERIFY and OP_CHECKSEQUENCEVERIFY read.
    public static let maximumLockByteCount = 5

    /// The shortest encoding of a number.
    public static func encode(_ value: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        var magnitude = value.magnitude
        while magnitude > 0 {
            bytes.append(UInt8(truncatingIfNeeded: magnitude))
            magnitude >>= 8
        }
        guard let last = bytes.last else { return [] }
        let sign: UInt8 = value < 0 ? 0x80 : 0
        if last & 0x80 != 0 {
            bytes.append(sign)
        } else {
            bytes[bytes.count - 1] |= sign
        }
        return bytes
    }

    /// Reads a number and refuses any but its shortest encoding.
    ///
    /// - Parameter maximumByteCount: At most 8.
    public static func decode(
        _ bytes: [UInt8], maximumByteCount: Int = maximumByteCount
    ) throws(ScriptNumberError) -> Int64 {
        precondition(maximumByteCount <= 8, "a script number fits into 64 bits")
        guard bytes.count <= maximumByteCount else {
            throw .tooLong(byteCount: bytes.count, limit: maximumByteCount)
        }
        guard let last = bytes.last else { return 0 }
        if last & 0x7F == 0 {
            // The last byte may hold nothing but the sign only where the bit below is in use.
            guard bytes.count > 1, bytes[bytes.count - 2] & 0x80 != 0 else { throw .notMinimal }
        }
        var magnitude: Int64 = 0
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            magnitude |= Int64(isLast ? byte & 0x7F : byte) << (8 * index)
        }
        return last & 0x80 == 0 ? magnitude : -magnitude
    }
}
