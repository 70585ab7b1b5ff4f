package import Bitcoin
package import Model

/// An input of a transaction of a graph.
package struct InputPlace<Label: GraphLabel>: Hashable, Sendable {
    package let label: Label
    /// 0-based.
    package let inputIndex: Int

    package init(_ label: Label, _ inputIndex: Int) {
        self.label = label
        self.inputIndex = inputIndex
    }
}

/// An output that a graph makes or spends.
package enum OutputPlace<Label: GraphLabel>: Hashable, Sendable {
    /// The index is 0-based.
    case output(of: Label, index: Int)
    case external(OutPoint)
}

/// Why a description does not build a graph; every case names the place.
package enum GraphError<Label: GraphLabel>: Error, Equatable {
    // Names
    case noTransactions
    case invalidName(String)
    case invalidLabel(String)
    case duplicateLabel(String)
    case duplicateOutputName(String, at: Label)
    case duplicateLeafName(String, at: OutputPlace<Label>)
    case duplicateItemName(String, leaf: String, at: OutputPlace<Label>)

    // Connections
    case noInputs(at: Label)
    case noOutputs(at: Label)
    case unknownTransaction(Label, at: InputPlace<Label>)
    case missingOutput(of: Label, index: Int, count: Int, at: InputPlace<Label>)
    case notTaproot(of: Label, index: Int, at: InputPlace<Label>)
    case doubleSpend(at: Label, inputIndexes: [Int])
    /// The labels lead from one to the next and from the last to the first.
    case cycle([Label])
    /// One output outside of the graph is described in two ways.
    case externalConflict(OutPoint, at: InputPlace<Label>)
    /// The script of the described output is not that of its taproot description.
    case externalMismatch(OutPoint, at: InputPlace<Label>)

    // Spend paths
    case noSpendPath(at: InputPlace<Label>)
    case duplicateSpendPath(SpendPath, at: InputPlace<Label>)
    case missingLeaf(index: Int, count: Int, at: InputPlace<Label>)
    /// A signature of the path belongs to nobody.
    case missingOwner(SpendPath, at: InputPlace<Label>)
    /// More owners than the path has signatures.
    case surplusOwner(SpendPath, at: InputPlace<Label>)
    /// The owner has no such key.
    case foreignKey(SignatureOwner, SpendPath, at: InputPlace<Label>)
    /// The sighash type needs an output with the index of the input.
    case impossibleSighash(SighashType, at: InputPlace<Label>)

    // Trees
    case wrongWeightCount(Int, leaves: Int, at: OutputPlace<Label>)
    case invalidTree(at: OutputPlace<Label>)
    case malformedScript(leaf: String, at: OutputPlace<Label>)
    case itemTooLong(String, byteCount: Int, limit: Int, leaf: String, at: OutputPlace<Label>)
    case tooManyItems(Int, limit: Int, leaf: String, at: OutputPlace<Label>)

    // Amounts
    case insufficientAmount(at: Label, available: Amount, needed: Amount)
    /// Without a remainder, what the inputs bring beyond the outputs must be the fee exactly.
    case unbalanced(at: Label, surplus: Amount, fee: Amount)
    case amountOverflow(at: Label)
    case severalRemainders(at: Label, outputIndexes: [Int])
    case invalidShares(at: Label, outputIndexes: [Int])
    case dust(at: Label, outputIndex: Int, amount: Amount, limit: Amount)
    /// An output of zero satoshi, allowed once, only to an anchor, without a fee.
    case zeroAmount(at: Label, outputIndex: Int)
    /// An output that nobody can ever spend holds money.
    case burnt(at: Label, outputIndex: Int, amount: Amount)

    // Relay
    case feeless(at: Label)
    case severalDataOutputs(at: Label, outputIndexes: [Int])
    case dataTooLong(at: Label, outputIndex: Int, byteCount: Int, limit: Int)
    case nonStandardPayout(at: Label, outputIndex: Int)
    case tooHeavy(at: Label, size: VirtualSize, limit: VirtualSize)
    case tooSmall(at: Label, byteCount: Int, least: Int)

    // Locks
    case relativeLockMismatch(SpendPath, required: Sequence, found: Sequence, at: InputPlace<Label>)
    case absoluteLockMismatch(SpendPath, required: LockTime, found: LockTime, at: InputPlace<Label>)
    /// A lock time that counts for nothing because every input is final.
    case ineffectiveLockTime(at: Label)
    /// Bits of a sequence without meaning, or a lock in units of 512 seconds.
    case unsupportedSequence(Sequence, at: InputPlace<Label>)
}
