/// Why bytes are not the deterministic CBOR that was expected; offsets count bytes from 0.
public indirect enum CBORError: Error, Equatable {
    /// The input is longer than the limit.
    case tooManyBytes(Int, limit: Int)
    /// The input ends inside a value.
    case endOfInput(offset: Int)
    /// Input is left over after the value.
    case trailingBytes(Int)
    /// A number or length that fits into a shorter form.
    case nonMinimalArgument(offset: Int)
    /// A string, array or map without a length.
    case indefiniteLength(offset: Int)
    /// A float, tag, undefined, simple or reserved value.
    case unsupported(initialByte: UInt8, offset: Int)
    /// A text that is not UTF-8.
    case invalidText(offset: Int)
    /// A map names a key a second time.
    case duplicateKey(offset: Int)
    /// A map's keys are not in the order of their encodings.
    case unsortedKeys(offset: Int)
    /// Arrays and maps are nested more deeply than the limit.
    case tooDeep(limit: Int)
    /// There are more values than the limit.
    case tooManyItems(limit: Int)
    /// A string is longer than the limit.
    case stringTooLong(byteCount: UInt64, limit: Int)
    /// A value of one kind stands where another belongs.
    case wrongKind(CBORKind, expected: CBORKind)
    /// A byte string has the wrong length.
    case wrongByteCount(Int, expected: Int)
    /// A number is above what its place allows.
    case outOfRange(UInt64, maximum: UInt64)
    /// A record lacks a field.
    case missingKey(UInt64)
    /// A record has a field that the reader does not know.
    case unknownKey(UInt64)
    /// Something is wrong in a record's field.
    case inField(UInt64, CBORError)
}

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
