import Bitcoin

extension Script {
    /// Removes every push of a signature that begins at an opcode, as signatures before segwit
    /// demand.
    ///
    /// - Returns: How many were removed.
    /// - Source: Bitcoin Core, `FindAndDelete`.
    mutating func findAndDelete(pushOf signature: [UInt8]) -> Int {
        let wanted = Self.plainPush(signature)
        var rest = bytes[...]
        var kept: [UInt8] = []
        var foundCount = 0
        while true {
            while rest.starts(with: wanted) {
                rest = rest.dropFirst(wanted.count)
                foundCount += 1
            }
            guard let count = Self.firstInstructionByteCount(rest) else { break }
            kept.append(contentsOf: rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        if foundCount > 0 {
            self = Script(kept + rest)
        }
        return foundCount
    }

    /// A push by length, even where a number's opcode would do.
    private static func plainPush(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt8(truncatingIfNeeded: bytes.count)
        switch bytes.count {
        case ...75: return [count] + bytes
        case ...0xFF: return [Opcode.pushData1.rawValue, count] + bytes
        default:
            return [Opcode.pushData2.rawValue, count, UInt8(truncatingIfNeeded: bytes.count >> 8)]
                + bytes
        }
    }

    /// Bytes of the first instruction; nil at the end and where it is truncated.
    static func firstInstructionByteCount(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let code = bytes.first else { return nil }
        let lengthByteCount =
            switch code {
            case Opcode.pushData1.rawValue: 1
            case Opcode.pushData2.rawValue: 2
            case Opcode.pushData4.rawValue: 4
            default: 0
            }
        let start = bytes.startIndex + 1
        guard start + lengthByteCount <= bytes.endIndex else { return nil }
        var count = code <= 75 ? Int(code) : 0
        for index in 0..<lengthByteCount {
            count |= Int(bytes[start + index]) << (8 * index)
        }
        let total = 1 + lengthByteCount + count
        return total <= bytes.count ? total : nil
    }
}
