import CSecp256k1
import Glibc

/// The one libsecp256k1 context of the process, and the only place that hands it pointers to public
/// values.
///
/// Unchecked: after `init` has randomised it the context is never written again, and libsecp256k1
/// allows any number of threads to read one context.
@safe
final class CurveContext: @unchecked Sendable {
    static let shared = CurveContext()

    /// For the wrappers of secret values in this target; it never leaves it.
    let pointer: OpaquePointer

    private init() {
        guard let context = unsafe secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
            preconditionFailure("libsecp256k1 gives a context or aborts")
        }
        var seed = [UInt8](repeating: 0, count: 32)
        guard unsafe getentropy(&seed, seed.count) == 0 else {
            preconditionFailure("the kernel always has 32 random bytes for an ordinary process")
        }
        guard unsafe secp256k1_context_randomize(context, seed) == 1 else {
            preconditionFailure("libsecp256k1 randomises every context that it created")
        }
        unsafe explicit_bzero(&seed, seed.count)
        unsafe pointer = context
    }

    // MARK: Points

    func parse(_ bytes: [UInt8]) -> secp256k1_pubkey? {
        var key = secp256k1_pubkey()
        guard unsafe secp256k1_ec_pubkey_parse(pointer, &key, bytes, bytes.count) == 1 else {
            return nil
        }
        return key
    }

    /// The 33 bytes of the compressed form.
    func serialize(_ key: secp256k1_pubkey) -> [UInt8] {
        var key = key
        var bytes = [UInt8](repeating: 0, count: 33)
        var byteCount = bytes.count
        unsafe secp256k1_ec_pubkey_serialize(
            pointer, &bytes, &byteCount, &key, UInt32(SECP256K1_EC_COMPRESSED))
        return bytes
    }

    func negate(_ key: secp256k1_pubkey) -> secp256k1_pubkey {
        var key = key
        guard unsafe secp256k1_ec_pubkey_negate(pointer, &key) == 1 else {
            preconditionFailure("every valid point has a negative")
        }
        return key
    }

    /// The sum, or nil where it is the point at infinity.
    ///
    /// - Parameter keys: At least one.
    func combine(_ keys: [secp256k1_pubkey]) -> secp256k1_pubkey? {
        var sum = secp256k1_pubkey()
        let result = unsafe keys.withUnsafeBufferPointer { buffer in
            let addresses = unsafe buffer.indices.map { index in
                unsafe buffer.baseAddress.map { unsafe $0 + index }
            }
            return unsafe secp256k1_ec_pubkey_combine(pointer, &sum, addresses, addresses.count)
        }
        return result == 1 ? sum : nil
    }

    /// `key + scalar * G`, or nil where it is the point at infinity.
    func tweakAdd(_ key: secp256k1_pubkey, _ scalar: [UInt8]) -> secp256k1_pubkey? {
        var key = key
        guard unsafe secp256k1_ec_pubkey_tweak_add(pointer, &key, scalar) == 1 else { return nil }
        return key
    }

    /// `scalar * key`, or nil where the scalar is zero.
    func multiply(_ key: secp256k1_pubkey, _ scalar: [UInt8]) -> secp256k1_pubkey? {
        var key = key
        guard unsafe secp256k1_ec_pubkey_tweak_mul(pointer, &key, scalar) == 1 else { return nil }
        return key
    }

    /// `scalar * G`, or nil where the scalar is zero; constant time.
    func generatorMultiple(_ scalar: [UInt8]) -> secp256k1_pubkey? {
        var key = secp256k1_pubkey()
        guard unsafe secp256k1_ec_pubkey_create(pointer, &key, scalar) == 1 else { return nil }
        return key
    }

    // MARK: Scalars

    /// Whether the 32 bytes are a number in 1…n-1.
    func isNonzeroScalar(_ bytes: [UInt8]) -> Bool {
        unsafe secp256k1_ec_seckey_verify(pointer, bytes) == 1
    }

    /// The sum of two nonzero scalars, or nil where it is zero.
    func add(_ left: [UInt8], _ right: [UInt8]) -> [UInt8]? {
        var sum = left
        return unsafe secp256k1_ec_seckey_tweak_add(pointer, &sum, right) == 1 ? sum : nil
    }

    /// The product of two nonzero scalars.
    func multiply(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var product = left
        guard unsafe secp256k1_ec_seckey_tweak_mul(pointer, &product, right) == 1 else {
            preconditionFailure("the product of two nonzero scalars is nonzero")
        }
        return product
    }

    /// The negative of a nonzero scalar.
    func negate(_ scalar: [UInt8]) -> [UInt8] {
        var negative = scalar
        guard unsafe secp256k1_ec_seckey_negate(pointer, &negative) == 1 else {
            preconditionFailure("every nonzero scalar has a negative")
        }
        return negative
    }

    // MARK: Signatures

    func verifySchnorr(_ signature: [UInt8], message: [UInt8], key: secp256k1_pubkey) -> Bool {
        var key = key
        var xOnly = secp256k1_xonly_pubkey()
        guard unsafe secp256k1_xonly_pubkey_from_pubkey(pointer, &xOnly, nil, &key) == 1 else {
            preconditionFailure("every valid point has an x coordinate")
        }
        return unsafe secp256k1_schnorrsig_verify(
            pointer, signature, message, message.count, &xOnly) == 1
    }

    func parseCompact(_ bytes: [UInt8]) -> secp256k1_ecdsa_signature? {
        var signature = secp256k1_ecdsa_signature()
        guard unsafe secp256k1_ecdsa_signature_parse_compact(pointer, &signature, bytes) == 1
        else { return nil }
        return signature
    }

    func parseDER(_ bytes: [UInt8]) -> secp256k1_ecdsa_signature? {
        var signature = secp256k1_ecdsa_signature()
        guard
            unsafe secp256k1_ecdsa_signature_parse_der(pointer, &signature, bytes, bytes.count)
                == 1
        else { return nil }
        return signature
    }

    func serializeCompact(_ signature: secp256k1_ecdsa_signature) -> [UInt8] {
        var signature = signature
        var bytes = [UInt8](repeating: 0, count: 64)
        unsafe secp256k1_ecdsa_signature_serialize_compact(pointer, &bytes, &signature)
        return bytes
    }

    func serializeDER(_ signature: secp256k1_ecdsa_signature) -> [UInt8] {
        var signature = signature
        var bytes = [UInt8](repeating: 0, count: 72)
        var byteCount = bytes.count
        guard
            unsafe secp256k1_ecdsa_signature_serialize_der(
                pointer, &bytes, &byteCount, &signature) == 1
        else { preconditionFailure("a DER signature has at most 72 bytes") }
        return Array(bytes[..<byteCount])
    }

    func normalize(_ signature: secp256k1_ecdsa_signature) -> secp256k1_ecdsa_signature {
        var signature = signature
        var normalized = secp256k1_ecdsa_signature()
        unsafe secp256k1_ecdsa_signature_normalize(pointer, &normalized, &signature)
        return normalized
    }

    func verifyECDSA(
        _ signature: secp256k1_ecdsa_signature, digest: [UInt8], key: secp256k1_pubkey
    ) -> Bool {
        var signature = signature
        var key = key
        return unsafe secp256k1_ecdsa_verify(pointer, &signature, digest, &key) == 1
    }
}
