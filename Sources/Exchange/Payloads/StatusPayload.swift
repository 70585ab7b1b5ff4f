package import Model
package import Primitives

/// Asks a signer where it stands; needs no ceremony and no confirmation.
package struct StatusRequest: Hashable, Sendable {
    package init() {}
}

extension StatusRequest: BundlePayload {
    package static let recordName = "status request"
    package var record: CBORValue { .record([:]) }
    package init(record: inout CBORRecord) throws {}
}

/// Where a signer stands; the head is in the envelope.
package struct StatusResponse: Hashable, Sendable {
    package let epoch: UInt64
    package let ceremonies: [CeremonyID]

    package init(epoch: UInt64, ceremonies: [CeremonyID]) {
        self.epoch = epoch
        self.ceremonies = ceremonies
    }
}

extension StatusResponse: BundlePayload {
    package static let recordName = "status"

    package var record: CBORValue {
        .record([
            1: .unsigned(epoch), 2: .array(ceremonies.map { .bytes($0.digest.bytes) }),
        ])
    }

    package init(record: inout CBORRecord) throws {
        epoch = try record.unsigned(1)
        ceremonies = try record.byteStrings(2).map { bytes in
            guard let digest = Bytes32(bytes) else {
                throw ModelError.invalidField(name: "ceremony", reason: "32 bytes expected")
            }
            return CeremonyID(digest)
        }
    }
}
