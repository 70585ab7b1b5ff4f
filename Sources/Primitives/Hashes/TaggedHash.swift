internal import CCrypto

/// The tagged hash of BIP-340: SHA-256 that starts with twice the hash of a name.
///
/// The state after that prefix is computed once.
public struct TaggedHash: Sendable {
    private let midstate: Midstate

    /// Prepares the hash of a tag.
    ///
    /// - Parameter tag: For example `TapLeaf`; hashed as UTF-8.
    public init(_ tag: String) {
        let prefix = SHA256.hash(Array(tag.utf8)).bytes
        midstate = Midstate(after: prefix + prefix)
    }

    /// Hashes the concatenation of the parts.
    public func hash(_ parts: [UInt8]...) -> Bytes32 {
        midstate.finish { add in
            for part in parts {
                add(part.span)
            }
        }
    }

    /// Hashes the bytes of a span.
    public func hash(_ bytes: Span<UInt8>) -> Bytes32 {
        midstate.finish { add in add(bytes) }
    }
}

/// A digest context that nobody changes after it is made: hashing works on copies.
///
/// libcrypto only reads the source of a copy, so threads may share one; hence the unchecked
/// conformance.
@safe
private final class Midstate: @unchecked Sendable {
    private let context: OpaquePointer

    init(after prefix: [UInt8]) {
        guard let created = unsafe EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto is out of memory")
        }
        unsafe context = created
        var status = unsafe EVP_DigestInit_ex2(created, MessageDigest.sha256.algorithm, nil)
        precondition(status == 1, "libcrypto starts a digest")
        status = unsafe EVP_DigestUpdate(created, prefix, prefix.count)
        precondition(status == 1, "libcrypto hashes any byte string")
    }

    func finish(_ body: ((Span<UInt8>) -> Void) -> Void) -> Bytes32 {
        guard let copy = unsafe EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto is out of memory")
        }
        defer { unsafe EVP_MD_CTX_free(copy) }
        let copied = unsafe EVP_MD_CTX_copy_ex(copy, context)
        precondition(copied == 1, "libcrypto copies a digest")
        body { bytes in
            let status = unsafe bytes.withUnsafeBytes {
                unsafe EVP_DigestUpdate(copy, $0.baseAddress, $0.count)
            }
            precondition(status == 1, "libcrypto hashes any byte string")
        }
        var digest = InlineArray<32, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        let finished = unsafe span.withUnsafeMutableBufferPointer { output in
            unsafe EVP_DigestFinal_ex(copy, output.baseAddress, nil)
        }
        precondition(finished == 1, "libcrypto ends a digest")
        return Bytes32(digest)
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }
}
