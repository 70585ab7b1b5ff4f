/// RIPEMD-160 of SHA-256: Bitcoin's hash of keys and scripts, and the step of a Winternitz chain.
public enum Hash160 {
    /// Hashes bytes.
    ///
    /// For many values at once `Hash160Lanes` is several times faster.
    public static func hash(_ bytes: some Collection<UInt8>) -> Bytes20 {
        unsafe SHA256.hash(bytes).withUnsafeBytes { unsafe RIPEMD160.hash($0) }
    }

    /// Hashes the bytes of a span.
    public static func hash(_ bytes: Span<UInt8>) -> Bytes20 {
        unsafe SHA256.hash(bytes).withUnsafeBytes { unsafe RIPEMD160.hash($0) }
    }
}
