package import Primitives

/// The 64-byte seed of BIP-39, from which every secret of an operator follows.
package struct Seed: ~Copyable {
    /// How many bytes a seed has.
    package static let byteCount = 64

    private let page: SecretPage

    /// Takes over a page of exactly 64 bytes, for example out of the vault.
    package init(_ page: consuming SecretPage) throws(SecretsError) {
        let count = page.byteCount
        guard count == Self.byteCount else {
            throw .byteCount(count, allowed: Self.byteCount...Self.byteCount)
        }
        self.page = page
    }

    /// Lends the secret bytes, for the vault alone.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try page.withBytes(body)
    }
}
