package import Bitcoin
package import Curve
package import Exchange
package import Model
import Primitives

/// What a watcher knows of a program: facts as they arrived, nothing derived.
package struct ProgramRecord: Hashable, Sendable {
    package let id: CeremonyID
    package let definition: CeremonyDefinition
    package internal(set) var funding: Funding?
    /// Number of the signing attempt, from 1.
    package internal(set) var attempt: UInt32 = 1
    package internal(set) var bundles: [BundleSlot: SignedBundle] = [:]
    package internal(set) var published: [TransactionLabel: Txid] = [:]
    package internal(set) var positions: [TransactionLabel: ChainPosition] = [:]

    init(_ definition: CeremonyDefinition) {
        id = definition.id
        self.definition = definition
    }

    /// Identities in canonical order.
    package var identities: [XOnlyPublicKey] { definition.participants.map(\.identity) }

    package func name(of identity: XOnlyPublicKey) -> OperatorName? {
        definition.participants.first { $0.identity == identity }?.name
    }

    /// Identity of the participant that signs last, where the definition names one.
    package var lastSigner: XOnlyPublicKey? {
        definition.lastSigner.map { definition.participants[$0].identity }
    }

    package func keysBundle(of identity: XOnlyPublicKey) -> SignedBundle? {
        bundles[.keys(identity)]
    }

    /// The bundle with a participant's public nonces in the present attempt.
    package func noncesBundle(of identity: XOnlyPublicKey) -> SignedBundle? {
        identity == lastSigner
            ? partialsBundle(of: identity) : bundles[.nonces(identity, attempt: attempt)]
    }

    /// The bundle with a participant's partial signatures in the present attempt.
    package func partialsBundle(of identity: XOnlyPublicKey) -> SignedBundle? {
        bundles[.partialSignatures(identity, attempt: attempt)]
    }

    package func revealBundle(
        of identity: XOnlyPublicKey, _ variable: VariableName
    ) -> SignedBundle? {
        bundles[.reveal(identity, variable)]
    }

    /// Names of the participants for whom `isThere` is false, in canonical order.
    func missing(
        except me: XOnlyPublicKey? = nil, _ isThere: (XOnlyPublicKey) -> Bool
    ) -> [OperatorName] {
        definition.participants.filter { $0.identity != me && !isThere($0.identity) }
            .map(\.name)
    }

    /// The newest attempt that any participant's bundle is for.
    package var newestAttempt: UInt32 {
        bundles.keys.compactMap(\.attempt).reduce(attempt, max)
    }

    /// Whether a signer has bound the ceremony to a graph: this operator's has given nonces.
    func isBound(by identity: XOnlyPublicKey) -> Bool {
        bundles.keys.contains { slot in
            switch slot {
            case .nonces(identity, _), .partialSignatures(identity, _): true
            default: false
            }
        }
    }

    /// Two bundles of one signer that claim the same place in its log with different content.
    func fork(with bundle: SignedBundle) -> SignedBundle? {
        let envelope = bundle.envelope
        return bundles.values.first { other in
            other.envelope.sender == envelope.sender
                && other.envelope.head.index == envelope.head.index
                && other.envelope.head.hash != envelope.head.hash
        }
    }
}
