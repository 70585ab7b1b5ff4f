import Bitcoin
package import Curve
package import Primitives

/// The witness of a spend path before anybody has signed: every item with its name and size.
package struct WitnessTemplate: Hashable, Sendable {
    /// What an item is.
    package enum Kind: Hashable, Sendable {
        case signature(by: SignatureOwner, key: XOnlyPublicKey)
        case preimage(of: Bytes32)
        /// Supplied by the publisher.
        case bytes
        case constant([UInt8])
        /// Leaf script or control block.
        case reveal([UInt8])
    }

    /// An item of the witness.
    package struct Item: Hashable, Sendable {
        package let name: String
        package let kind: Kind
        package let byteCounts: ClosedRange<Int>
    }

    /// The name of the only item of a key path.
    package static let keyPathItem = "signature"
    /// The names of the last two items of a leaf.
    package static let scriptItem = "leaf script"
    package static let controlBlockItem = "control block"

    /// Bottom of the stack first.
    package let items: [Item]

    /// Bytes of the encoded witness with every item at its longest.
    package var largestByteCount: Int { byteCount { $0.byteCounts.upperBound } }

    /// Bytes of the encoded witness with every item at its shortest.
    package var smallestByteCount: Int { byteCount { $0.byteCounts.lowerBound } }

    private func byteCount(_ length: (Item) -> Int) -> Int {
        Witness.byteCount(itemByteCounts: items.map(length))
    }

    init(keyPathOf output: TaprootCommitment, _ spend: SpendDescription) {
        let size = spend.sighashType.taprootSignatureByteCount
        items = [
            Item(
                name: Self.keyPathItem,
                kind: .signature(by: spend.owners.first ?? .nobody, key: output.outputKey),
                byteCounts: size...size)
        ]
    }

    /// - Precondition: the leaf has as many signature items as `spend` has owners.
    init(leaf index: Int, of output: TaprootCommitment, _ spend: SpendDescription) {
        let leaf = output.description.leaves[index]
        var owners = spend.owners[...]
        var items = leaf.items.map { item in
            switch item.content {
            case .signature(let key):
                let size = spend.sighashType.taprootSignatureByteCount
                return Item(
                    name: item.name, kind: .signature(by: owners.popFirst() ?? .nobody, key: key),
                    byteCounts: size...size)
            case .preimage(let hash):
                return Item(name: item.name, kind: .preimage(of: hash), byteCounts: 32...32)
            case .bytes(let counts):
                return Item(name: item.name, kind: .bytes, byteCounts: counts)
            case .constant(let bytes):
                return Item(
                    name: item.name, kind: .constant(bytes), byteCounts: bytes.count...bytes.count)
            }
        }
        for (name, bytes) in [
            (Self.scriptItem, leaf.script.bytes),
            (Self.controlBlockItem, output.controlBlocks[index].bytes),
        ] {
            items.append(
                Item(name: name, kind: .reveal(bytes), byteCounts: bytes.count...bytes.count))
        }
        self.items = items
    }
}
