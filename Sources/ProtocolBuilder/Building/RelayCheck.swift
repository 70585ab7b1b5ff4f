import Bitcoin
import Model

/// Refuses transactions that nodes would not pass on.
struct RelayCheck<Label: GraphLabel> {
    private let description: TransactionDescription<Label>
    private let transaction: Transaction

    init(_ description: TransactionDescription<Label>, _ transaction: Transaction) {
        self.description = description
        self.transaction = transaction
    }

    func checkSize(_ size: VirtualSize) throws(GraphError<Label>) {
        let label = description.label
        let limit =
            description.version == .three ? RelayRule.versionThreeLimit : RelayRule.sizeLimit
        guard size <= limit else { throw .tooHeavy(at: label, size: size, limit: limit) }
        let byteCount = transaction.baseByteCount
        guard byteCount >= RelayRule.leastByteCount else {
            throw .tooSmall(at: label, byteCount: byteCount, least: RelayRule.leastByteCount)
        }
    }

    func checkAmounts(fee: Amount) throws(GraphError<Label>) {
        let label = description.label
        guard fee > .zero || description.version == .three else { throw .feeless(at: label) }
        var emptyAnchorCount = 0
        for (index, output) in description.outputs.enumerated() {
            let value = transaction.outputs[index].value
            switch output.content {
            case .data:
                guard value == .zero else {
                    throw .burnt(at: label, outputIndex: index, amount: value)
                }
            case .anchor where value == .zero:
                emptyAnchorCount += 1
                guard fee == .zero, emptyAnchorCount == 1 else {
                    throw .zeroAmount(at: label, outputIndex: index)
                }
            default:
                try checkDust(index)
            }
        }
    }

    private func checkDust(_ index: Int) throws(GraphError<Label>) {
        let output = transaction.outputs[index]
        let limit: Amount
        do throws(AmountError) {
            limit = try output.scriptPubKey.dustThreshold()
        } catch {
            preconditionFailure("the dust threshold of a script with an address is an amount")
        }
        guard output.value >= limit else {
            throw .dust(
                at: description.label, outputIndex: index, amount: output.value, limit: limit)
        }
    }
}
