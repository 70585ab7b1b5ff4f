import Bitcoin
import Model

/// Gives every output of a transaction its amount: nothing appears, nothing is lost.
///
/// - Source: docs/protocol/graph.md, "Amounts".
struct AmountPlan<Label: GraphLabel> {
    /// In the order of the outputs.
    let amounts: [Amount]

    init(
        _ transaction: TransactionDescription<Label>, available: Amount, fee: Amount
    ) throws(GraphError<Label>) {
        try Self.checkRemainders(transaction)
        let rest = try Self.rest(transaction, available: available, fee: fee)
        var amounts: [Amount] = []
        for output in transaction.outputs {
            switch output.amount {
            case .exact(let amount):
                amounts.append(amount)
            case .remainder:
                amounts.append(rest)
            case .share(let index, let count):
                amounts.append(Self.share(index, of: count, rest))
            }
        }
        self.amounts = amounts
    }

    private static func checkRemainders(
        _ transaction: TransactionDescription<Label>
    ) throws(GraphError<Label>) {
        var remainders: [Int] = []
        var shares: [(output: Int, index: Int, count: Int)] = []
        for (output, description) in transaction.outputs.enumerated() {
            switch description.amount {
            case .exact: break
            case .remainder: remainders.append(output)
            case .share(let index, let count): shares.append((output, index, count))
            }
        }
        let outputs = shares.map { $0.output }
        guard remainders.count + (shares.isEmpty ? 0 : 1) <= 1 else {
            throw .severalRemainders(
                at: transaction.label, outputIndexes: (remainders + outputs).sorted())
        }
        let indexes = shares.map { $0.index }.sorted()
        guard indexes == Array(0..<shares.count), shares.allSatisfy({ $0.count == shares.count })
        else { throw .invalidShares(at: transaction.label, outputIndexes: outputs) }
    }

    /// What is left of the inputs after the exact outputs and the fee.
    private static func rest(
        _ transaction: TransactionDescription<Label>, available: Amount, fee: Amount
    ) throws(GraphError<Label>) -> Amount {
        let label = transaction.label
        let exact = transaction.outputs.compactMap { output in
            if case .exact(let amount) = output.amount { amount } else { nil }
        }
        let fixed: Amount
        let needed: Amount
        do throws(AmountError) {
            fixed = try Amount.sum(exact)
            needed = try fixed.adding(fee)
        } catch {
            throw .amountOverflow(at: label)
        }
        guard needed <= available else {
            throw .insufficientAmount(at: label, available: available, needed: needed)
        }
        guard needed == available || exact.count < transaction.outputs.count else {
            throw .unbalanced(at: label, surplus: difference(available, fixed), fee: fee)
        }
        return difference(available, needed)
    }

    private static func difference(_ larger: Amount, _ smaller: Amount) -> Amount {
        do throws(AmountError) {
            return try larger.subtracting(smaller)
        } catch {
            preconditionFailure("the caller has compared the amounts")
        }
    }

    private static func share(_ index: Int, of count: Int, _ rest: Amount) -> Amount {
        let parts = UInt64(count)
        let odd = rest.satoshi % parts
        do throws(AmountError) {
            return try Amount(rest.satoshi / parts + (UInt64(index) < odd ? 1 : 0))
        } catch {
            preconditionFailure("a share of an amount is an amount")
        }
    }
}
