import Primitives

/// What a derived secret is for, in one canonical encoding.
///
/// Every field is prefixed by its length, so that two contexts are equal only if each of their
/// fields is. The bytes are the `info` of HKDF.
struct DerivationContext {
    /// Longest field; eight of them fit into the `info` that `HKDF` takes.
    static let fieldLimit = 100

    private var writer = ByteWriter()

    init(_ purpose: String) throws(SecretsError) {
        try append(purpose)
    }

    var bytes: [UInt8] { writer.bytes }

    mutating func append(_ text: String) throws(SecretsError) {
        try append(Array(text.utf8))
    }

    mutating func append(_ network: KeyNetwork) throws(SecretsError) {
        try append(network.rawValue)
    }

    mutating func append(_ bytes: [UInt8]) throws(SecretsError) {
        guard bytes.count <= Self.fieldLimit else {
            throw .contextFieldTooLong(byteCount: bytes.count, limit: Self.fieldLimit)
        }
        writer.appendUInt32BE(UInt32(bytes.count))
        writer.append(bytes)
    }

    /// Appends a number; fixed length, four bytes.
    mutating func append(_ number: UInt32) throws(SecretsError) {
        var field = ByteWriter()
        field.appendUInt32BE(number)
        try append(field.bytes)
    }
}
