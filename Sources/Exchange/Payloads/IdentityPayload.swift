package import Model
package import Primitives

/// Which of the two programs speaks.
package enum ProgramRole: UInt64, CaseIterable, Sendable {
    case signer = 1
    case watcher = 2

    package var text: String { self == .signer ? "signer" : "watcher" }
}

/// What an identity bundle says of its sender; the key itself is the envelope's sender.
package struct IdentityPayload: Hashable, Sendable {
    package let name: OperatorName
    package let role: ProgramRole

    package init(name: OperatorName, role: ProgramRole) {
        self.name = name
        self.role = role
    }
}

extension IdentityPayload: BundlePayload {
    package static let recordName = "identity"

    package var record: CBORValue {
        .record([1: .text(name.text), 2: .unsigned(role.rawValue)])
    }

    package init(record: inout CBORRecord) throws {
        name = try OperatorName(record.text(1))
        let role = try record.unsigned(2)
        guard let known = ProgramRole(rawValue: role) else {
            throw ModelError.invalidField(name: "role", reason: "unknown value \(role)")
        }
        self.role = known
    }
}
