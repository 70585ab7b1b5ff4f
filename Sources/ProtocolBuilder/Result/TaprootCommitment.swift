package import Bitcoin
package import Curve
package import Primitives
package import Tapscript

/// A taproot description worked out: output key, leaf hashes, control blocks.
package struct TaprootCommitment: Hashable, Sendable {
    package let description: TaprootDescription
    package let output: TaprootOutput
    /// The scalar that turns the internal key into the output key (BIP-341 `TapTweak`).
    package let tweak: Bytes32
    /// In the order of the leaves.
    package let leafHashes: [Bytes32]
    /// In the order of the leaves.
    package let controlBlocks: [ControlBlock]

    package var outputKey: XOnlyPublicKey { output.outputKey }
    package var script: Script { output.scriptPubKey }

    /// - Returns: nil for a tree that is too deep, and where a hash is no scalar of the curve,
    ///   which nobody can bring about.
    init?(_ description: TaprootDescription) {
        let internalKey = description.internalKey
        do {
            let output = try TaprootOutput(
                internalKey: internalKey, tree: try Self.tree(description))
            self.output = output
            tweak = try internalKey.tapTweak(merkleRoot: output.merkleRoot).bytes32
        } catch {
            return nil
        }
        self.description = description
        leafHashes = output.tree?.leaves.map { $0.hash } ?? []
        controlBlocks = description.leaves.indices.map { [output] in
            output.controlBlock(forLeaf: $0)
        }
    }

    private static func tree(
        _ description: TaprootDescription
    ) throws(TapTreeError) -> TapTree? {
        let leaves = description.leaves.map { TapLeaf(script: $0.script) }
        guard !leaves.isEmpty else { return nil }
        return switch description.shape {
        case .balanced: try .balanced(leaves)
        case .weighted(let weights):
            try .weighted(zip(leaves, weights).map { (leaf: $0, weight: $1) })
        }
    }
}
