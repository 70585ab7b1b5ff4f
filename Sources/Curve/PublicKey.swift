import CSecp256k1
public import Primitives

/// A plain public key of BIP-327: a point of secp256k1 other than infinity, 33 bytes compressed.
///
/// Ordered by its 33 bytes, as KeySort wants it.
public struct PublicKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Parity of y: 0 even, 1 odd.
    public let parity: UInt8
    /// The x coordinate, big-endian.
    public let x: Bytes32
    /// libsecp256k1's decompressed form, so that no operation takes a square root again.
    let point: secp256k1_pubkey

    /// The generator G.
    public static let generator: PublicKey = {
        guard let point = CurveContext.shared.generatorMultiple(Scalar.one.bytes) else {
            preconditionFailure("1 * G is no infinity")
        }
        return PublicKey(point: point)
    }()

    init(point: secp256k1_pubkey) {
        let bytes = CurveContext.shared.serialize(point)
        guard let x = Bytes32(bytes[1...]) else {
            preconditionFailure("a compressed key has 33 bytes")
        }
        parity = bytes[0] & 1
        self.x = x
        self.point = point
    }

    /// Exact decoding of the compressed form.
    public init(decoding bytes: [UInt8]) throws(CurveError) {
        guard bytes.count == 33, let point = CurveContext.shared.parse(bytes),
            let x = Bytes32(bytes[1...])
        else { throw .malformedPublicKey(byteCount: bytes.count) }
        parity = bytes[0] & 1
        self.x = x
        self.point = point
    }

    /// Exact decoding of the compressed form; nil where it is none.
    public init?(_ bytes: some Collection<UInt8>) {
        do throws(CurveError) { try self.init(decoding: Array(bytes)) } catch { return nil }
    }

    /// Exact decoding of the compressed form in hexadecimal; nil where it is none.
    public init?(hex: String) {
        guard let bytes = try? Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    /// `scalar * G`.
    public init(generatorTimes scalar: Scalar) throws(CurveError) {
        guard let point = CurveContext.shared.generatorMultiple(scalar.bytes) else {
            throw .pointAtInfinity
        }
        self.init(point: point)
    }

    /// The 33 bytes of the compressed form.
    public var bytes: [UInt8] { [2 | parity] + x.bytes }

    /// Lower-case hexadecimal of the compressed form.
    public var hex: String { Hex.encode(bytes) }

    /// Lower-case hexadecimal of the compressed form.
    public var description: String { hex }

    /// The key without the parity of y.
    public var xOnly: XOnlyPublicKey { XOnlyPublicKey(self) }

    /// The same x with the other y.
    public var negated: PublicKey { PublicKey(point: CurveContext.shared.negate(point)) }

    /// `self + other`.
    public func adding(_ other: PublicKey) throws(CurveError) -> PublicKey {
        try .combine([self, other])
    }

    /// `scalar * self`; variable time.
    public func multiplying(by scalar: Scalar) throws(CurveError) -> PublicKey {
        guard let product = CurveContext.shared.multiply(point, scalar.bytes) else {
            throw .pointAtInfinity
        }
        return PublicKey(point: product)
    }

    /// `self + scalar * G`; variable time.
    public func tweakAdded(_ scalar: Scalar) throws(CurveError) -> PublicKey {
        guard let sum = CurveContext.shared.tweakAdd(point, scalar.bytes) else {
            throw .pointAtInfinity
        }
        return PublicKey(point: sum)
    }

    /// The sum of all keys; the sum of none is the point at infinity.
    public static func combine(_ keys: [PublicKey]) throws(CurveError) -> PublicKey {
        guard !keys.isEmpty, let sum = CurveContext.shared.combine(keys.map(\.point)) else {
            throw .pointAtInfinity
        }
        return PublicKey(point: sum)
    }

    /// Same point.
    public static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.parity == right.parity && left.x == right.x
    }

    /// Lexicographic order of the 33 bytes.
    public static func < (left: PublicKey, right: PublicKey) -> Bool {
        left.parity == right.parity ? left.x < right.x : left.parity < right.parity
    }

    /// Hashes the point.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(parity)
        hasher.combine(x)
    }
}
