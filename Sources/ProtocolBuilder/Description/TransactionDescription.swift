package import Bitcoin
package import Model

/// The versions that a graph's transactions can have.
package enum TransactionVersion: Int32, Hashable, Sendable, CaseIterable {
    /// Relative locks work (BIP-68).
    case two = 2
    /// Also topologically restricted (BIP-431, TRUC): at most 10,000 vB, may pay no fee.
    case three = 3
}

/// A transaction of a graph.
package struct TransactionDescription<Label: GraphLabel>: Hashable, Sendable {
    package var label: Label
    package var version: TransactionVersion
    package var lockTime: LockTime
    /// Nil takes the graph's rule.
    package var fee: GraphFee?
    /// In the order of the transaction.
    package var inputs: [InputDescription<Label>]
    /// In the order of the transaction.
    package var outputs: [OutputDescription]

    package init(
        _ label: Label, version: TransactionVersion, lockTime: LockTime = .zero,
        fee: GraphFee? = nil, inputs: [InputDescription<Label>], outputs: [OutputDescription]
    ) {
        self.label = label
        self.version = version
        self.lockTime = lockTime
        self.fee = fee
        self.inputs = inputs
        self.outputs = outputs
    }
}
