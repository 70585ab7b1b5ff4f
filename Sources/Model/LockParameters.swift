package import Bitcoin
package import Curve
package import Primitives

/// What the parties of a cardinal lock agree on besides who they are.
///
/// Source: docs/protocol/lock.md.
package struct LockParameters: Hashable, Sendable {
    /// The user's key: takes the asset back after either time-out.
    package let user: XOnlyPublicKey
    /// SHA-256 of the 32-byte secret that accepting reveals.
    package let secretHash: Bytes32
    /// Value of the locked asset's output; it is the same before and after the program.
    package let ordinalAmount: Amount
    /// What the user pays: the transactions' fees and the operators' reward.
    package let feeAmount: Amount
    /// Blocks after which the user takes an unaccepted request back.
    package let requestTimeout: BlockCount
    /// Blocks after acceptance after which the user takes the asset back.
    package let endOfLife: BlockCount
    package let feeRate: FeeRate

    package init(
        user: XOnlyPublicKey, secretHash: Bytes32, ordinalAmount: Amount, feeAmount: Amount,
        requestTimeout: BlockCount, endOfLife: BlockCount, feeRate: FeeRate
    ) {
        self.user = user
        self.secretHash = secretHash
        self.ordinalAmount = ordinalAmount
        self.feeAmount = feeAmount
        self.requestTimeout = requestTimeout
        self.endOfLife = endOfLife
        self.feeRate = feeRate
    }
}
