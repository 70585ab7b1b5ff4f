extension WinternitzParameters {
    /// The digits that a signature of a message discloses.
    ///
    /// First the message's, high half of a byte before its low half, then the checksum's, most
    /// significant first. The checksum is the sum of what the message digits lack to 15: raising
    /// any message digit lowers it, so that nobody can only go forward along all chains.
    ///
    /// - Parameter message: Exactly `messageByteCount` bytes.
    /// - Returns: `chainCount` digits of 0 to 15.
    public func digits(of message: [UInt8]) -> [UInt8] {
        precondition(message.count == messageByteCount, "a message has the key's length")
        var digits: [UInt8] = []
        digits.reserveCapacity(chainCount)
        for byte in message {
            digits.append(byte >> 4)
            digits.append(byte & 0x0F)
        }
        digits += checksumDigits(checksum(ofMessageDigits: digits[...]))
        return digits
    }

    /// The message that digits stand for: the inverse of `digits(of:)`.
    ///
    /// Digits from outside are never clamped: each must be 0 to 15, and the checksum exact.
    ///
    /// - Parameter digits: In the order of `digits(of:)`.
    /// - Throws: `digitCount`, `digitOutOfRange` or `checksum`.
    public func message(fromDigits digits: [UInt8]) throws(WinternitzError) -> [UInt8] {
        guard digits.count == chainCount else {
            throw .digitCount(found: digits.count, needed: chainCount)
        }
        for (index, digit) in digits.enumerated() where digit > profile.maximumDigit {
            throw .digitOutOfRange(index: index, value: digit)
        }
        let needed = checksum(ofMessageDigits: digits[..<messageDigitCount])
        let found = digits[messageDigitCount...].reduce(0) { sum, digit in
            sum * profile.digitBase + Int(digit)
        }
        guard found == needed else { throw .checksum(found: found, needed: needed) }
        return (0..<messageByteCount).map { index in
            digits[2 * index] << 4 | digits[2 * index + 1]
        }
    }

    /// How many hash steps lie between a disclosed chain value and the public one.
    func remainingSteps(of message: [UInt8]) -> [UInt8] {
        digits(of: message).map { profile.maximumDigit - $0 }
    }

    private func checksum(ofMessageDigits digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 + Int(profile.maximumDigit - $1) }
    }

    private func checksumDigits(_ checksum: Int) -> [UInt8] {
        var digits = [UInt8](repeating: 0, count: checksumDigitCount)
        var rest = checksum
        for index in digits.indices.reversed() {
            digits[index] = UInt8(rest % profile.digitBase)
            rest /= profile.digitBase
        }
        return digits
    }
}
