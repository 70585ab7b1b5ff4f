import CSecp256k1
public import Primitives

/// An ECDSA signature as scripts before taproot carry it; not yet verified.
public struct ECDSASignature: Hashable, Sendable, CustomStringConvertible {
    /// r and s, 32 bytes big-endian each.
    public let compact: [UInt8]
    private let signature: secp256k1_ecdsa_signature

    private init(_ signature: secp256k1_ecdsa_signature) {
        compact = CurveContext.shared.serializeCompact(signature)
        self.signature = signature
    }

    /// Exact decoding of the DER form, without sighash byte.
    public init(decodingDER bytes: [UInt8]) throws(CurveError) {
        guard let signature = CurveContext.shared.parseDER(bytes) else {
            throw .malformedECDSASignature(byteCount: bytes.count)
        }
        self.init(signature)
    }

    /// Exact decoding of the 64-byte form.
    public init(decodingCompact bytes: [UInt8]) throws(CurveError) {
        guard bytes.count == 64, let signature = CurveContext.shared.parseCompact(bytes) else {
            throw .malformedECDSASignature(byteCount: bytes.count)
        }
        self.init(signature)
    }

    /// The DER form, without sighash byte.
    public var der: [UInt8] { CurveContext.shared.serializeDER(signature) }

    /// The signature with s in the lower half (BIP-146), valid where this one is.
    public var normalized: ECDSASignature {
        ECDSASignature(CurveContext.shared.normalize(signature))
    }

    /// Lower-case hexadecimal of the 64-byte form.
    public var description: String { Hex.encode(compact) }

    /// Whether the signature of a digest is valid under a key; s in the upper half is accepted, as
    /// Bitcoin's consensus does.
    public func isValid(digest: Bytes32, key: PublicKey) -> Bool {
        let normalized = CurveContext.shared.normalize(signature)
        return CurveContext.shared.verifyECDSA(normalized, digest: digest.bytes, key: key.point)
    }

    /// Same r and s.
    public static func == (left: ECDSASignature, right: ECDSASignature) -> Bool {
        left.compact == right.compact
    }

    /// Hashes r and s.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(compact)
    }
}

extension PublicKey {
    /// Whether an ECDSA signature of a digest is valid under this key.
    public func verify(_ signature: ECDSASignature, digest: Bytes32) -> Bool {
        signature.isValid(digest: digest, key: self)
    }
}
