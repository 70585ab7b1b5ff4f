/// SHA-256 (FIPS 180-4), computed by libcrypto.
public enum SHA256 {
    /// Hashes bytes.
    public static func hash(_ bytes: some Collection<UInt8>) -> Bytes32 {
        let direct = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe hash(UnsafeRawBufferPointer(buffer))
        }
        return direct ?? hash(Array(bytes).span)
    }

    /// Hashes the bytes of a span.
    public static func hash(_ bytes: Span<UInt8>) -> Bytes32 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    /// Hashes 32 bytes.
    public static func hash(_ bytes: Bytes32) -> Bytes32 {
        unsafe bytes.withUnsafeBytes { unsafe hash($0) }
    }

    /// Hashes bytes and then the digest: Bitcoin's hash of transactions and headers.
    public static func doubleHash(_ bytes: some Collection<UInt8>) -> Bytes32 {
        hash(hash(bytes))
    }

    /// Hashes secret bytes into memory of the caller's choice.
    ///
    /// - Parameter digest: Exactly 32 bytes.
    package static func hash(_ bytes: Span<UInt8>, into digest: inout MutableSpan<UInt8>) {
        precondition(digest.count == Bytes32.byteCount, "a SHA-256 digest has 32 bytes")
        unsafe bytes.withUnsafeBytes { input in
            unsafe digest.withUnsafeMutableBytes { output in
                unsafe MessageDigest.sha256.hash(input, into: output)
            }
        }
    }

    static func hash(_ bytes: UnsafeRawBufferPointer) -> Bytes32 {
        var digest = InlineArray<32, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        unsafe span.withUnsafeMutableBytes { output in
            unsafe MessageDigest.sha256.hash(bytes, into: output)
        }
        return Bytes32(digest)
    }
}
