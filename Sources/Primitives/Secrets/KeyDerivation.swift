internal import CCrypto

/// Runs a key derivation function of libcrypto by name.
///
/// libcrypto copies secret parameters to its heap and clears that copy before this returns.
@safe
struct KeyDerivation {
    private var parameters: [OSSL_PARAM] = unsafe []

    /// Adds a name such as a digest's.
    mutating func set(_ name: StaticString, _ text: StaticString) {
        unsafe parameters.append(
            OSSL_PARAM_construct_utf8_string(
                Self.cString(name), UnsafeMutablePointer(mutating: Self.cString(text)),
                text.utf8CodeUnitCount))
    }

    /// Adds bytes, which must stay where they are until `run` returns.
    mutating func set(_ name: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe parameters.append(
            OSSL_PARAM_construct_octet_string(
                Self.cString(name),
                UnsafeMutableRawPointer(mutating: UnsafeRawPointer(bytes.baseAddress)),
                bytes.count))
    }

    /// Derives as many bytes as the output has.
    consuming func run(
        _ function: String, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        guard let algorithm = unsafe EVP_KDF_fetch(nil, function, nil) else {
            preconditionFailure("libcrypto has no \(function)")
        }
        defer { unsafe EVP_KDF_free(algorithm) }
        guard let context = unsafe EVP_KDF_CTX_new(algorithm) else {
            preconditionFailure("libcrypto is out of memory")
        }
        defer { unsafe EVP_KDF_CTX_free(context) }
        unsafe parameters.append(OSSL_PARAM_construct_end())
        return unsafe EVP_KDF_derive(context, output.baseAddress, output.count, parameters) == 1
    }

    private static func cString(_ text: StaticString) -> UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
