internal import CCrypto

/// PBKDF2 (RFC 8018) with HMAC-SHA-512: from the words of BIP-39 to its seed.
public enum PBKDF2 {
    /// Stretches a password; both password and output may be secret.
    ///
    /// - Parameters:
    ///   - iterationCount: At least 1; BIP-39 uses 2048.
    ///   - output: At least 1 byte; filled.
    public static func derive(
        from password: Span<UInt8>, salt: Span<UInt8>, iterationCount: Int,
        into output: inout MutableSpan<UInt8>
    ) {
        let limit = Int(Int32.max)
        precondition((1...limit).contains(iterationCount), "PBKDF2 iterates at least once")
        precondition((1...limit).contains(output.count), "PBKDF2 gives at least one byte")
        precondition(password.count <= limit && salt.count <= limit, "lengths fit into an int")
        let status = unsafe password.withUnsafeBytes { password in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe output.withUnsafeMutableBufferPointer { output in
                    unsafe PKCS5_PBKDF2_HMAC(
                        password.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32(password.count), salt.baseAddress, Int32(salt.count),
                        Int32(iterationCount), MessageDigest.sha512.algorithm,
                        Int32(output.count), output.baseAddress)
                }
            }
        }
        precondition(status == 1, "libcrypto derives from checked parameters")
    }
}
