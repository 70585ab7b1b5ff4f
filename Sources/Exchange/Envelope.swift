package import Bitcoin
package import Curve
package import Model
package import Primitives

/// What every bundle says about itself; the sender's identity key signs all of it.
///
/// Source: docs/protocol/bundles.md.
package struct Envelope: Hashable, Sendable {
    package static let formatVersion: UInt64 = 1

    package let kind: BundleKind
    package let direction: BundleDirection
    package let network: Network
    /// Nil for identity and status bundles.
    package let ceremony: CeremonyID?
    package let sender: XOnlyPublicKey
    /// Nil: for every participant of the ceremony.
    package let recipient: XOnlyPublicKey?
    /// Number of the request on this channel, from 1; a response repeats its request's number.
    package let sequence: UInt64
    /// Of a request the digest of the signer's last response, of a response that of its request.
    package let previous: Bytes32
    /// Of a request the newest head seen of the recipient, of a response the sender's head.
    package let head: LogHead
    package let payload: [UInt8]

    package init(
        kind: BundleKind, direction: BundleDirection, network: Network, ceremony: CeremonyID?,
        sender: XOnlyPublicKey, recipient: XOnlyPublicKey?, sequence: UInt64, previous: Bytes32,
        head: LogHead, payload: [UInt8]
    ) {
        self.kind = kind
        self.direction = direction
        self.network = network
        self.ceremony = ceremony
        self.sender = sender
        self.recipient = recipient
        self.sequence = sequence
        self.previous = previous
        self.head = head
        self.payload = payload
    }

    /// The message that the sender of this envelope signs.
    ///
    /// A bundle that was received has its own `SignedBundle.digest`: that covers optional fields
    /// of a newer program too.
    package var digest: Bytes32 {
        TaggedHash("BitVMX/bundle/v1").hash(encoded())
    }
}
