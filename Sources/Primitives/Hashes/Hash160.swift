internal import CHash

/// RIPEMD-160 of SHA-256: Bitcoin's hash of keys and scripts, and the step of a Winternitz chain.
public enum Hash160 {
    /// The longest message that fits into one block of SHA-256 with its padding.
    private static let blockMessageLimit = 55

    /// Hashes bytes.
    ///
    /// For many values at once `Hash160Lanes` is several times faster.
    public static func hash(_ bytes: some Collection<UInt8>) -> Bytes20 {
        unsafe SHA256.hash(bytes).withUnsafeBytes { unsafe RIPEMD160.hash($0) }
    }

    /// Hashes bytes that are no secret: traces of them may stay in memory.
    ///
    /// Twice as fast as `hash` up to 55 bytes.
    public static func hash(publicBytes bytes: Span<UInt8>) -> Bytes20 {
        guard bytes.count <= blockMessageLimit else {
            return unsafe SHA256.hash(bytes).withUnsafeBytes { unsafe RIPEMD160.hash($0) }
        }
        var digest = InlineArray<20, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        let status = unsafe bytes.withUnsafeBufferPointer { message in
            unsafe span.withUnsafeMutableBufferPointer { output in
                unsafe bvx_hash160_public(output.baseAddress, message.baseAddress, message.count)
            }
        }
        precondition(status == 1, "a message of one block is hashed")
        return Bytes20(digest)
    }
}
