import Primitives

/// Base58 with a checksum, for public data only.
enum Base58Check {
    private static let alphabet = Array(
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    /// Longest text that is looked at; an extended key has 111 or 112 letters.
    private static let letterLimit = 200

    static func encode(_ payload: [UInt8]) -> String {
        let bytes = payload + SHA256.doubleHash(payload).bytes.prefix(4)
        // Base-58 digits, the least significant first.
        var digits: [UInt8] = []
        for byte in bytes {
            var carry = Int(byte)
            for index in digits.indices {
                carry += Int(digits[index]) << 8
                digits[index] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                digits.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeros = bytes.prefix { $0 == 0 }.map { _ in alphabet[0] }
        return String(decoding: zeros + digits.reversed().map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The payload without its checksum.
    static func decode(_ text: String) throws(SecretsError) -> [UInt8] {
        guard text.utf8.count <= letterLimit else { throw .malformedExtendedKey(.notBase58) }
        // Bytes, the least significant first.
        var bytes: [UInt8] = []
        for letter in text.utf8 {
            guard let digit = alphabet.firstIndex(of: letter) else {
                throw .malformedExtendedKey(.notBase58)
            }
            var carry = digit
            for index in bytes.indices {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            while carry > 0 {
                bytes.append(UInt8(carry & 0xFF))
                carry >>= 8
            }
        }
        let zeros = text.utf8.prefix { $0 == alphabet[0] }.map { _ in UInt8(0) }
        let all = zeros + bytes.reversed()
        guard all.count >= 4 else { throw .malformedExtendedKey(.byteCount(all.count)) }
        let payload = Array(all.dropLast(4))
        guard SHA256.doubleHash(payload).bytes.prefix(4).elementsEqual(all.suffix(4)) else {
            throw .malformedExtendedKey(.checksum)
        }
        return payload
    }
}
