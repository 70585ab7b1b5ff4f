import Bitcoin
import ProtocolBuilder
import Tapscript

/// Scripts of described outputs, from the layers below the builder.
enum TestOutput {
    static func script(of taproot: TaprootDescription) throws -> Script {
        let leaves = taproot.leaves.map { TapLeaf(script: $0.script) }
        var tree: TapTree?
        if !leaves.isEmpty {
            switch taproot.shape {
            case .balanced:
                tree = try .balanced(leaves)
            case .weighted(let weights):
                tree = try .weighted(zip(leaves, weights).map { (leaf: $0, weight: $1) })
            }
        }
        return try TaprootOutput(internalKey: taproot.internalKey, tree: tree).scriptPubKey
    }
}
