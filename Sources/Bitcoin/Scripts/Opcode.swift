/// The first byte of a script instruction.
///
/// Names are those of Bitcoin Core's `opcodetype`; the Swift spelling drops `OP_`.
public struct Opcode: RawRepresentable, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    /// The byte itself.
    public let rawValue: UInt8

    /// Any byte; every value can exist.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Any byte; every value can exist.
    public init(_ byte: UInt8) {
        self.init(rawValue: byte)
    }

    /// Order of the bytes.
    public static func < (left: Opcode, right: Opcode) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Whether a tapscript that holds this opcode succeeds at once (`OP_SUCCESSx`, BIP-342).
    public var isSuccess: Bool {
        switch rawValue {
        case 80, 98, 126...129, 131...134, 137...138, 141...142, 149...153, 187...254: true
        default: false
        }
    }

    /// The name in Bitcoin Core, such as `OP_CHECKSIG`.
    ///
    /// Bytes without a name are `OP_PUSHBYTES_n` for 1 to 75 and `OP_UNKNOWN_n` for the rest,
    /// with `n` in decimal.
    public var name: String {
        if let name = Self.names[self] { return name }
        return (1...75).contains(rawValue)
            ? "OP_PUSHBYTES_\(rawValue)" : "OP_UNKNOWN_\(rawValue)"
    }

    /// The same as `name`.
    public var description: String {
        name
    }

    /// The opcode that pushes a number of -1 to 16 in one byte.
    ///
    /// - Returns: `nil` for other numbers.
    public static func number(_ value: Int64) -> Opcode? {
        switch value {
        case 0: .zero
        case -1: .oneNegate
        case 1...16: Opcode(Opcode.one.rawValue + UInt8(value - 1))
        default: nil
        }
    }
}
