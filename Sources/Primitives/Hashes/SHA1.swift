/// SHA-1 (FIPS 180-4), computed by libcrypto; broken, and here only because scripts know it.
public enum SHA1 {
    /// Hashes bytes.
    public static func hash(_ bytes: some Collection<UInt8>) -> Bytes20 {
        hash(Array(bytes).span)
    }

    /// Hashes the bytes of a span.
    public static func hash(_ bytes: Span<UInt8>) -> Bytes20 {
        var digest = InlineArray<20, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        unsafe bytes.withUnsafeBytes { input in
            unsafe span.withUnsafeMutableBytes { output in
                unsafe MessageDigest.sha1.hash(input, into: output)
            }
        }
        return Bytes20(digest)
    }
}
