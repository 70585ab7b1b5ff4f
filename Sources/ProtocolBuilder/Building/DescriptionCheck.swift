import Bitcoin
import Model

/// Everything about a description that can be wrong before an amount is known.
///
/// Transactions are looked at in the order of their labels, so that the first error does not
/// depend on the order of the description either.
struct DescriptionCheck<Label: GraphLabel> {
    private let description: GraphDescription<Label>
    private let byText: [TransactionDescription<Label>]
    private var byLabel: [Label: TransactionDescription<Label>] = [:]
    private var externals: [OutPoint: ExternalOutput] = [:]

    init(_ description: GraphDescription<Label>) {
        self.description = description
        byText = description.transactions.sorted {
            NameLimit.precedes($0.label.text, $1.label.text)
        }
    }

    consuming func run() throws(GraphError<Label>) {
        guard !byText.isEmpty else { throw .noTransactions }
        try checkName(description.name)
        for owner in description.keys.keys.sorted() {
            try checkOwner(owner)
        }
        try checkLabels()
        for transaction in byText {
            try checkOutputs(transaction)
            try checkInputs(transaction)
        }
    }

    private func checkName(_ name: String) throws(GraphError<Label>) {
        guard NameLimit.isName(name) else { throw .invalidName(name) }
    }

    private func checkOwner(_ owner: SignatureOwner) throws(GraphError<Label>) {
        guard case .single(let party) = owner else { return }
        guard NameLimit.isLabel(party.text) else { throw .invalidName(party.text) }
    }

    private mutating func checkLabels() throws(GraphError<Label>) {
        var texts: Set<String> = []
        for transaction in byText {
            let text = transaction.label.text
            guard NameLimit.isLabel(text) else { throw .invalidLabel(text) }
            guard texts.insert(text).inserted else { throw .duplicateLabel(text) }
            byLabel[transaction.label] = transaction
        }
    }

    private func checkOutputs(
        _ transaction: TransactionDescription<Label>
    ) throws(GraphError<Label>) {
        let label = transaction.label
        guard !transaction.outputs.isEmpty else { throw .noOutputs(at: label) }
        var names: Set<String> = []
        for (index, output) in transaction.outputs.enumerated() {
            try checkName(output.name)
            guard names.insert(output.name).inserted else {
                throw .duplicateOutputName(output.name, at: label)
            }
            switch output.content {
            case .taproot(let taproot):
                try TreeCheck<Label>(taproot, at: .output(of: label, index: index)).run()
            case .payout(let script):
                guard RelayRule.hasAddress(script) else {
                    throw .nonStandardPayout(at: label, outputIndex: index)
                }
            case .data(let bytes):
                guard bytes.count <= RelayRule.dataLimit else {
                    throw .dataTooLong(
                        at: label, outputIndex: index, byteCount: bytes.count,
                        limit: RelayRule.dataLimit)
                }
            case .anchor:
                break
            }
        }
        let carriers = transaction.outputs.indices.filter { index in
            if case .data = transaction.outputs[index].content { true } else { false }
        }
        guard carriers.count <= 1 else {
            throw .severalDataOutputs(at: label, outputIndexes: carriers)
        }
    }

    private mutating func checkInputs(
        _ transaction: TransactionDescription<Label>
    ) throws(GraphError<Label>) {
        let label = transaction.label
        guard !transaction.inputs.isEmpty else { throw .noInputs(at: label) }
        var spenders: [OutputPlace<Label>: [Int]] = [:]
        for (index, input) in transaction.inputs.enumerated() {
            let place = InputPlace(label, index)
            let (source, taproot) = try spentOutput(input.source, at: place)
            spenders[source, default: []].append(index)
            let check = SpendCheck(
                transaction: transaction, input: input, taproot: taproot, place: place,
                keys: description.keys)
            for spend in input.spends {
                for owner in spend.owners {
                    try checkOwner(owner)
                }
            }
            try check.run()
        }
        let doubles = spenders.values.filter { $0.count > 1 }
        if let first = doubles.min(by: { $0[0] < $1[0] }) {
            throw .doubleSpend(at: label, inputIndexes: first)
        }
        guard
            transaction.lockTime == .zero
                || transaction.inputs.contains(where: { $0.sequence != .final })
        else { throw .ineffectiveLockTime(at: label) }
    }

    private mutating func spentOutput(
        _ source: InputSource<Label>, at place: InputPlace<Label>
    ) throws(GraphError<Label>) -> (OutputPlace<Label>, TaprootDescription) {
        switch source {
        case .output(let label, let index):
            guard let parent = byLabel[label] else {
                throw .unknownTransaction(label, at: place)
            }
            guard parent.outputs.indices.contains(index) else {
                throw .missingOutput(
                    of: label, index: index, count: parent.outputs.count, at: place)
            }
            guard case .taproot(let taproot) = parent.outputs[index].content else {
                throw .notTaproot(of: label, index: index, at: place)
            }
            return (.output(of: label, index: index), taproot)
        case .external(let output):
            try checkName(output.name)
            if let known = externals[output.outPoint], known != output {
                throw .externalConflict(output.outPoint, at: place)
            }
            if externals.updateValue(output, forKey: output.outPoint) == nil {
                try TreeCheck<Label>(
                    output.taproot, at: .external(output.outPoint)
                ).run()
            }
            return (.external(output.outPoint), output.taproot)
        }
    }
}
