/// A set of fixed choices for one-time signatures; its number stands in encodings.
public enum WinternitzProfile: UInt8, Hashable, CaseIterable, Sendable {
    /// Digits of four bits; chains of 15 steps of HASH160; checksum of the smallest sufficient
    /// length.
    case base16Hash160 = 1

    /// How many values a digit has.
    public var digitBase: Int {
        switch self {
        case .base16Hash160: 16
        }
    }

    /// The largest digit, which is also the number of hash steps from a chain's secret to its
    /// public value.
    public var maximumDigit: UInt8 {
        UInt8(digitBase - 1)
    }

    /// How many digits a message byte gives.
    var digitsPerByte: Int {
        switch self {
        case .base16Hash160: 2
        }
    }
}
