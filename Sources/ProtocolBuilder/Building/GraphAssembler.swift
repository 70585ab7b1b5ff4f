import Bitcoin
import Model

/// Turns checked descriptions, parents first, into transactions with amounts, ids and sighashes.
struct GraphAssembler<Label: GraphLabel> {
    private(set) var transactions: [GraphTransaction<Label>] = []
    private(set) var tasks: [SigningTask<Label>] = []
    private(set) var positions: [Label: Int] = [:]
    private var externals: [OutPoint: TaprootCommitment] = [:]
    private let graphFee: GraphFee

    init(_ description: GraphDescription<Label>) {
        graphFee = description.fee
    }

    /// - Precondition: `DescriptionCheck` has passed and every parent has been appended.
    mutating func append(
        _ description: TransactionDescription<Label>
    ) throws(GraphError<Label>) {
        let label = description.label
        let spent = try spentOutputs(description)
        let commitments = try commitments(description)
        let inputs = zip(description.inputs, spent).map {
            TxIn(outPoint: $1.outPoint, sequence: $0.sequence)
        }
        var transaction = Transaction(
            version: description.version.rawValue, inputs: inputs,
            outputs: zip(description.outputs, commitments).map {
                TxOut(value: .zero, scriptPubKey: Self.script($0.content, $1))
            }, lockTime: description.lockTime)
        let weights = WitnessWeights(description, spent.map { $0.taproot }, transaction)
        try RelayCheck(description, transaction).checkSize(weights.largest.virtualSize)
        let rule = description.fee ?? graphFee
        let fee = try Self.fee(rule, weights.largest.virtualSize, at: label)
        let plan = try AmountPlan(
            description, available: try Self.sum(spent, at: label), fee: fee)
        for (index, amount) in plan.amounts.enumerated() {
            transaction.outputs[index].value = amount
        }
        try RelayCheck(description, transaction).checkAmounts(fee: fee)
        let finished = GraphTransaction(
            label: label, transaction: transaction, txid: transaction.txid,
            inputs: description.inputs.indices.map { index in
                GraphInput(
                    description: description.inputs[index], outPoint: spent[index].outPoint,
                    prevout: spent[index].prevout, taproot: spent[index].taproot,
                    spends: weights.spends[index])
            },
            outputs: description.outputs.indices.map { index in
                GraphOutput(
                    description: description.outputs[index], txOut: transaction.outputs[index],
                    taproot: commitments[index])
            },
            feeRule: rule, fee: fee, largestWeight: weights.largest)
        tasks += try TaskList(finished).tasks
        positions[label] = transactions.count
        transactions.append(finished)
    }

    private struct SpentOutput {
        let outPoint: OutPoint
        let prevout: TxOut
        let taproot: TaprootCommitment
    }

    private mutating func spentOutputs(
        _ description: TransactionDescription<Label>
    ) throws(GraphError<Label>) -> [SpentOutput] {
        var result: [SpentOutput] = []
        for (index, input) in description.inputs.enumerated() {
            switch input.source {
            case .output(let parent, let output):
                result.append(madeOutput(of: parent, output))
            case .external(let external):
                let place = InputPlace(description.label, index)
                let taproot = try externalCommitment(external)
                guard taproot.script == external.prevout.scriptPubKey else {
                    throw .externalMismatch(external.outPoint, at: place)
                }
                result.append(
                    SpentOutput(
                        outPoint: external.outPoint, prevout: external.prevout, taproot: taproot))
            }
        }
        return result
    }

    private func madeOutput(of label: Label, _ index: Int) -> SpentOutput {
        guard let position = positions[label],
            let taproot = transactions[position].outputs[index].taproot
        else { preconditionFailure("parents come first and their spent outputs are taproot") }
        let parent = transactions[position]
        return SpentOutput(
            outPoint: OutPoint(txid: parent.txid, outputIndex: UInt32(index)),
            prevout: parent.outputs[index].txOut, taproot: taproot)
    }

    private mutating func externalCommitment(
        _ output: ExternalOutput
    ) throws(GraphError<Label>) -> TaprootCommitment {
        if let known = externals[output.outPoint] { return known }
        let made = try Self.commitment(output.taproot, at: .external(output.outPoint))
        externals[output.outPoint] = made
        return made
    }

    private func commitments(
        _ description: TransactionDescription<Label>
    ) throws(GraphError<Label>) -> [TaprootCommitment?] {
        var result: [TaprootCommitment?] = []
        for (index, output) in description.outputs.enumerated() {
            if case .taproot(let taproot) = output.content {
                result.append(
                    try Self.commitment(taproot, at: .output(of: description.label, index: index)))
            } else {
                result.append(nil)
            }
        }
        return result
    }

    private static func commitment(
        _ taproot: TaprootDescription, at place: OutputPlace<Label>
    ) throws(GraphError<Label>) -> TaprootCommitment {
        guard let commitment = TaprootCommitment(taproot) else { throw .invalidTree(at: place) }
        return commitment
    }

    private static func script(_ content: OutputContent, _ taproot: TaprootCommitment?) -> Script {
        switch content {
        case .taproot: taproot?.script ?? .empty
        case .payout(let script): script
        case .anchor: .payToAnchor
        case .data(let bytes): .opReturn(bytes)
        }
    }

    private static func fee(
        _ rule: GraphFee, _ size: VirtualSize, at label: Label
    ) throws(GraphError<Label>) -> Amount {
        switch rule {
        case .none: return .zero
        case .fixed(let amount): return amount
        case .rate(let rate):
            do throws(AmountError) {
                return try rate.fee(for: size)
            } catch {
                throw .amountOverflow(at: label)
            }
        }
    }

    private static func sum(
        _ spent: [SpentOutput], at label: Label
    ) throws(GraphError<Label>) -> Amount {
        do throws(AmountError) {
            return try Amount.sum(spent.map { $0.prevout.value })
        } catch {
            throw .amountOverflow(at: label)
        }
    }
}
