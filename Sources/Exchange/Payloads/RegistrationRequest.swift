package import Model
package import Primitives

/// A definition that the signer's operator is asked to read in full and accept.
package struct RegistrationRequest: Hashable, Sendable {
    package let definition: CeremonyDefinition

    package init(definition: CeremonyDefinition) {
        self.definition = definition
    }
}

extension RegistrationRequest: BundlePayload {
    package static let recordName = "registration request"

    package var record: CBORValue {
        .record([1: .bytes(definition.encoded())])
    }

    package init(record: inout CBORRecord) throws {
        definition = try CeremonyDefinition(decoding: record.bytes(1))
    }
}

/// A signer's answer to a registration: the definition was accepted, and these are its keys.
package struct KeysResponse: Hashable, Sendable {
    package let keys: ParticipantKeys

    package init(keys: ParticipantKeys) {
        self.keys = keys
    }
}

extension KeysResponse: BundlePayload {
    package static let recordName = "keys"

    package var record: CBORValue {
        .record([1: .bytes(keys.encoded())])
    }

    package init(record: inout CBORRecord) throws {
        keys = try ParticipantKeys(decoding: record.bytes(1))
    }
}
