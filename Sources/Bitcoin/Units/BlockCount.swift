/// A number of blocks that a relative lock waits, 0 to 65,535 (BIP-68).
public struct BlockCount: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The longest wait that a relative lock can express.
    public static let maximum = BlockCount(.max)

    /// The number itself.
    public let value: UInt16

    /// A wait of `value` blocks.
    public init(_ value: UInt16) {
        self.value = value
    }

    /// A wait read from a wider number.
    ///
    /// - Returns: `nil` above 65,535.
    public init?(exactly value: UInt64) {
        guard let value = UInt16(exactly: value) else { return nil }
        self.init(value)
    }

    /// Shorter wait first.
    public static func < (left: BlockCount, right: BlockCount) -> Bool {
        left.value < right.value
    }

    /// The number and its unit, such as `144 blocks`.
    public var description: String {
        value == 1 ? "1 block" : "\(value) blocks"
    }
}

/// The position of a block in the chain; the genesis block has height 0.
public struct BlockHeight: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The height of the genesis block.
    public static let genesis = BlockHeight(0)

    /// The number itself.
    public let value: UInt32

    /// The height `value`.
    public init(_ value: UInt32) {
        self.value = value
    }

    /// The first height at which an output of a block at this height can be spent through a
    /// relative lock of `wait`.
    ///
    /// - Returns: `nil` beyond the largest height.
    public func adding(_ wait: BlockCount) -> BlockHeight? {
        let (sum, overflow) = value.addingReportingOverflow(UInt32(wait.value))
        return overflow ? nil : BlockHeight(sum)
    }

    /// How many blocks of a chain whose tip is `tip` confirm a transaction at this height.
    ///
    /// - Returns: 1 for the tip itself, 0 for a height above the tip.
    public func confirmationCount(tip: BlockHeight) -> UInt32 {
        tip.value >= value ? tip.value - value + 1 : 0
    }

    /// Lower first.
    public static func < (left: BlockHeight, right: BlockHeight) -> Bool {
        left.value < right.value
    }

    /// The number.
    public var description: String {
        String(value)
    }
}
