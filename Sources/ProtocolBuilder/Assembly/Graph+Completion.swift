import Bitcoin
import Curve
import Model
import Primitives
import Tapscript

extension Graph {
    /// Fills the witnesses of a transaction.
    ///
    /// Every signature is verified against the task's sighash and key, every hash lock opened and
    /// every length compared, so that what is wrong has a name; then the scripts of all inputs are
    /// executed, under the rules of relay, as a node will.
    ///
    /// - Throws: `AssemblyError` with the names of everything that is missing or wrong.
    package func complete(
        _ label: Label, with material: WitnessMaterial<Label>
    ) throws(AssemblyError<Label>) -> CompletedTransaction<Label> {
        guard let transaction = self[label] else { throw .unknownTransaction(label) }
        let paths = try chosenPaths(transaction, material)
        var completion = WitnessCompletion(label: label, plan: plan, material: material)
        for (index, input) in transaction.inputs.enumerated() {
            guard let spend = input.spend(paths[index]) else {
                throw .unknownPath(paths[index], inputIndex: index, of: label)
            }
            try completion.append(spend, at: index)
        }
        let completed = CompletedTransaction(
            transaction, paths: paths, witnesses: try completion.witnesses())
        try completed.verifyScripts()
        return completed
    }

    private func chosenPaths(
        _ transaction: GraphTransaction<Label>, _ material: WitnessMaterial<Label>
    ) throws(AssemblyError<Label>) -> [SpendPath] {
        let count = transaction.inputs.count
        if let unknown = material.paths.keys.filter({ !(0..<count).contains($0) }).min() {
            throw .unknownInput(unknown, of: transaction.label)
        }
        var paths: [SpendPath] = []
        var open: [Int] = []
        for (index, input) in transaction.inputs.enumerated() {
            if let path = material.paths[index] ?? input.onlyPath {
                paths.append(path)
            } else {
                open.append(index)
            }
        }
        guard open.isEmpty else {
            throw .pathNotChosen(inputIndexes: open, of: transaction.label)
        }
        return paths
    }
}

extension GraphInput {
    /// The path of an input that has a single one, or nil.
    fileprivate var onlyPath: SpendPath? {
        spends.count == 1 ? spends[0].path : nil
    }
}

/// Fills the witnesses of one transaction, input after input, and notes what is missing.
private struct WitnessCompletion<Label: GraphLabel> {
    let label: Label
    let plan: SigningPlan<Label>
    let material: WitnessMaterial<Label>
    private var filled: [Witness] = []
    private var missing: [WitnessPlace] = []
    private var used: Set<WitnessPlace> = []

    init(label: Label, plan: SigningPlan<Label>, material: WitnessMaterial<Label>) {
        self.label = label
        self.plan = plan
        self.material = material
    }

    /// The witnesses, once every input has been appended.
    func witnesses() throws(AssemblyError<Label>) -> [Witness] {
        guard missing.isEmpty else { throw .incomplete(missing, of: label) }
        let surplus = material.items.keys.filter { !used.contains($0) }
        guard surplus.isEmpty else {
            throw .surplus(surplus.sorted(), of: label)
        }
        return filled
    }

    mutating func append(
        _ spend: GraphSpend, at inputIndex: Int
    ) throws(AssemblyError<Label>) {
        var items: [[UInt8]] = []
        for place in spend.template.items {
            let item = WitnessPlace(inputIndex: inputIndex, name: place.name)
            switch place.kind {
            case .constant(let bytes), .reveal(let bytes):
                items.append(bytes)
            case .signature(_, let key):
                items.append(try signature(item, spend, key) ?? [])
            case .preimage(let hash):
                let bytes = try supplied(item, place.byteCounts)
                if let bytes, SHA256.hash(bytes) != hash {
                    throw .wrongPreimage(item, of: label)
                }
                items.append(bytes ?? [])
            case .bytes:
                items.append(try supplied(item, place.byteCounts) ?? [])
            }
        }
        filled.append(Witness(items))
    }

    /// The signature with its type, verified; nil and noted where there is none.
    private mutating func signature(
        _ item: WitnessPlace, _ spend: GraphSpend, _ key: XOnlyPublicKey
    ) throws(AssemblyError<Label>) -> [UInt8]? {
        let id = SigningTask<Label>.ID(
            label: label, inputIndex: item.inputIndex, path: spend.path, item: item.name)
        guard let task = plan[id] else {
            preconditionFailure("the plan of a graph has a task for every signature")
        }
        guard let signature = material.signatures[id] else {
            missing.append(item)
            return nil
        }
        guard key.verify(signature, message: task.sighash) else {
            throw .invalidSignature(item, of: label)
        }
        return task.sighashType.witnessItem(signature: signature.bytes)
    }

    /// An item of the publisher with an allowed length; nil and noted where there is none.
    private mutating func supplied(
        _ item: WitnessPlace, _ allowed: ClosedRange<Int>
    ) throws(AssemblyError<Label>) -> [UInt8]? {
        guard let bytes = material.items[item] else {
            missing.append(item)
            return nil
        }
        guard allowed.contains(bytes.count) else {
            throw .wrongByteCount(item, found: bytes.count, allowed: allowed, of: label)
        }
        used.insert(item)
        return bytes
    }
}
