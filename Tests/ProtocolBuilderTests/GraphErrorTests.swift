import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Testing

/// Every rule of a description, in the form that breaks it; `SampleGraph` meets all of them.
@Suite("Graphs that cannot be built")
struct GraphErrorTests {
    typealias Description = GraphDescription<TestLabel>
    typealias Failure = GraphError<TestLabel>

    private func expect(
        _ expected: Failure, _ change: (inout Description) throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var description = try SampleGraph.description()
        try change(&description)
        #expect(throws: expected, sourceLocation: sourceLocation) {
            _ = try Graph(building: description)
        }
        #expect(!"\(expected)".isEmpty)
    }

    @Test("the sample meets every rule")
    func sample() throws {
        _ = try Graph(building: SampleGraph.description())
    }

    @Test("names and labels")
    func names() throws {
        try expect(.noTransactions) { $0.transactions = [] }
        try expect(.invalidName("")) { $0.name = "" }
        try expect(.invalidName("tab\t")) { $0.transactions[0].outputs[0].name = "tab\t" }
        try expect(.invalidName(" space")) { $0.name = " space" }
        let long = String(repeating: "x", count: 61)
        try expect(.invalidName(long)) { $0.name = long }
        try expect(.invalidName("Bob")) {
            $0.keys[.single(PartyName("Bob"))] = [SampleGraph.user]
        }
        for text in ["", "Accept", "a b", "a:b", "-a", String(repeating: "a", count: 41)] {
            try expect(.invalidLabel(text)) { $0.transactions[2].label = TestLabel(text) }
        }
        try expect(.duplicateLabel("release")) {
            $0.transactions[2].label = TestLabel("release", number: 1)
        }
        try expect(.duplicateOutputName("asset", at: "accept")) {
            $0.transactions[0].outputs[1].name = "asset"
        }
        try expect(
            .duplicateLeafName("operators", at: .output(of: "accept", index: 0))
        ) { description in
            var taproot = SampleGraph.locked
            taproot.leaves[0].name = "operators"
            description.transactions[0].outputs[0].content = .taproot(taproot)
        }
        try expect(
            .duplicateItemName("user", leaf: "both", at: .output(of: "accept", index: 0))
        ) { description in
            var taproot = SampleGraph.locked
            taproot.leaves[2].items[1].name = "user"
            description.transactions[0].outputs[0].content = .taproot(taproot)
        }
    }

    @Test("connections")
    func connections() throws {
        try expect(.noInputs(at: "collect")) { $0.transactions[2].inputs = [] }
        try expect(.noOutputs(at: "collect")) { $0.transactions[2].outputs = [] }
        let place = InputPlace<TestLabel>("collect", 0)
        try expect(.unknownTransaction("nothing", at: place)) {
            $0.transactions[2].inputs[0].source = .output(of: "nothing", index: 0)
        }
        for index in [-1, 3] {
            try expect(.missingOutput(of: "accept", index: index, count: 3, at: place)) {
                $0.transactions[2].inputs[0].source = .output(of: "accept", index: index)
            }
        }
        try expect(.notTaproot(of: "accept", index: 2, at: place)) {
            $0.transactions[2].inputs[0].source = .output(of: "accept", index: 2)
        }
        try expect(.doubleSpend(at: "release", inputIndexes: [0, 1])) {
            $0.transactions[1].inputs[1].source = .output(of: "accept", index: 0)
        }
        try expect(.doubleSpend(at: "accept", inputIndexes: [0, 1])) {
            $0.transactions[0].inputs[1] = $0.transactions[0].inputs[0]
        }
        try expect(.externalConflict(SampleGraph.outPoint(0), at: InputPlace("accept", 1))) {
            var external = try SampleGraph.external("request fee", 1, 60_000, SampleGraph.request)
            external.outPoint = SampleGraph.outPoint(0)
            $0.transactions[0].inputs[1].source = .external(external)
        }
        try expect(.externalMismatch(SampleGraph.outPoint(1), at: InputPlace("accept", 1))) {
            var external = try SampleGraph.external("request fee", 1, 60_000, SampleGraph.request)
            external.prevout.scriptPubKey = SampleGraph.payout
            $0.transactions[0].inputs[1].source = .external(external)
        }
    }

    @Test("a cycle is told in the direction of the money")
    func cycle() throws {
        try expect(.cycle(["accept", "release"])) { description in
            description.transactions[0].inputs[1] = InputDescription(
                .output(of: "release", index: 0),
                spends: [SpendDescription(.keyPath, signedBy: .aggregate(.release))])
            description.keys[.aggregate(.release)] = [SampleGraph.release]
        }
        try expect(.cycle(["release"])) { description in
            description.transactions[1].inputs[1] = InputDescription(
                .output(of: "release", index: 0),
                spends: [SpendDescription(.keyPath, signedBy: .aggregate(.release))])
            description.keys[.aggregate(.release)] = [SampleGraph.release]
        }
    }

    @Test("spend paths and owners")
    func spendPaths() throws {
        let place = InputPlace<TestLabel>("release", 0)
        let operators = SignatureOwner.aggregate(.operators)
        func change(_ change: @escaping (inout [SpendDescription]) -> Void)
            -> (inout Description) -> Void
        {
            { change(&$0.transactions[1].inputs[0].spends) }
        }
        try expect(.noSpendPath(at: place), change { $0 = [] })
        try expect(.duplicateSpendPath(.keyPath, at: place), change { $0.append($0[1]) })
        try expect(
            .missingLeaf(index: 3, count: 3, at: place),
            change { $0[0].path = .leaf(3) })
        try expect(
            .missingLeaf(index: -1, count: 3, at: place), change { $0[0].path = .leaf(-1) })
        try expect(.missingOwner(.keyPath, at: place), change { $0[1].owners = [] })
        try expect(.missingOwner(.leaf(1), at: place), change { $0[0].owners = [.nobody] })
        try expect(.missingOwner(.leaf(2), at: place), change { $0[2].owners = [operators] })
        try expect(
            .surplusOwner(.keyPath, at: place), change { $0[1].owners = [operators, operators] })
        try expect(
            .foreignKey(.aggregate(.release), .keyPath, at: place),
            change { $0[1].owners = [.aggregate(.release)] })
        try expect(
            .foreignKey(operators, .leaf(2), at: place), change { $0[2].owners.reverse() })
        try expect(.impossibleSighash(.single, at: InputPlace("release", 1))) {
            $0.transactions[1].inputs[1].spends[0].sighashType = .single
            $0.transactions[1].outputs = [
                OutputDescription("all", .remainder, .payout(SampleGraph.payout))
            ]
        }
    }

    @Test("trees and items")
    func trees() throws {
        let place = OutputPlace<TestLabel>.output(of: "accept", index: 0)
        func change(_ change: @escaping (inout TaprootDescription) -> Void)
            -> (inout Description) -> Void
        {
            { description in
                var taproot = SampleGraph.locked
                change(&taproot)
                description.transactions[0].outputs[0].content = .taproot(taproot)
            }
        }
        try expect(
            .wrongWeightCount(2, leaves: 3, at: place), change { $0.shape = .weighted([1, 1]) })
        try expect(.invalidTree(at: place), change { $0.shape = .weighted([.max, 1, 1]) })
        try expect(.invalidTree(at: place), change { $0.shape = .weighted([0, 1, 1]) })
        try expect(
            .invalidTree(at: place),
            change { taproot in
                let leaf = taproot.leaves[1]
                taproot.shape = .balanced
                taproot.leaves = (0...4_096).map { index in
                    var leaf = leaf
                    leaf.name = "leaf \(index)"
                    return leaf
                }
            })
        try expect(
            .malformedScript(leaf: "operators", at: place),
            change { $0.leaves[1].script = Script([0x20, 0x01]) })
        func items(_ content: ItemContent) -> (inout Description) -> Void {
            change { $0.leaves[1].items.insert(ItemDescription("x", content), at: 0) }
        }
        try expect(
            .itemTooLong("x", byteCount: 81, limit: 80, leaf: "operators", at: place),
            items(.bytes(0...81)))
        try expect(
            .itemTooLong("x", byteCount: 81, limit: 80, leaf: "operators", at: place),
            items(.constant([UInt8](repeating: 0, count: 81))))
        var description = try SampleGraph.description()
        items(.bytes(0...80))(&description)
        _ = try Graph(building: description)
        try expect(
            .tooManyItems(1_001, limit: 1_000, leaf: "operators", at: place),
            change { taproot in
                taproot.leaves[1].items += (0..<1_000).map {
                    ItemDescription("item \($0)", .bytes(0...1))
                }
            })
    }
}
