internal import CCrypto

/// HMAC (RFC 2104) with SHA-256.
///
/// Key, message and code may be secret: they stay in the caller's memory, and libcrypto clears its
/// own working state.
public enum HMACSHA256 {
    /// How many bytes a code has.
    public static let byteCount = 32

    /// Writes the code of a message.
    ///
    /// - Parameter code: Exactly 32 bytes; must not overlap the inputs.
    public static func authenticate(
        _ message: Span<UInt8>, key: Span<UInt8>, into code: inout MutableSpan<UInt8>
    ) {
        precondition(code.count == byteCount, "an HMAC-SHA256 code has 32 bytes")
        authenticateMessage(message, key, MessageDigest.sha256, &code)
    }
}

/// HMAC (RFC 2104) with SHA-512, the step of BIP-32.
///
/// Key, message and code may be secret: they stay in the caller's memory, and libcrypto clears its
/// own working state.
public enum HMACSHA512 {
    /// How many bytes a code has.
    public static let byteCount = 64

    /// Writes the code of a message.
    ///
    /// - Parameter code: Exactly 64 bytes; must not overlap the inputs.
    public static func authenticate(
        _ message: Span<UInt8>, key: Span<UInt8>, into code: inout MutableSpan<UInt8>
    ) {
        precondition(code.count == byteCount, "an HMAC-SHA512 code has 64 bytes")
        authenticateMessage(message, key, MessageDigest.sha512, &code)
    }
}

private func authenticateMessage(
    _ message: Span<UInt8>, _ key: Span<UInt8>, _ digest: MessageDigest,
    _ code: inout MutableSpan<UInt8>
) {
    precondition(key.count <= Int(Int32.max), "the key's length fits into an int")
    let done = unsafe message.withUnsafeBufferPointer { message in
        unsafe key.withUnsafeBufferPointer { key in
            unsafe code.withUnsafeMutableBufferPointer { code in
                // A null key means "the key of the last call" to libcrypto: never hand one over.
                unsafe withNonNull(key) { key in
                    unsafe CCrypto.HMAC(
                        digest.algorithm, key.baseAddress, Int32(key.count),
                        message.baseAddress, message.count, code.baseAddress, nil) != nil
                }
            }
        }
    }
    precondition(done, "libcrypto authenticates any byte string")
}
