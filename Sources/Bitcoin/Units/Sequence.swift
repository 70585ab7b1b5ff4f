/// A relative lock of BIP-68: how long an output must have been confirmed.
public enum RelativeLock: Hashable, Sendable {
    /// A number of blocks.
    case blocks(BlockCount)
    /// A number of intervals of 512 seconds.
    case intervals(UInt16)
}

/// The sequence number of an input: its relative lock, and whether it may be replaced.
public struct Sequence: Hashable, Sendable, CustomStringConvertible {
    /// No lock of either kind (`SEQUENCE_FINAL`).
    public static let final = Sequence(0xFFFF_FFFF)
    /// No relative lock, but the transaction's `LockTime` counts.
    public static let lockTimeEnabled = Sequence(0xFFFF_FFFE)
    /// No relative lock; signals replaceability (BIP-125).
    public static let replaceable = Sequence(0xFFFF_FFFD)

    static let disableFlag: UInt32 = 1 << 31
    static let typeFlag: UInt32 = 1 << 22
    static let valueMask: UInt32 = 0xFFFF

    /// The number as encoded.
    public let rawValue: UInt32

    /// Any number; every value can exist.
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A relative lock by blocks.
    public static func blocks(_ wait: BlockCount) -> Sequence {
        Sequence(UInt32(wait.value))
    }

    /// A relative lock by time.
    ///
    /// - Parameter intervals: Units of 512 seconds.
    public static func intervals(_ intervals: UInt16) -> Sequence {
        Sequence(typeFlag | UInt32(intervals))
    }

    /// The relative lock that a transaction of version 2 or higher has through this number.
    public var relativeLock: RelativeLock? {
        guard rawValue & Self.disableFlag == 0 else { return nil }
        let value = UInt16(rawValue & Self.valueMask)
        return rawValue & Self.typeFlag == 0 ? .blocks(BlockCount(value)) : .intervals(value)
    }

    /// Whether OP_CHECKSEQUENCEVERIFY with `required` on the stack passes for an input that has
    /// this number, in a transaction of version 2 or higher.
    ///
    /// - Source: BIP-112.
    public func satisfies(_ required: Sequence) -> Bool {
        guard required.rawValue & Self.disableFlag == 0 else { return true }
        switch (relativeLock, required.relativeLock) {
        case (.blocks(let own), .blocks(let least)): return own >= least
        case (.intervals(let own), .intervals(let least)): return own >= least
        default: return false
        }
    }

    /// Whether the number signals that the transaction may be replaced (BIP-125).
    public var signalsReplaceability: Bool {
        rawValue < Self.lockTimeEnabled.rawValue
    }

    /// The number in hexadecimal, such as `0xfffffffd`.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}

/// The absolute lock of a transaction (`nLockTime`).
public struct LockTime: Hashable, Sendable, CustomStringConvertible {
    /// What the number means.
    public enum Meaning: Hashable, Sendable {
        /// The transaction may enter the block after this height.
        case height(BlockHeight)
        /// The transaction may enter a block whose median time past is later; Unix seconds.
        case time(UInt32)
    }

    /// No lock.
    public static let zero = LockTime(0)
    /// Numbers below are heights, the others are times (`LOCKTIME_THRESHOLD`).
    public static let threshold: UInt32 = 500_000_000

    /// The number as encoded.
    public let rawValue: UInt32

    /// Any number; every value can exist.
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A lock by height.
    ///
    /// - Returns: `nil` for a height that would read as a time.
    public init?(_ height: BlockHeight) {
        guard height.value < Self.threshold else { return nil }
        self.init(height.value)
    }

    /// Height or time.
    public var meaning: Meaning {
        rawValue < Self.threshold ? .height(BlockHeight(rawValue)) : .time(rawValue)
    }

    /// The number.
    public var description: String {
        String(rawValue)
    }
}
