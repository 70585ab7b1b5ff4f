/// A point of secp256k1 with the point at infinity, where BIP-327 allows it.
public enum CurvePoint: Hashable, Sendable {
    case infinity
    case point(PublicKey)

    /// The generator G.
    public static let generator = CurvePoint.point(.generator)

    /// `cpoint_ext` of BIP-327: 33 zero bytes are infinity, anything else a compressed key.
    public init(decodingExtended bytes: [UInt8]) throws(CurveError) {
        if bytes.count == 33, bytes.allSatisfy({ $0 == 0 }) {
            self = .infinity
        } else {
            self = .point(try PublicKey(decoding: bytes))
        }
    }

    /// `cbytes_ext` of BIP-327.
    public var extendedBytes: [UInt8] {
        switch self {
        case .infinity: [UInt8](repeating: 0, count: 33)
        case .point(let key): key.bytes
        }
    }

    /// The key, or nil for infinity.
    public var key: PublicKey? {
        switch self {
        case .infinity: nil
        case .point(let key): key
        }
    }

    /// `-self`.
    public var negated: CurvePoint {
        switch self {
        case .infinity: .infinity
        case .point(let key): .point(key.negated)
        }
    }

    /// `self + other`.
    public func adding(_ other: CurvePoint) -> CurvePoint {
        .sum(of: [self, other])
    }

    /// `self + scalar * G`; variable time.
    public func tweakAdded(_ scalar: Scalar) -> CurvePoint {
        guard case .point(let key) = self else {
            return CurvePoint(CurveContext.shared.generatorMultiple(scalar.bytes))
        }
        return CurvePoint(CurveContext.shared.tweakAdd(key.point, scalar.bytes))
    }

    /// `scalar * self`; variable time.
    public func multiplied(by scalar: Scalar) -> CurvePoint {
        guard case .point(let key) = self else { return .infinity }
        return CurvePoint(CurveContext.shared.multiply(key.point, scalar.bytes))
    }

    /// The sum of all points; infinity for none.
    public static func sum(of points: [CurvePoint]) -> CurvePoint {
        let keys = points.compactMap(\.key)
        switch keys.count {
        case 0: return .infinity
        case 1: return .point(keys[0])
        default: return CurvePoint(CurveContext.shared.combine(keys.map(\.point)))
        }
    }
}
