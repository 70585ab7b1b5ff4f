package import Bitcoin
package import Curve
package import Model
package import Primitives

/// One signature that has to be made.
package struct SigningTask<Label: GraphLabel>: Hashable, Sendable {
    /// What tells a task from every other task of its graph.
    package struct ID: Hashable, Sendable, CustomStringConvertible {
        package let label: Label
        /// 0-based.
        package let inputIndex: Int
        package let path: SpendPath
        /// Name of the witness item.
        package let item: String

        package init(label: Label, inputIndex: Int, path: SpendPath, item: String) {
            self.label = label
            self.inputIndex = inputIndex
            self.path = path
            self.item = item
        }

        package var description: String {
            "'\(item)' of the \(path) of \(InputPlace(label, inputIndex))"
        }
    }

    package let id: ID
    package let owner: SignatureOwner
    /// Verifies the signature: the leaf's key, or the output key.
    package let key: XOnlyPublicKey
    /// The key that the owner holds: `key` before the tweak.
    package let untweakedKey: XOnlyPublicKey
    /// To be added to the untweaked key as an x-only tweak (BIP-341); nil for leaves.
    package let tweak: Bytes32?
    /// Nil for the key path.
    package let leafHash: Bytes32?
    package let sighashType: SighashType
    package let sighash: Bytes32
}

/// Every signature of a graph, in the order in which all parties number them.
package struct SigningPlan<Label: GraphLabel>: Hashable, Sendable {
    /// By transaction in the graph's order, input, spend path as described, witness item.
    package let tasks: [SigningTask<Label>]
    private let positions: [SigningTask<Label>.ID: Int]

    /// - Precondition: the identities differ.
    init(_ tasks: [SigningTask<Label>]) {
        self.tasks = tasks
        positions = Dictionary(uniqueKeysWithValues: tasks.enumerated().map { ($1.id, $0) })
    }

    /// 0-based position of a task, or nil.
    package func index(of id: SigningTask<Label>.ID) -> Int? { positions[id] }

    /// The task with an identity, or nil.
    package subscript(id: SigningTask<Label>.ID) -> SigningTask<Label>? {
        positions[id].map { tasks[$0] }
    }

    /// The owners of at least one task, in their order.
    package var owners: [SignatureOwner] {
        Set(tasks.map { $0.owner }).sorted()
    }

    /// The tasks of one owner, in the order of the plan.
    package func tasks(of owner: SignatureOwner) -> [SigningTask<Label>] {
        tasks.filter { $0.owner == owner }
    }
}
