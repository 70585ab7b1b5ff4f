import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import TestSupport
import Testing

/// One description, one digest; another description, another digest.
@Suite("Digests of graphs")
struct GraphDigestTests {
    @Test("1,000 random graphs do not depend on the order of their description")
    func permutation() throws {
        let seed: UInt64 = 0x6772_6170_6800_0001
        print("permutation seed \(seed)")
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1_000 {
            let description = try RandomGraph.description(using: &generator)
            var permuted = description
            permuted.transactions.shuffle(using: &generator)
            let graph = try Graph(building: description)
            let other = try Graph(building: permuted)
            #expect(graph.digest == other.digest)
            #expect(graph.transactions.map { $0.txid } == other.transactions.map { $0.txid })
            #expect(graph.plan == other.plan)
        }
    }

    @Test("amounts are conserved in 1,000 random graphs")
    func conservation() throws {
        let seed: UInt64 = 0x6772_6170_6800_0002
        print("conservation seed \(seed)")
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1_000 {
            let graph = try Graph(building: RandomGraph.description(using: &generator))
            for transaction in graph.transactions {
                let paid = try Amount.sum(transaction.outputs.map { $0.txOut.value })
                let spent = try Amount.sum(transaction.prevouts.map { $0.value })
                #expect(try paid.adding(transaction.fee) == spent)
            }
        }
    }

    @Test("the order is by dependency, then by label")
    func order() throws {
        let graph = try Graph(building: SampleGraph.description())
        #expect(graph.transactions.map { $0.label.text } == ["accept", "collect", "release"])
    }

    @Test("an untouched copy has the digest")
    func unchanged() throws {
        let first = try Graph(building: SampleGraph.description())
        let second = try Graph(building: SampleGraph.description())
        #expect(first == second)
    }

    @Test("every field changes the digest", arguments: GraphMutation.all)
    func mutation(_ mutation: GraphMutation) throws {
        let original = try SampleGraph.description()
        var changed = original
        try mutation.change(&changed)
        #expect(changed != original)
        let before = try Graph(building: original)
        let after = try Graph(building: changed)
        #expect(before.digest != after.digest)
    }

    @Test("no two mutations have one digest")
    func distinctMutations() throws {
        var digests: [Bytes32: String] = [:]
        for mutation in GraphMutation.all {
            var changed = try SampleGraph.description()
            try mutation.change(&changed)
            let digest = try Graph(building: changed).digest
            #expect(digests.updateValue(mutation.name, forKey: digest) == nil, "\(mutation.name)")
        }
    }
}
