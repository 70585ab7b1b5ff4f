/// RIPEMD-160, computed by libcrypto.
public enum RIPEMD160 {
    /// Hashes bytes.
    public static func hash(_ bytes: some Collection<UInt8>) -> Bytes20 {
        let direct = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe hash(UnsafeRawBufferPointer(buffer))
        }
        return direct ?? hash(Array(bytes).span)
    }

    /// Hashes the bytes of a span.
    public static func hash(_ bytes: Span<UInt8>) -> Bytes20 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    static func hash(_ bytes: UnsafeRawBufferPointer) -> Bytes20 {
        var digest = InlineArray<20, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        unsafe span.withUnsafeMutableBytes { output in
            unsafe MessageDigest.ripemd160.hash(bytes, into: output)
        }
        return Bytes20(digest)
    }
}
