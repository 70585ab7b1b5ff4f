import Primitives

extension SecretPage {
    /// A zeroed page.
    static func make(byteCount: Int) throws(SecretsError) -> SecretPage {
        do throws(SecretPageError) {
            return try SecretPage(byteCount: byteCount)
        } catch {
            throw .page(error)
        }
    }

    /// A page with a copy of secret bytes.
    ///
    /// - Parameter bytes: At least one.
    static func make(copying bytes: Span<UInt8>) throws(SecretsError) -> SecretPage {
        var page = try make(byteCount: bytes.count)
        page.withMutableBytes { target in
            for index in bytes.indices {
                target[index] = bytes[index]
            }
        }
        return page
    }

    /// Lends what was typed: everything before the first zero byte.
    borrowing func withTypedBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withBytes { bytes throws(Failure) in
            var count = 0
            while count < bytes.count, bytes[count] != 0 {
                count += 1
            }
            return try body(bytes.extracting(first: count))
        }
    }
}
