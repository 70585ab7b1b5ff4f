import Bitcoin
import Curve
import Tapscript
import TestSupport

/// A leaf with its output, its transaction and the signature of both parties.
struct SignedLeaf {
    let leaf: SpendableLeaf
    let spend: LeafSpend
    private let signature: SchnorrSignature

    init(_ leaf: SpendableLeaf, _ spend: LeafSpend, _ parties: DisputeParties) throws {
        self.leaf = leaf
        self.spend = spend
        signature = try parties.sign(spend.sighash())
    }

    /// What some nodes do not relay.
    var unrelayedFeatures: [String] {
        leaf.unrelayedFeatures(depth: spend.output.tree.depth(ofLeaf: spend.leafIndex))
    }

    /// The transaction that the leaf takes.
    func transaction() throws -> Transaction {
        spend.transaction(try leaf.items(signature, nil))
    }

    /// The changes that are tried.
    ///
    /// Of many values each is changed in one way, and in other ways in other leaves.
    ///
    /// - Parameter random: Which way.
    func forgeries(_ random: inout SplitMix64) -> [Forgery] {
        var result: [Forgery] = [.signature]
        if spend.output.tree.leaves.count > 1 { result.append(.controlBlock) }
        if leaf.canBeUnproven { result.append(.signed(.unproven)) }
        let first = Int(random.next() % 3)
        for (index, value) in leaf.values.enumerated() {
            let ways: [Forgery] = [
                .digit(of: value), .chain(of: value), .signed(.digit(of: value)),
            ]
            result += leaf.values.count < 8 ? ways : [ways[(first + index) % ways.count]]
        }
        return result
    }

    /// The transaction with one change.
    ///
    /// - Parameter random: Which of many digits.
    func transaction(
        _ forgery: Forgery, _ random: inout SplitMix64
    ) throws -> Transaction {
        var items = try leaf.items(signature, nil)
        switch forgery {
        case .signed(let lie):
            return spend.transaction(try leaf.items(signature, lie))
        case .controlBlock:
            let count = spend.output.tree.leaves.count
            return spend.transaction(items, controlBlockOf: (spend.leafIndex + 1) % count)
        case .signature:
            let bytes = signature.bytes
            guard let index = items.firstIndex(of: bytes) else {
                throw LeafFault(description: "\(leaf.name) shows no signature")
            }
            items[index][Int(random.next() % UInt64(bytes.count))] ^= 1
        case .digit(let value):
            let index = try place(.digit(of: value), &random)
            items[index] = items[index] == [1] ? [] : [(items[index].first ?? 0) ^ 1]
        case .chain(let value):
            let index = try place(.chain(of: value), &random)
            items[index][Int(random.next() % 20)] ^= 1
        }
        return spend.transaction(items)
    }

    /// The position of one of the items of a role.
    private func place(_ role: ScriptInput.Role, _ random: inout SplitMix64) throws -> Int {
        let inputs = leaf.script.inputs
        let places = inputs.indices.filter { inputs[$0].role == role }
        guard let place = places.randomElement(using: &random) else {
            throw LeafFault(description: "\(leaf.name) has no item for a \(role)")
        }
        return place
    }
}

/// A leaf that is not what the tests take it for.
struct LeafFault: Error, CustomStringConvertible {
    let description: String
}
