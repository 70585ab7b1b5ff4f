internal import CCrypto

/// SHA-256 of bytes that arrive in pieces.
///
/// The state lives on libcrypto's heap, which clears it when the stream goes away.
@safe
public struct SHA256Stream: ~Copyable {
    private let context: OpaquePointer

    /// Starts with no bytes.
    public init() {
        guard let created = unsafe EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto is out of memory")
        }
        unsafe context = created
        let status = unsafe EVP_DigestInit_ex2(created, MessageDigest.sha256.algorithm, nil)
        precondition(status == 1, "libcrypto starts a digest")
    }

    /// Adds the bytes of a collection.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        let direct: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe update(UnsafeRawBufferPointer(buffer))
        }
        if direct == nil {
            update(Array(bytes).span)
        }
    }

    /// Adds the bytes of a span.
    public mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { unsafe update($0) }
    }

    /// Ends the stream.
    ///
    /// - Returns: The hash of all bytes that were added.
    public consuming func finish() -> Bytes32 {
        var digest = InlineArray<32, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        let status = unsafe span.withUnsafeMutableBufferPointer { output in
            unsafe EVP_DigestFinal_ex(context, output.baseAddress, nil)
        }
        precondition(status == 1, "libcrypto ends a digest")
        return Bytes32(digest)
    }

    private func update(_ bytes: UnsafeRawBufferPointer) {
        let status = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(status == 1, "libcrypto hashes any byte string")
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }
}
