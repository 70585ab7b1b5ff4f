public import Primitives

/// A public number modulo the group order n, as 32 big-endian bytes; zero included.
///
/// Never a secret: see `SecretScalar` for those.
public struct Scalar: Hashable, Sendable, CustomStringConvertible {
    /// The 32 big-endian bytes; always below n.
    public let bytes32: Bytes32

    /// The number zero.
    public static let zero = Scalar(unchecked: [UInt8](repeating: 0, count: 32))

    /// The number one.
    public static let one = Scalar(unchecked: [UInt8](repeating: 0, count: 31) + [1])

    /// n - 1, the negative of one.
    public static let minusOne = one.negated

    /// Exact decoding.
    ///
    /// - Returns: nil where the number is n or more.
    public init?(_ bytes: Bytes32) {
        guard GroupOrder.isAbove(bytes.bytes) else { return nil }
        bytes32 = bytes
    }

    /// Exact decoding.
    ///
    /// - Returns: nil unless there are exactly 32 bytes of a number below n.
    public init?(_ bytes: some Collection<UInt8>) {
        guard let bytes = Bytes32(bytes) else { return nil }
        self.init(bytes)
    }

    /// The number modulo n, as BIP-340 and BIP-327 read their hashes; variable time.
    public init(reducing bytes: Bytes32) {
        let array = bytes.bytes
        self.init(unchecked: GroupOrder.isAbove(array) ? array : GroupOrder.subtracted(from: array))
    }

    /// A small number.
    public init(_ value: UInt64) {
        var writer = ByteWriter()
        writer.append([UInt8](repeating: 0, count: 24))
        writer.appendUInt64BE(value)
        self.init(unchecked: writer.bytes)
    }

    /// - Parameter bytes: 32 bytes of a number below n.
    init(unchecked bytes: [UInt8]) {
        guard let bytes = Bytes32(bytes) else {
            preconditionFailure("a scalar has 32 bytes")
        }
        bytes32 = bytes
    }

    /// The 32 big-endian bytes.
    public var bytes: [UInt8] { bytes32.bytes }

    /// Lower-case hexadecimal.
    public var description: String { bytes32.hex }

    /// Whether this is the number zero.
    public var isZero: Bool { self == .zero }

    /// `self + other` modulo n.
    public func adding(_ other: Scalar) -> Scalar {
        if isZero { return other }
        if other.isZero { return self }
        return CurveContext.shared.add(bytes, other.bytes).map(Scalar.init(unchecked:)) ?? .zero
    }

    /// `self * other` modulo n.
    public func multiplied(by other: Scalar) -> Scalar {
        if isZero || other.isZero { return .zero }
        return Scalar(unchecked: CurveContext.shared.multiply(bytes, other.bytes))
    }

    /// `-self` modulo n.
    public var negated: Scalar {
        isZero ? self : Scalar(unchecked: CurveContext.shared.negate(bytes))
    }

    /// `self + other` modulo n.
    public static func + (left: Scalar, right: Scalar) -> Scalar { left.adding(right) }

    /// `self * other` modulo n.
    public static func * (left: Scalar, right: Scalar) -> Scalar { left.multiplied(by: right) }

    /// `-self` modulo n.
    public static prefix func - (scalar: Scalar) -> Scalar { scalar.negated }
}
