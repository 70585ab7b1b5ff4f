internal import CCrypto

/// libcrypto, as it is loaded.
public enum CryptoLibrary {
    /// Its own words, such as `OpenSSL 3.0.17 1 Jul 2025`.
    public static var version: String {
        unsafe String(cString: OpenSSL_version(OPENSSL_VERSION))
    }
}
