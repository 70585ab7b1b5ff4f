import CSecp256k1

/// Why an operation on a secret number was refused; says nothing of the number.
package enum SecretScalarError: Error, Hashable, Sendable {
    /// An operand or the result is zero, or an operand is not below the group order.
    case outOfRange
    /// An operand does not have 32 bytes.
    case wrongByteCount(Int)
}

/// Constant-time arithmetic modulo the group order on secret bytes where they lie.
///
/// Numbers are 32 big-endian bytes in 1…n-1. After a refusal the bytes worked on are unspecified.
package enum SecretScalar {
    /// Whether the bytes are a number in 1…n-1.
    package static func isValid(_ secret: Span<UInt8>) -> Bool {
        guard secret.count == 32 else { return false }
        return unsafe secret.withUnsafeBufferPointer {
            unsafe secp256k1_ec_seckey_verify(CurveContext.shared.pointer, $0.start) == 1
        }
    }

    /// `secret mod n` in place, as BIP-327's NonceGen reads its hashes; it may be zero.
    package static func reduce(_ secret: inout MutableSpan<UInt8>) throws(SecretScalarError) {
        try checkByteCount(secret.count)
        GroupOrder.reduce(&secret)
    }

    /// `secret + term` in place; a term of zero is allowed.
    package static func add(
        _ term: Span<UInt8>, to secret: inout MutableSpan<UInt8>
    ) throws(SecretScalarError) {
        try checkByteCount(secret.count)
        try checkByteCount(term.count)
        let result = unsafe secret.withUnsafeMutableBufferPointer { number in
            unsafe term.withUnsafeBufferPointer { term in
                unsafe secp256k1_ec_seckey_tweak_add(
                    CurveContext.shared.pointer, number.start, term.start)
            }
        }
        guard result == 1 else { throw .outOfRange }
    }

    /// `secret + term` in place; a term of zero is allowed.
    package static func add(
        _ term: Scalar, to secret: inout MutableSpan<UInt8>
    ) throws(SecretScalarError) {
        try add(term.bytes.span, to: &secret)
    }

    /// `secret * factor` in place.
    package static func multiply(
        _ secret: inout MutableSpan<UInt8>, by factor: Span<UInt8>
    ) throws(SecretScalarError) {
        try checkByteCount(secret.count)
        try checkByteCount(factor.count)
        let result = unsafe secret.withUnsafeMutableBufferPointer { number in
            unsafe factor.withUnsafeBufferPointer { factor in
                unsafe secp256k1_ec_seckey_tweak_mul(
                    CurveContext.shared.pointer, number.start, factor.start)
            }
        }
        guard result == 1 else { throw .outOfRange }
    }

    /// `secret * factor` in place.
    package static func multiply(
        _ secret: inout MutableSpan<UInt8>, by factor: Scalar
    ) throws(SecretScalarError) {
        try multiply(&secret, by: factor.bytes.span)
    }

    /// `-secret` in place.
    package static func negate(_ secret: inout MutableSpan<UInt8>) throws(SecretScalarError) {
        try checkByteCount(secret.count)
        let result = unsafe secret.withUnsafeMutableBufferPointer {
            unsafe secp256k1_ec_seckey_negate(CurveContext.shared.pointer, $0.start)
        }
        guard result == 1 else { throw .outOfRange }
    }

    /// `secret * G`.
    package static func publicKey(of secret: Span<UInt8>) throws(SecretScalarError) -> PublicKey {
        try checkByteCount(secret.count)
        var key = secp256k1_pubkey()
        let result = unsafe secret.withUnsafeBufferPointer {
            unsafe secp256k1_ec_pubkey_create(CurveContext.shared.pointer, &key, $0.start)
        }
        guard result == 1 else { throw .outOfRange }
        return PublicKey(point: key)
    }

    private static func checkByteCount(_ count: Int) throws(SecretScalarError) {
        guard count == 32 else { throw .wrongByteCount(count) }
    }
}
