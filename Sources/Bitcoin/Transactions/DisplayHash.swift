public import Primitives

/// A hash that people and Bitcoin Core's interfaces write back to front.
///
/// The bytes are kept in the order in which hashing yields and transactions encode them;
/// `description` and `hex` are reversed.
public protocol DisplayHash: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The bytes in encoding order.
    var bytes: Bytes32 { get }

    /// Takes bytes in encoding order.
    init(_ bytes: Bytes32)
}

extension DisplayHash {
    /// Reads the text that `hex` gives: 64 digits, back to front.
    public init?(hex: String) {
        guard let shown = Bytes32(hex: hex), let bytes = Bytes32(shown.bytes.reversed()) else {
            return nil
        }
        self.init(bytes)
    }

    /// 64 lower-case digits, back to front.
    public var hex: String {
        Hex.encode(bytes.bytes.reversed())
    }

    /// The same as `hex`.
    public var description: String {
        hex
    }

    /// Order of the encoded bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.bytes < right.bytes
    }
}

/// The hash of a transaction without its witness.
public struct Txid: DisplayHash {
    /// All zero, as in the input of a coinbase transaction.
    public static let zero = Txid(.zero)

    /// The bytes in encoding order.
    public let bytes: Bytes32

    /// Takes bytes in encoding order.
    public init(_ bytes: Bytes32) {
        self.bytes = bytes
    }
}

/// The hash of a transaction with its witness (BIP-141).
public struct Wtxid: DisplayHash {
    /// The bytes in encoding order.
    public let bytes: Bytes32

    /// Takes bytes in encoding order.
    public init(_ bytes: Bytes32) {
        self.bytes = bytes
    }
}

/// The hash of a block's header.
public struct BlockHash: DisplayHash {
    /// All zero, as in the header of the first block.
    public static let zero = BlockHash(.zero)

    /// The bytes in encoding order.
    public let bytes: Bytes32

    /// Takes bytes in encoding order.
    public init(_ bytes: Bytes32) {
        self.bytes = bytes
    }
}
