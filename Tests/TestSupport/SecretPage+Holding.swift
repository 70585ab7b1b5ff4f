package import Primitives

extension SecretPage {
    /// A page with bytes that are no secret: they stand in a published vector or come from a seed.
    package static func holding(_ bytes: [UInt8]) throws -> SecretPage {
        var page = try SecretPage(byteCount: bytes.count)
        page.withMutableBytes { target in
            for index in bytes.indices {
                target[index] = bytes[index]
            }
        }
        return page
    }
}
