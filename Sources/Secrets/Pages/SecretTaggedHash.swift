import Primitives

/// The tagged hash of BIP-340 for secret input and output.
struct SecretTaggedHash: Sendable {
    /// Bytes of the prefix.
    static let prefixByteCount = 64

    /// The tag's hash, twice.
    fileprivate let prefix: [UInt8]

    init(_ tag: String) {
        let digest = SHA256.hash(Array(tag.utf8)).bytes
        prefix = digest + digest
    }

    /// A buffer that starts with the tag's prefix, for `SecretBuffer.hash(into:)`.
    ///
    /// - Parameter capacity: How many bytes will be appended.
    func begin(capacity: Int) throws(SecretsError) -> SecretBuffer {
        var buffer = try SecretBuffer(capacity: Self.prefixByteCount + capacity)
        buffer.restart(self)
        return buffer
    }
}

extension SecretBuffer {
    /// Wipes everything and starts with a tag's prefix.
    mutating func restart(_ hash: SecretTaggedHash) {
        truncate(to: 0)
        append(hash.prefix)
    }

    /// Writes the SHA-256 of the bytes.
    ///
    /// - Parameter digest: Exactly 32 bytes.
    borrowing func hash(into digest: inout MutableSpan<UInt8>) {
        withBytes { SHA256.hash($0, into: &digest) }
    }
}
