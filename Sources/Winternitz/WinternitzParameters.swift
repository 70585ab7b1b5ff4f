/// The shape of a one-time key: how long a message it signs, and with how many chains.
public struct WinternitzParameters: Hashable, Sendable {
    /// The message lengths that can be signed, in bytes.
    public static let messageByteCounts = 1...1024

    /// The fixed choices.
    public let profile: WinternitzProfile
    /// How many bytes a message has.
    public let messageByteCount: Int
    /// How many digits say the message.
    public let messageDigitCount: Int
    /// How many digits say the checksum: the smallest count whose range holds its maximum.
    public let checksumDigitCount: Int

    /// Derives the counts.
    ///
    /// - Parameter messageByteCount: 1 to 1024; otherwise `messageByteCount` is thrown.
    public init(
        profile: WinternitzProfile = .base16Hash160, messageByteCount: Int
    ) throws(WinternitzError) {
        guard Self.messageByteCounts.contains(messageByteCount) else {
            throw .messageByteCount(messageByteCount)
        }
        self.init(profile, checkedByteCount: messageByteCount)
    }

    /// Finds the message length that needs exactly a number of chains, if there is one.
    ///
    /// No two lengths need the same number, since each byte adds chains.
    public init(
        profile: WinternitzProfile = .base16Hash160, chainCount: Int
    ) throws(WinternitzError) {
        let longest = Self(profile, checkedByteCount: Self.messageByteCounts.upperBound)
        guard chainCount > 0, chainCount <= longest.chainCount else {
            throw .unusableChainCount(chainCount)
        }
        for checksumDigitCount in 1...longest.checksumDigitCount {
            let byteCount = (chainCount - checksumDigitCount) / profile.digitsPerByte
            guard Self.messageByteCounts.contains(byteCount) else { continue }
            let candidate = Self(profile, checkedByteCount: byteCount)
            if candidate.chainCount == chainCount {
                self = candidate
                return
            }
        }
        throw .unusableChainCount(chainCount)
    }

    private init(_ profile: WinternitzProfile, checkedByteCount: Int) {
        self.profile = profile
        messageByteCount = checkedByteCount
        messageDigitCount = checkedByteCount * profile.digitsPerByte
        let maximumChecksum = messageDigitCount * Int(profile.maximumDigit)
        var digitCount = 0
        var range = 1
        while range <= maximumChecksum {
            range *= profile.digitBase
            digitCount += 1
        }
        checksumDigitCount = digitCount
    }

    /// How many chains a key has: one for every message and checksum digit.
    public var chainCount: Int {
        messageDigitCount + checksumDigitCount
    }
}
