/// Why a text is not hexadecimal.
public enum HexError: Error, Equatable {
    /// The number of characters is odd.
    case oddLength(Int)
    /// The character at this offset (in UTF-8 bytes) is not a hexadecimal digit.
    case notADigit(offset: Int)
}

/// Hexadecimal text: two digits a byte, nothing between them.
public enum Hex {
    /// Writes lower-case digits.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 0x0F))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads digits of either case; refuses spaces, prefixes and a missing last digit.
    public static func decode(_ text: String) throws(HexError) -> [UInt8] {
        let count = text.utf8.count
        guard count.isMultiple(of: 2) else { throw .oddLength(count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count / 2)
        var high: UInt8?
        var offset = 0
        for character in text.utf8 {
            guard let value = value(of: character) else { throw .notADigit(offset: offset) }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
            offset += 1
        }
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
