import Curve
import Primitives
import TestSupport

/// A page with bytes that are no secret: they stand in a published vector or come from a seed.
func page(_ bytes: [UInt8]) throws -> SecretPage {
    try .holding(bytes)
}

/// A secret key of bytes that are no secret.
func secretKey(_ bytes: [UInt8]) throws -> SecretKey {
    try SecretKey(validating: try page(bytes))
}

/// The bytes of a page.
func bytes(of page: borrowing SecretPage) -> [UInt8] {
    page.withBytes { span in span.indices.map { span[$0] } }
}
