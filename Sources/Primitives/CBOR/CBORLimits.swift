/// What a decoder accepts at most.
///
/// Every limit is checked before memory is taken.
public struct CBORLimits: Hashable, Sendable {
    /// Bytes of the whole input.
    public let byteCount: Int
    /// Levels of nested arrays and maps.
    public let depth: Int
    /// Values of every kind, keys included.
    public let itemCount: Int
    /// Bytes of one byte string or text.
    public let stringByteCount: Int

    /// The limits for anything that is not known to need more: 64 MiB, 8 levels.
    public static let standard = CBORLimits()

    /// States limits.
    ///
    /// - Parameters:
    ///   - depth: At most 64, because the decoder calls itself for every level.
    public init(
        byteCount: Int = 64 << 20, depth: Int = 8, itemCount: Int = 100_000,
        stringByteCount: Int = 16 << 20
    ) {
        precondition((0...64).contains(depth), "at most 64 levels can be decoded")
        self.byteCount = byteCount
        self.depth = depth
        self.itemCount = itemCount
        self.stringByteCount = stringByteCount
    }
}
