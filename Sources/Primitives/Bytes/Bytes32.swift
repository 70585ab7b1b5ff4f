/// A string of exactly 32 bytes, such as a SHA-256 digest, stored without a heap allocation.
///
/// Bytes compare in lexicographic order; `description` is lower-case hexadecimal.
@frozen
public struct Bytes32: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How many bytes a value has.
    public static let byteCount = 32
    /// 32 zero bytes.
    public static let zero = Bytes32()

    @usableFromInline var storage: InlineArray<32, UInt8>

    @inlinable init() {
        storage = InlineArray(repeating: 0)
    }

    /// The bytes themselves, as an inline array.
    @inlinable
    public init(_ storage: InlineArray<32, UInt8>) {
        self.storage = storage
    }

    /// Copies the bytes of a collection.
    ///
    /// - Returns: `nil` unless the collection has exactly 32 bytes.
    @inlinable
    public init?(_ bytes: some Collection<UInt8>) {
        self.init()
        var index = 0
        for byte in bytes {
            guard index < 32 else { return nil }
            storage[index] = byte
            index += 1
        }
        guard index == 32 else { return nil }
    }

    /// Copies the bytes of a span.
    ///
    /// - Returns: `nil` unless the span has exactly 32 bytes.
    @inlinable
    public init?(_ bytes: Span<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init()
        for index in 0..<32 {
            storage[index] = bytes[index]
        }
    }

    /// Reads 64 hexadecimal digits of either case.
    public init?(hex: String) {
        guard hex.utf8.count == 2 * Self.byteCount, let bytes = try? Hex.decode(hex) else {
            return nil
        }
        self.init(bytes)
    }

    /// The bytes as an array.
    @inlinable public var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, initializedCount in
            for index in 0..<32 {
                unsafe buffer.initializeElement(at: index, to: storage[index])
            }
            initializedCount = 32
        }
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String {
        Hex.encode(bytes)
    }

    /// The same as `hex`.
    public var description: String {
        hex
    }

    /// The byte at an index of 0 to 31.
    @inlinable
    public subscript(index: Int) -> UInt8 {
        get { storage[index] }
        set { storage[index] = newValue }
    }

    /// The bytes, for as long as the value is borrowed.
    @inlinable public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get { storage.span }
    }

    /// Lends the bytes to code that wants a pointer.
    @inlinable
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe storage.span.withUnsafeBytes(body)
    }

    /// Equal when every byte is.
    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        for index in 0..<32 where left.storage[index] != right.storage[index] {
            return false
        }
        return true
    }

    /// Lexicographic order.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        for index in 0..<32 where left.storage[index] != right.storage[index] {
            return left.storage[index] < right.storage[index]
        }
        return false
    }

    /// Feeds all bytes to the hasher.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        unsafe withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}
