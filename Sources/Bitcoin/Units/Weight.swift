/// A size in weight units: three times the size without witness plus the size with it (BIP-141).
public struct Weight: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Nothing.
    public static let zero = Weight(0)
    /// The most that a block may weigh (Bitcoin Core: `MAX_BLOCK_WEIGHT`).
    public static let maximumBlock = Weight(4_000_000)
    /// The most that a relayed transaction may weigh (`MAX_STANDARD_TX_WEIGHT`).
    public static let maximumStandardTransaction = Weight(400_000)
    /// The least that any transaction weighs (`MIN_TRANSACTION_WEIGHT`).
    public static let minimumTransaction = Weight(240)

    /// Weight units; at least 0.
    public let units: Int

    /// A weight of at least 0 units.
    public init(_ units: Int) {
        precondition(units >= 0, "a weight is not negative")
        self.units = units
    }

    /// The weight of bytes outside the witness: four units each.
    public init(baseByteCount: Int) {
        self.init(4 * baseByteCount)
    }

    /// The weight of bytes inside the witness: one unit each.
    public init(witnessByteCount: Int) {
        self.init(witnessByteCount)
    }

    /// A quarter of the weight, rounded up.
    public var virtualSize: VirtualSize {
        VirtualSize((units + 3) / 4)
    }

    /// The weight of two things together.
    public static func + (left: Weight, right: Weight) -> Weight {
        Weight(left.units + right.units)
    }

    /// Adds the weight of another thing.
    public static func += (left: inout Weight, right: Weight) {
        left = left + right
    }

    /// Lighter first.
    public static func < (left: Weight, right: Weight) -> Bool {
        left.units < right.units
    }

    /// The number and its unit, such as `442 WU`.
    public var description: String {
        "\(units) WU"
    }
}

/// A size in virtual bytes: a quarter of the weight, rounded up (BIP-141).
public struct VirtualSize: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Nothing.
    public static let zero = VirtualSize(0)

    /// Virtual bytes; at least 0.
    public let vbytes: Int

    /// A size of at least 0 virtual bytes.
    public init(_ vbytes: Int) {
        precondition(vbytes >= 0, "a size is not negative")
        self.vbytes = vbytes
    }

    /// The size of two transactions together, as a package is priced.
    public static func + (left: VirtualSize, right: VirtualSize) -> VirtualSize {
        VirtualSize(left.vbytes + right.vbytes)
    }

    /// Smaller first.
    public static func < (left: VirtualSize, right: VirtualSize) -> Bool {
        left.vbytes < right.vbytes
    }

    /// The number and its unit, such as `111 vB`.
    public var description: String {
        "\(vbytes) vB"
    }
}
