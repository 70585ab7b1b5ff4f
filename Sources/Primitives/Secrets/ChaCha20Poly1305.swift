internal import CCrypto

/// Why a sealed box was not opened.
public enum ChaCha20Poly1305Error: Error, Equatable {
    /// Shorter than the tag alone.
    case tooShort(byteCount: Int)
    /// Wrong key, nonce or associated data, or the box was changed.
    case authenticationFailed
}

/// ChaCha20-Poly1305 (RFC 8439): encrypts and authenticates.
///
/// A nonce must never be used twice with one key. Key and plaintext stay in the caller's memory.
public enum ChaCha20Poly1305 {
    /// How many bytes a key has.
    public static let keyByteCount = 32
    /// How many bytes a nonce has.
    public static let nonceByteCount = 12
    /// By how much a box is longer than its plaintext.
    public static let tagByteCount = 16

    /// Encrypts; the result is the ciphertext followed by the tag.
    ///
    /// - Parameters:
    ///   - key: Exactly 32 bytes.
    ///   - nonce: Exactly 12 bytes, never used before with this key.
    ///   - associatedData: Authenticated, not encrypted.
    public static func seal(
        _ plaintext: Span<UInt8>, key: Span<UInt8>, nonce: Span<UInt8>,
        associatedData: Span<UInt8>
    ) -> [UInt8] {
        check(key: key, nonce: nonce)
        precondition(plaintext.count <= maximumCount, "a plaintext is at most 1 GiB")
        var box = [UInt8](repeating: 0, count: plaintext.count + tagByteCount)
        var output = box.mutableSpan
        let context = CipherContext()
        let done = unsafe output.withUnsafeMutableBufferPointer { output in
            guard context.start(.encrypt, key: key, nonce: nonce),
                context.authenticate(associatedData),
                unsafe context.transform(plaintext, into: output.baseAddress)
            else { return false }
            return unsafe context.readTag(
                output.baseAddress.map { unsafe $0 + plaintext.count })
        }
        precondition(done, "libcrypto encrypts any byte string")
        return box
    }

    /// Decrypts into memory of the caller's choice, which is zeroed when this throws.
    ///
    /// - Parameters:
    ///   - box: Ciphertext and tag, as `seal` gives it.
    ///   - key: Exactly 32 bytes.
    ///   - nonce: Exactly 12 bytes.
    ///   - plaintext: Exactly 16 bytes shorter than the box.
    public static func open(
        _ box: Span<UInt8>, key: Span<UInt8>, nonce: Span<UInt8>, associatedData: Span<UInt8>,
        into plaintext: inout MutableSpan<UInt8>
    ) throws(ChaCha20Poly1305Error) {
        check(key: key, nonce: nonce)
        guard box.count >= tagByteCount else { throw .tooShort(byteCount: box.count) }
        let count = box.count - tagByteCount
        precondition(count <= maximumCount, "a plaintext is at most 1 GiB")
        precondition(plaintext.count == count, "the plaintext is 16 bytes shorter than the box")
        let context = CipherContext()
        let ciphertext = box.extracting(first: count)
        let tag = box.extracting(last: tagByteCount)
        let genuine = unsafe plaintext.withUnsafeMutableBufferPointer { output in
            guard context.start(.decrypt, key: key, nonce: nonce),
                context.authenticate(associatedData),
                unsafe context.transform(ciphertext, into: output.baseAddress)
            else { return false }
            return context.verify(tag)
        }
        guard genuine else {
            ERR_clear_error()
            ConstantTime.wipe(&plaintext)
            throw .authenticationFailed
        }
    }

    private static let maximumCount = 1 << 30

    private static func check(key: Span<UInt8>, nonce: Span<UInt8>) {
        precondition(key.count == keyByteCount, "a ChaCha20 key has 32 bytes")
        precondition(nonce.count == nonceByteCount, "a ChaCha20 nonce has 12 bytes")
    }
}
