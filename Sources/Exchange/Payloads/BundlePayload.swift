import Model
package import Primitives

/// A record that travels as a bundle's payload.
///
/// `decoded(from:)` refuses anything that does not encode back to the same bytes: one value has
/// one encoding.
package protocol BundlePayload {
    static var recordName: String { get }
    var record: CBORValue { get }
    init(record: inout CBORRecord) throws
}

extension BundlePayload {
    package func encoded() -> [UInt8] {
        record.encode()
    }

    /// - Throws: `ExchangeError.malformed` with the name of the record and the reason.
    package static func decoded(from bytes: [UInt8]) throws(ExchangeError) -> Self {
        let value = try Decoding.value(bytes, part: recordName)
        let payload: Self
        do {
            var record = try CBORRecord(value)
            payload = try Self(record: &record)
            try record.finish()
        } catch {
            throw .malformed(part: recordName, reason: "\(error)")
        }
        // What is nested, such as a transaction, has a decoder of its own.
        guard payload.encoded() == bytes else {
            throw .malformed(part: recordName, reason: "not the encoding of its content")
        }
        return payload
    }
}

enum Decoding {
    static func value(_ bytes: [UInt8], part: String) throws(ExchangeError) -> CBORValue {
        do {
            return try CBORValue.decode(bytes, limits: .bundle)
        } catch {
            throw .malformed(part: part, reason: "\(error)")
        }
    }
}

extension CBORLimits {
    /// Reference/airgap.md 5.2: checked before anything is allocated.
    static let bundle = CBORLimits(
        byteCount: SignedBundle.byteLimit, depth: 8, itemCount: 200_000,
        stringByteCount: SignedBundle.byteLimit)
}
