public import Primitives

/// A signature of BIP-340: 64 bytes, R's x coordinate and s; not yet verified.
public struct SchnorrSignature: Hashable, Sendable, CustomStringConvertible {
    /// x coordinate of the nonce point R.
    public let r: Bytes32
    /// The number s, big-endian.
    public let s: Bytes32

    /// From its two halves.
    public init(r: Bytes32, s: Bytes32) {
        self.r = r
        self.s = s
    }

    /// Exact decoding.
    public init(decoding bytes: [UInt8]) throws(CurveError) {
        guard bytes.count == 64, let r = Bytes32(bytes[..<32]), let s = Bytes32(bytes[32...])
        else { throw .malformedSchnorrSignature(byteCount: bytes.count) }
        self.init(r: r, s: s)
    }

    /// Exact decoding; nil unless there are 64 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        do throws(CurveError) { try self.init(decoding: Array(bytes)) } catch { return nil }
    }

    /// Exact decoding from hexadecimal; nil unless there are 64 bytes.
    public init?(hex: String) {
        guard let bytes = try? Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    /// The 64 bytes.
    public var bytes: [UInt8] { r.bytes + s.bytes }

    /// Lower-case hexadecimal.
    public var hex: String { Hex.encode(bytes) }

    /// Lower-case hexadecimal.
    public var description: String { hex }
}
