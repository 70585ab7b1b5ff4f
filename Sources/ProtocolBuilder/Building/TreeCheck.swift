import Bitcoin
import Model

/// What can be wrong with the leaves of a taproot output.
struct TreeCheck<Label: GraphLabel> {
    /// Most leaves: what a tree of every protocol needs by far, little enough to hash at once.
    private static var leafLimit: Int { 4_096 }

    private let taproot: TaprootDescription
    private let place: OutputPlace<Label>

    init(_ taproot: TaprootDescription, at place: OutputPlace<Label>) {
        self.taproot = taproot
        self.place = place
    }

    func run() throws(GraphError<Label>) {
        guard taproot.leaves.count <= Self.leafLimit else { throw .invalidTree(at: place) }
        if case .weighted(let weights) = taproot.shape {
            guard weights.count == taproot.leaves.count else {
                throw .wrongWeightCount(
                    weights.count, leaves: taproot.leaves.count, at: place)
            }
            try checkWeights(weights)
        }
        var names: Set<String> = []
        for leaf in taproot.leaves {
            guard NameLimit.isName(leaf.name) else { throw .invalidName(leaf.name) }
            guard names.insert(leaf.name).inserted else {
                throw .duplicateLeafName(leaf.name, at: place)
            }
            try check(leaf)
        }
    }

    /// A tree deeper than the limit needs weights that sum to more than a Fibonacci number of
    /// that depth, so that a sum within 64 bits can never be too deep.
    private func checkWeights(_ weights: [UInt64]) throws(GraphError<Label>) {
        var sum: UInt64 = 0
        for weight in weights {
            let (next, overflow) = sum.addingReportingOverflow(weight)
            guard weight > 0, !overflow else { throw .invalidTree(at: place) }
            sum = next
        }
    }

    private func check(_ leaf: LeafDescription) throws(GraphError<Label>) {
        do throws(ScriptDecodingError) {
            _ = try leaf.script.instructions()
        } catch {
            throw .malformedScript(leaf: leaf.name, at: place)
        }
        guard leaf.items.count <= RelayRule.stackLimit else {
            throw .tooManyItems(
                leaf.items.count, limit: RelayRule.stackLimit, leaf: leaf.name, at: place)
        }
        let reserved: Set = [WitnessTemplate.scriptItem, WitnessTemplate.controlBlockItem]
        var names = reserved
        for item in leaf.items {
            guard NameLimit.isName(item.name) else { throw .invalidName(item.name) }
            guard names.insert(item.name).inserted else {
                throw .duplicateItemName(item.name, leaf: leaf.name, at: place)
            }
            let largest =
                switch item.content {
                case .signature: 65
                case .preimage: 32
                case .bytes(let counts): counts.lowerBound < 0 ? Int.max : counts.upperBound
                case .constant(let bytes): bytes.count
                }
            guard largest <= RelayRule.itemLimit else {
                throw .itemTooLong(
                    item.name, byteCount: largest, limit: RelayRule.itemLimit, leaf: leaf.name,
                    at: place)
            }
        }
    }
}
