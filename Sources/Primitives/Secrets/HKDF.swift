/// HKDF (RFC 5869) with SHA-256.
///
/// All inputs and the output may be secret and stay in the caller's memory.
public enum HKDF {
    /// The longest output: 255 digests.
    public static let maximumByteCount = 255 * 32
    /// The longest context string that libcrypto takes.
    public static let maximumInfoByteCount = 1024

    /// Extracts and expands in one step.
    ///
    /// - Parameters:
    ///   - inputKey: The keying material; not empty.
    ///   - salt: May be empty.
    ///   - info: At most 1024 bytes.
    ///   - output: 1 to 8160 bytes; filled.
    public static func derive(
        from inputKey: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) {
        run("EXTRACT_AND_EXPAND", key: inputKey, salt: salt, info: info, into: &output)
    }

    /// Condenses keying material into a pseudorandom key.
    ///
    /// - Parameters:
    ///   - inputKey: The keying material; not empty.
    ///   - salt: May be empty.
    ///   - pseudorandomKey: Exactly 32 bytes; filled.
    public static func extract(
        from inputKey: Span<UInt8>, salt: Span<UInt8>,
        into pseudorandomKey: inout MutableSpan<UInt8>
    ) {
        precondition(pseudorandomKey.count == 32, "a pseudorandom key has 32 bytes")
        run("EXTRACT_ONLY", key: inputKey, salt: salt, info: Span(), into: &pseudorandomKey)
    }

    /// Expands a pseudorandom key into a key for one purpose.
    ///
    /// - Parameters:
    ///   - pseudorandomKey: Uniform bytes, at least 32.
    ///   - info: Names the purpose; at most 1024 bytes.
    ///   - output: 1 to 8160 bytes; filled.
    public static func expand(
        _ pseudorandomKey: Span<UInt8>, info: Span<UInt8>, into output: inout MutableSpan<UInt8>
    ) {
        precondition(pseudorandomKey.count >= 32, "a pseudorandom key has at least 32 bytes")
        run("EXPAND_ONLY", key: pseudorandomKey, salt: Span(), info: info, into: &output)
    }

    private static func run(
        _ mode: StaticString, key: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) {
        precondition(!key.isEmpty, "keying material is not empty")
        precondition((1...maximumByteCount).contains(output.count), "HKDF gives 1 to 8160 bytes")
        precondition(info.count <= maximumInfoByteCount, "the context is at most 1024 bytes")
        let done = unsafe key.withUnsafeBufferPointer { key in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe info.withUnsafeBufferPointer { info in
                    unsafe output.withUnsafeMutableBufferPointer { output in
                        var derivation = KeyDerivation()
                        derivation.set("digest", "SHA256")
                        derivation.set("mode", mode)
                        unsafe derivation.set("key", key)
                        if !salt.isEmpty { unsafe derivation.set("salt", salt) }
                        if !info.isEmpty { unsafe derivation.set("info", info) }
                        return unsafe derivation.run("HKDF", into: output)
                    }
                }
            }
        }
        precondition(done, "libcrypto derives from checked parameters")
    }
}
