import Bitcoin
import Model

/// What the witnesses of a transaction weigh at most, for every choice of paths.
struct WitnessWeights<Label: GraphLabel> {
    /// Marker and flag of the segwit form (BIP-144), each one weight unit.
    private static var segwitByteCount: Int { 2 }

    /// In the order of inputs and of their spends.
    let spends: [[GraphSpend]]
    /// Of the transaction when every input has its largest witness.
    let largest: Weight

    /// - Parameter transaction: with all outputs; their amounts do not matter.
    init(
        _ description: TransactionDescription<Label>, _ taproots: [TaprootCommitment],
        _ transaction: Transaction
    ) {
        let templates = zip(description.inputs, taproots).map { input, taproot in
            input.spends.map { spend in
                switch spend.path {
                case .keyPath: WitnessTemplate(keyPathOf: taproot, spend)
                case .leaf(let index): WitnessTemplate(leaf: index, of: taproot, spend)
                }
            }
        }
        let largestOfInput = templates.map { $0.map { $0.largestByteCount }.max() ?? 0 }
        let sum = largestOfInput.reduce(0, +)
        let base = 4 * transaction.baseByteCount + Self.segwitByteCount
        largest = Weight(base + sum)
        spends = description.inputs.indices.map { index in
            zip(description.inputs[index].spends, templates[index]).map { spend, template in
                let others = sum - largestOfInput[index]
                return GraphSpend(
                    description: spend, template: template,
                    weight: Weight(base + others + template.largestByteCount))
            }
        }
    }
}
