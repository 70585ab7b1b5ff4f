package import Model

/// The name of a party that signs alone: 1 to 40 of `a`–`z`, `0`–`9` and `-`.
///
/// A graph refuses to be built with any other text.
package struct PartyName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(_ operatorName: OperatorName) {
        text = operatorName.text
    }

    package var description: String { text }

    package static func < (left: PartyName, right: PartyName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

/// Who makes a signature.
package enum SignatureOwner: Hashable, Sendable {
    /// All operators together (MuSig2), with the aggregate key of a role.
    case aggregate(KeyRole)
    case single(PartyName)
    /// Nobody: only for leaves without signatures.
    case nobody

    package var text: String {
        switch self {
        case .aggregate(let role): role.text
        case .single(let party): party.text
        case .nobody: "nobody"
        }
    }
}

extension SignatureOwner: Comparable {
    /// Aggregates by role, then parties by name, then nobody.
    package static func < (left: SignatureOwner, right: SignatureOwner) -> Bool {
        switch (left, right) {
        case (.aggregate(let left), .aggregate(let right)): left.rawValue < right.rawValue
        case (.aggregate, _): true
        case (.single(let left), .single(let right)): left < right
        case (.single, .nobody): true
        default: false
        }
    }
}
