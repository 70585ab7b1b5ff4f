/// SHA-512 (FIPS 180-4), computed by libcrypto.
public enum SHA512 {
    /// How many bytes a digest has.
    public static let byteCount = 64

    /// Hashes bytes.
    ///
    /// - Returns: 64 bytes.
    public static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let input = Array(bytes)
        var digest = [UInt8](repeating: 0, count: byteCount)
        var output = digest.mutableSpan
        hash(input.span, into: &output)
        return digest
    }

    /// Hashes secret bytes into memory of the caller's choice.
    ///
    /// - Parameter digest: Exactly 64 bytes.
    package static func hash(_ bytes: Span<UInt8>, into digest: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeBytes { input in
            unsafe digest.withUnsafeMutableBytes { output in
                unsafe MessageDigest.sha512.hash(input, into: output)
            }
        }
    }
}
