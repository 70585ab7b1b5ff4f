/// Why a text is not bech32 or bech32m.
public enum Bech32Error: Error, Equatable {
    /// More than 90 characters.
    case tooLong(characterCount: Int)
    /// Capital and small letters in one text.
    case mixedCase
    /// No `1` between the human-readable part and the data.
    case missingSeparator
    /// Nothing before the separator.
    case emptyHumanReadablePart
    /// A character at this offset (in UTF-8 bytes) that cannot occur there.
    case invalidCharacter(offset: Int)
    /// Fewer than six characters after the separator.
    case tooShort
    /// The checksum is that of neither variant.
    case wrongChecksum
}

/// The text form of segwit addresses: bech32 (BIP-173) and bech32m (BIP-350).
public enum Bech32 {
    /// Which of the two checksums a text has.
    public enum Variant: Hashable, Sendable {
        case bech32, bech32m

        fileprivate var constant: UInt32 {
            switch self {
            case .bech32: 1
            case .bech32m: 0x2BC8_30A3
            }
        }
    }

    /// A text taken apart.
    public struct Decoded: Hashable, Sendable {
        /// What stands before the separator, in small letters.
        public let humanReadablePart: String
        /// Five-bit groups without the checksum.
        public let groups: [UInt8]
        /// Which checksum the text has.
        public let variant: Variant
    }

    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let checksumCount = 6
    private static let maximumCharacterCount = 90

    /// Takes a text apart and checks its checksum.
    public static func decode(_ text: String) throws(Bech32Error) -> Decoded {
        let characters = Array(text.utf8)
        guard characters.count <= maximumCharacterCount else {
            throw .tooLong(characterCount: characters.count)
        }
        for (offset, character) in characters.enumerated() {
            guard (33...126).contains(character) else {
                throw .invalidCharacter(offset: offset)
            }
        }
        let small = Array(text.lowercased().utf8)
        guard characters == small || characters == Array(text.uppercased().utf8) else {
            throw .mixedCase
        }
        guard let separator = small.lastIndex(of: UInt8(ascii: "1")) else {
            throw .missingSeparator
        }
        guard separator > 0 else { throw .emptyHumanReadablePart }
        guard small.count - separator - 1 >= checksumCount else { throw .tooShort }
        var groups: [UInt8] = []
        for offset in separator + 1..<small.count {
            guard let value = alphabet.firstIndex(of: small[offset]) else {
                throw .invalidCharacter(offset: offset)
            }
            groups.append(UInt8(value))
        }
        let prefix = Array(small[..<separator])
        let remainder = checksum(expanded(prefix) + groups)
        guard let variant = [Variant.bech32, .bech32m].first(where: { $0.constant == remainder })
        else { throw .wrongChecksum }
        return Decoded(
            humanReadablePart: String(decoding: prefix, as: UTF8.self),
            groups: Array(groups.dropLast(checksumCount)), variant: variant)
    }

    /// Writes a text in small letters.
    ///
    /// - Parameters:
    ///   - groups: Five-bit groups, each below 32.
    ///   - humanReadablePart: Printable ASCII without capital letters, not empty.
    public static func encode(
        _ groups: [UInt8], humanReadablePart: String, variant: Variant
    ) -> String {
        precondition(groups.allSatisfy { $0 < 32 }, "a group of bech32 has five bits")
        let prefix = Array(humanReadablePart.utf8)
        let zeros = Array(repeating: UInt8(0), count: checksumCount)
        let remainder = checksum(expanded(prefix) + groups + zeros) ^ variant.constant
        let tail = (0..<checksumCount).map { index in
            UInt8(remainder >> (5 * (checksumCount - 1 - index)) & 31)
        }
        let data = (groups + tail).map { alphabet[Int($0)] }
        return String(decoding: prefix + [UInt8(ascii: "1")] + data, as: UTF8.self)
    }

    private static func expanded(_ prefix: [UInt8]) -> [UInt8] {
        prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 }
    }

    /// The remainder of the groups as a polynomial over GF(32) (BIP-173).
    private static func checksum(_ groups: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [
            0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
        ]
        var value: UInt32 = 1
        for group in groups {
            let top = value >> 25
            value = (value & 0x1FF_FFFF) << 5 ^ UInt32(group)
            for (bit, term) in generator.enumerated() where top >> bit & 1 == 1 {
                value ^= term
            }
        }
        return value
    }
}

extension Bech32 {
    /// Bytes as five-bit groups, the last filled with zero bits.
    static func groups(of bytes: [UInt8]) -> [UInt8] {
        var groups: [UInt8] = []
        var buffer: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFF
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                groups.append(UInt8(buffer >> bitCount & 31))
            }
        }
        if bitCount > 0 {
            groups.append(UInt8(buffer << (5 - bitCount) & 31))
        }
        return groups
    }

    /// Five-bit groups as bytes.
    ///
    /// - Returns: `nil` where more than four bits, or a bit that is set, are left over.
    static func bytes(of groups: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bitCount = 0
        for group in groups {
            buffer = (buffer << 5 | UInt32(group)) & 0xFFF
            bitCount += 5
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(buffer >> bitCount & 0xFF))
            }
        }
        guard bitCount < 5, buffer & ((1 << bitCount) - 1) == 0 else { return nil }
        return bytes
    }
}
