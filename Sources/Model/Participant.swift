package import Curve
import Primitives

/// One operator of a program: the name that people use and the identity key that decides.
package struct Participant: Hashable, Sendable {
    package let name: OperatorName
    /// BIP-340 key that signs this operator's bundles; never a key that holds money.
    package let identity: XOnlyPublicKey

    package init(name: OperatorName, identity: XOnlyPublicKey) {
        self.name = name
        self.identity = identity
    }

    /// The canonical order of participants: identity keys, byte by byte.
    package static func canonicalOrder(_ left: Participant, _ right: Participant) -> Bool {
        left.identity.bytes.lexicographicallyPrecedes(right.identity.bytes)
    }
}

/// Which of a program's aggregate keys a signing key belongs to.
package enum KeyRole: UInt8, CaseIterable, Sendable, Hashable {
    /// Signs the pre-signed transactions of the program.
    case operators = 1
    /// Holds what the program releases; signs nothing at setup.
    case release = 2

    package var text: String {
        switch self {
        case .operators: "operators"
        case .release: "release"
        }
    }
}
