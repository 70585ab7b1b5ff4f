internal import CCrypto

/// One run of ChaCha20-Poly1305 inside libcrypto, which clears its state afterwards.
@safe
struct CipherContext: ~Copyable {
    enum Direction {
        case encrypt, decrypt
    }

    private let context: OpaquePointer

    init() {
        guard let created = unsafe EVP_CIPHER_CTX_new() else {
            preconditionFailure("libcrypto is out of memory")
        }
        unsafe context = created
    }

    func start(_ direction: Direction, key: Span<UInt8>, nonce: Span<UInt8>) -> Bool {
        unsafe key.withUnsafeBufferPointer { key in
            unsafe nonce.withUnsafeBufferPointer { nonce in
                unsafe EVP_CipherInit_ex2(
                    context, EVP_chacha20_poly1305(), key.baseAddress, nonce.baseAddress,
                    direction == .encrypt ? 1 : 0, nil) == 1
            }
        }
    }

    func authenticate(_ bytes: Span<UInt8>) -> Bool {
        unsafe transform(bytes, into: nil)
    }

    /// Transforms bytes; without an output they are associated data.
    func transform(_ bytes: Span<UInt8>, into output: UnsafeMutablePointer<UInt8>?) -> Bool {
        guard !bytes.isEmpty else { return true }
        var written: Int32 = 0
        return unsafe bytes.withUnsafeBufferPointer { input in
            unsafe EVP_CipherUpdate(
                context, output, &written, input.baseAddress, Int32(input.count)) == 1
        }
    }

    /// Ends an encryption and writes the 16 bytes of its tag.
    func readTag(_ tag: UnsafeMutablePointer<UInt8>?) -> Bool {
        guard finish() else { return false }
        return unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, tag) == 1
    }

    /// Ends a decryption and says whether the tag is right.
    func verify(_ tag: Span<UInt8>) -> Bool {
        let given = unsafe tag.withUnsafeBytes { bytes in
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_SET_TAG, Int32(bytes.count),
                UnsafeMutableRawPointer(mutating: bytes.baseAddress)) == 1
        }
        return given && finish()
    }

    private func finish() -> Bool {
        var rest = InlineArray<16, UInt8>(repeating: 0)
        var written: Int32 = 0
        var span = rest.mutableSpan
        return unsafe span.withUnsafeMutableBufferPointer { output in
            unsafe EVP_CipherFinal_ex(context, output.baseAddress, &written) == 1
        }
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }
}
