/// How the witness says the digits of a one-time signature in base 16.
public enum DigitForm: Hashable, Sendable, CaseIterable {
    /// Four items of one bit per digit, read by OP_IF; smallest in all.
    ///
    /// BIP-342 makes the engine refuse anything but the empty string and the byte 1.
    case bits
    /// One item per digit, a minimal number of 0 to 15; without OP_IF.
    case nibble

    /// The exponents of 2 of a digit's items, least significant first.
    var exponents: [Int] {
        switch self {
        case .bits: [0, 1, 2, 3]
        case .nibble: [0]
        }
    }

    /// What an item of the form may say.
    var values: ClosedRange<UInt8> {
        switch self {
        case .bits: 0...1
        case .nibble: 0...15
        }
    }
}

/// What becomes of the message's digits after the signature is checked.
public enum DigitUse: Hashable, Sendable, CaseIterable {
    /// They lie on the stack as minimal numbers of 0 to 15, the first deepest.
    case keep
    /// They are gone.
    case drop
}
