internal import CCrypto

/// One digest of libcrypto, looked up once.
///
/// The pointer names an immutable algorithm description that libcrypto itself shares between
/// threads, hence the unchecked conformance.
@safe
final class MessageDigest: @unchecked Sendable {
    static let sha1 = MessageDigest("SHA1")
    static let sha256 = MessageDigest("SHA256")
    static let sha512 = MessageDigest("SHA512")
    static let ripemd160 = MessageDigest("RIPEMD160")

    let algorithm: OpaquePointer

    private init(_ name: String) {
        guard let found = unsafe EVP_MD_fetch(nil, name, nil) else {
            preconditionFailure("libcrypto has no \(name)")
        }
        unsafe algorithm = found
    }

    /// Hashes bytes in one call.
    ///
    /// - Parameter output: Exactly as long as the digest.
    func hash(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        let size = unsafe EVP_MD_get_size(algorithm)
        precondition(output.count == Int(size), "the output is as long as the digest")
        let target = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let status = unsafe EVP_Digest(
            input.baseAddress, input.count, target, nil, algorithm, nil)
        precondition(status == 1, "libcrypto hashes any byte string")
    }
}
