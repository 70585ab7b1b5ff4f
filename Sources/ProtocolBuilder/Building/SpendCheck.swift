import Bitcoin
import Curve
import Model

/// What can be wrong with the ways in which an input is spent.
struct SpendCheck<Label: GraphLabel> {
    let transaction: TransactionDescription<Label>
    let input: InputDescription<Label>
    let taproot: TaprootDescription
    let place: InputPlace<Label>
    let keys: [SignatureOwner: Set<XOnlyPublicKey>]

    func run() throws(GraphError<Label>) {
        try checkSequence()
        guard !input.spends.isEmpty else { throw .noSpendPath(at: place) }
        var paths: Set<SpendPath> = []
        for spend in input.spends {
            guard paths.insert(spend.path).inserted else {
                throw .duplicateSpendPath(spend.path, at: place)
            }
            try check(spend)
        }
    }

    /// Final, one of the two values without lock, or a wait of at least one block.
    private func checkSequence() throws(GraphError<Label>) {
        let sequence = input.sequence
        let isPlain = [Sequence.final, .lockTimeEnabled, .replaceable].contains(sequence)
        let isWait = (1...UInt32(UInt16.max)).contains(sequence.rawValue)
        guard isPlain || isWait else { throw .unsupportedSequence(sequence, at: place) }
    }

    private func check(_ spend: SpendDescription) throws(GraphError<Label>) {
        let signers: [XOnlyPublicKey]
        switch spend.path {
        case .keyPath:
            signers = [taproot.internalKey]
        case .leaf(let index):
            guard taproot.leaves.indices.contains(index) else {
                throw .missingLeaf(index: index, count: taproot.leaves.count, at: place)
            }
            signers = taproot.leaves[index].items.compactMap { item in
                if case .signature(let key) = item.content { key } else { nil }
            }
            try checkLocks(taproot.leaves[index].script, spend.path)
        }
        guard spend.owners.count >= signers.count, !spend.owners.contains(.nobody) else {
            throw .missingOwner(spend.path, at: place)
        }
        guard spend.owners.count == signers.count else {
            throw .surplusOwner(spend.path, at: place)
        }
        for (owner, key) in zip(spend.owners, signers) {
            guard keys[owner, default: []].contains(key) else {
                throw .foreignKey(owner, spend.path, at: place)
            }
        }
        let needsOwnOutput = spend.sighashType.rawValue & 0x03 == 0x03
        guard !needsOwnOutput || place.inputIndex < transaction.outputs.count else {
            throw .impossibleSighash(spend.sighashType, at: place)
        }
    }

    private func checkLocks(_ script: Script, _ path: SpendPath) throws(GraphError<Label>) {
        let locks: LeafLocks
        do throws(ScriptDecodingError) {
            locks = try LeafLocks(script)
        } catch {
            preconditionFailure("the scripts of checked trees are well formed")
        }
        if let required = locks.relative.max(by: { $0.rawValue < $1.rawValue }) {
            guard input.sequence == required else {
                throw .relativeLockMismatch(
                    path, required: required, found: input.sequence, at: place)
            }
        }
        for required in locks.absolute {
            let found = transaction.lockTime
            let isSameKind =
                (required.rawValue < LockTime.threshold) == (found.rawValue < LockTime.threshold)
            guard isSameKind, found.rawValue >= required.rawValue, input.sequence != .final
            else {
                throw .absoluteLockMismatch(path, required: required, found: found, at: place)
            }
        }
    }
}
