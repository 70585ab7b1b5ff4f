package import Bitcoin
package import Model

/// An output of a finished graph.
package struct GraphOutput: Hashable, Sendable {
    package let description: OutputDescription
    package let txOut: TxOut
    /// Nil for outputs that leave the graph.
    package let taproot: TaprootCommitment?

    package var name: String { description.name }
}

/// One way to satisfy an input of a finished graph.
package struct GraphSpend: Hashable, Sendable {
    package let description: SpendDescription
    package let template: WitnessTemplate
    /// Of the whole transaction: this path at its largest, and so the other inputs' largest.
    package let weight: Weight

    package var path: SpendPath { description.path }
    package var virtualSize: VirtualSize { weight.virtualSize }
}

/// An input of a finished graph.
package struct GraphInput<Label: GraphLabel>: Hashable, Sendable {
    package let description: InputDescription<Label>
    package let outPoint: OutPoint
    package let prevout: TxOut
    package let taproot: TaprootCommitment
    /// In the order of the description.
    package let spends: [GraphSpend]

    /// The spend with a path, or nil.
    package func spend(_ path: SpendPath) -> GraphSpend? {
        spends.first { $0.path == path }
    }

    /// What people call a path: the leaf's name.
    package func name(of path: SpendPath) -> String {
        switch path {
        case .keyPath: "key path"
        case .leaf(let index): taproot.description.leaves[index].name
        }
    }
}

/// A transaction of a finished graph: everything but its signatures and the publisher's items.
package struct GraphTransaction<Label: GraphLabel>: Hashable, Sendable {
    package let label: Label
    /// Without witnesses.
    package let transaction: Transaction
    package let txid: Txid
    package let inputs: [GraphInput<Label>]
    package let outputs: [GraphOutput]
    package let feeRule: GraphFee
    package let fee: Amount
    /// With every witness at its largest.
    package let largestWeight: Weight

    package var largestVirtualSize: VirtualSize { largestWeight.virtualSize }

    /// What the fee pays for a spend path of an input; nil where the path is not described.
    package func feeRate(inputIndex: Int, path: SpendPath) -> FeeRate? {
        guard inputs.indices.contains(inputIndex), let spend = inputs[inputIndex].spend(path)
        else { return nil }
        return FeeRate(fee: fee, size: spend.virtualSize)
    }

    /// The outputs that the inputs spend, in their order.
    package var prevouts: [TxOut] { inputs.map { $0.prevout } }
}
