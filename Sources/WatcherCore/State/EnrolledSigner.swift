package import Curve
package import Exchange
package import Model
import Primitives

/// A signer whose words a person has compared.
package struct EnrolledSigner: Hashable, Sendable {
    package let identity: XOnlyPublicKey
    package let name: OperatorName
    package let relation: SignerRelation
    /// The log head of the identity bundle.
    package let head: LogHead
}
