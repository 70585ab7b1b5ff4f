/// Why bytes are no curve object, or why an operation has no result on the curve.
public enum CurveError: Error, Hashable, Sendable {
    /// Not 33 bytes `02|03 || x` of a point on the curve.
    case malformedPublicKey(byteCount: Int)
    /// Not 32 bytes that are the x coordinate of a point on the curve.
    case malformedXOnlyPublicKey(byteCount: Int)
    /// Not 64 bytes.
    case malformedSchnorrSignature(byteCount: Int)
    /// Neither strict DER nor 64 bytes with both numbers below the group order.
    case malformedECDSASignature(byteCount: Int)
    /// A number that had to be below the group order is not.
    case scalarOutOfRange
    /// The result is the point at infinity, which no public key can be.
    case pointAtInfinity
}
