public import Primitives

/// A public key of BIP-340: an x coordinate that stands for its point with even y.
public struct XOnlyPublicKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// `lift_x` of BIP-340: the point with this x and even y.
    public let lifted: PublicKey

    /// The x coordinate of a key.
    public init(_ key: PublicKey) {
        lifted = key.parity == 0 ? key : key.negated
    }

    /// Exact decoding.
    public init(decoding bytes: [UInt8]) throws(CurveError) {
        guard bytes.count == 32, let lifted = PublicKey([2] + bytes) else {
            throw .malformedXOnlyPublicKey(byteCount: bytes.count)
        }
        self.lifted = lifted
    }

    /// Exact decoding; nil where no point has this x.
    public init?(_ bytes: some Collection<UInt8>) {
        do throws(CurveError) { try self.init(decoding: Array(bytes)) } catch { return nil }
    }

    /// Exact decoding; nil where no point has this x.
    public init?(_ bytes: Bytes32) {
        self.init(bytes.bytes)
    }

    /// Exact decoding from hexadecimal; nil where no point has this x.
    public init?(hex: String) {
        guard let bytes = Bytes32(hex: hex) else { return nil }
        self.init(bytes)
    }

    /// The x coordinate, 32 bytes big-endian.
    public var bytes32: Bytes32 { lifted.x }

    /// The x coordinate, 32 bytes big-endian.
    public var bytes: [UInt8] { lifted.x.bytes }

    /// Lower-case hexadecimal.
    public var hex: String { lifted.x.hex }

    /// Lower-case hexadecimal.
    public var description: String { hex }

    /// Lexicographic order of the 32 bytes.
    public static func < (left: XOnlyPublicKey, right: XOnlyPublicKey) -> Bool {
        left.lifted.x < right.lifted.x
    }

    /// Whether a BIP-340 signature of a message of any length is valid under this key.
    public func verify(_ signature: SchnorrSignature, message: [UInt8]) -> Bool {
        CurveContext.shared.verifySchnorr(signature.bytes, message: message, key: lifted.point)
    }

    /// Whether a BIP-340 signature of a digest, such as a sighash, is valid under this key.
    public func verify(_ signature: SchnorrSignature, message: Bytes32) -> Bool {
        verify(signature, message: message.bytes)
    }
}
