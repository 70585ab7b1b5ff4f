/// Why a text is not base58 with a checksum.
public enum Base58Error: Error, Equatable {
    /// More characters than any text we read has.
    case tooLong(characterCount: Int, limit: Int)
    /// A character at this offset (in UTF-8 bytes) outside the alphabet.
    case invalidCharacter(offset: Int)
    /// Fewer bytes than the checksum has.
    case tooShort
    /// The last four bytes are not the checksum of the others.
    case wrongChecksum
}

/// Base58 with a checksum: the text form of the addresses before segwit.
public enum Base58Check {
    private static let alphabet = Array(
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    private static let checksumByteCount = 4
    // The conversion takes quadratic time; an extended key has 111 characters.
    private static let maximumCharacterCount = 128

    /// Reads a text and takes its checksum off.
    public static func decode(_ text: String) throws(Base58Error) -> [UInt8] {
        let characters = Array(text.utf8)
        guard characters.count <= maximumCharacterCount else {
            throw .tooLong(characterCount: characters.count, limit: maximumCharacterCount)
        }
        var reversed: [UInt8] = []
        for (offset, character) in characters.enumerated() {
            guard let digit = alphabet.firstIndex(of: character) else {
                throw .invalidCharacter(offset: offset)
            }
            var carry = digit
            for index in reversed.indices {
                carry += 58 * Int(reversed[index])
                reversed[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            while carry > 0 {
                reversed.append(UInt8(carry & 0xFF))
                carry >>= 8
            }
        }
        let zeroCount = characters.prefix { $0 == alphabet[0] }.count
        let bytes = Array(repeating: UInt8(0), count: zeroCount) + reversed.reversed()
        guard bytes.count >= checksumByteCount else { throw .tooShort }
        let payload = Array(bytes.dropLast(checksumByteCount))
        guard checksum(payload) == Array(bytes.suffix(checksumByteCount)) else {
            throw .wrongChecksum
        }
        return payload
    }

    /// Writes bytes followed by their checksum.
    public static func encode(_ payload: [UInt8]) -> String {
        let bytes = payload + checksum(payload)
        var reversed: [UInt8] = []
        for byte in bytes {
            var carry = Int(byte)
            for index in reversed.indices {
                carry += Int(reversed[index]) << 8
                reversed[index] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                reversed.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeroCount = bytes.prefix { $0 == 0 }.count
        let digits = Array(repeating: UInt8(0), count: zeroCount) + reversed.reversed()
        return String(decoding: digits.map { alphabet[Int($0)] }, as: UTF8.self)
    }

    private static func checksum(_ payload: [UInt8]) -> [UInt8] {
        Array(SHA256.doubleHash(payload).bytes.prefix(checksumByteCount))
    }
}
