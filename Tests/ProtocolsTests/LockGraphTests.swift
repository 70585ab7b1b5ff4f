import Bitcoin
import Curve
import Model
import ProtocolBuilder
import Protocols
import TestSupport
import Testing

/// docs/protocol/lock.md, for every number of operators that a definition admits.
@Suite("Graph of a lock")
struct LockGraphTests {
    typealias Node = GraphTransaction<TransactionLabel>

    static func node(_ label: LockTransaction, _ fixture: CeremonyFixture) throws -> Node {
        try #require(fixture.program.graph[.lock(label)])
    }

    @Test("no satoshi appears or disappears", arguments: 2...15)
    func amounts(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        #expect(fixture.program.graph.transactions.map(\.label.text).count == 3)
        for node in fixture.program.graph.transactions {
            let paid = try Amount.sum(node.prevouts.map(\.value))
            let received = try Amount.sum(node.transaction.outputs.map(\.value))
            #expect(try received.adding(node.fee) == paid, "\(node.label.text)")
            #expect(
                try fixture.definition.lock.feeRate.fee(for: node.largestVirtualSize) == node.fee,
                "\(node.label.text)")
            for (index, input) in node.transaction.inputs.enumerated() {
                #expect(input.outPoint == node.inputs[index].outPoint)
                #expect(input.scriptSig.isEmpty && input.witness.isEmpty)
            }
        }
    }

    @Test("accept takes both outputs of the request", arguments: 2...15)
    func accept(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        let node = try Self.node(.accept, fixture)
        let txid = fixture.funding.transaction.txid
        #expect(
            node.inputs.map(\.outPoint) == [
                OutPoint(txid: txid, outputIndex: 0), OutPoint(txid: txid, outputIndex: 1),
            ])
        for input in node.inputs {
            #expect(input.taproot.description.leaves.map(\.name) == ["user-timeout", "accept"])
            #expect(input.spends.map { input.name(of: $0.path) } == ["accept"])
            #expect(input.description.sequence == .replaceable)
        }
        #expect(node.outputs.map(\.name) == ["ordinal", "fee", "anchor"])
        #expect(node.outputs[0].txOut.value == fixture.definition.lock.ordinalAmount)
        #expect(
            node.outputs[0].taproot?.description.leaves.map(\.name) == [
                "end-of-life", "operators",
            ])
        #expect(
            node.outputs[1].taproot?.description.leaves.map(\.name) == ["operators", "collect"])
        #expect(node.outputs[2].txOut == TxOut(value: 240, scriptPubKey: .payToAnchor))
    }

    @Test("release frees the asset and pays every operator its share", arguments: 2...15)
    func release(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        let accept = try Self.node(.accept, fixture)
        let node = try Self.node(.release, fixture)
        #expect(
            node.inputs.map(\.outPoint) == [
                accept.transaction.outPoint(ofOutput: 0), accept.transaction.outPoint(ofOutput: 1),
            ])
        for input in node.inputs {
            #expect(input.spends.map { input.name(of: $0.path) } == ["operators"])
            #expect(input.description.sequence == .replaceable)
        }
        #expect(node.outputs[0].txOut.value == fixture.definition.lock.ordinalAmount)
        #expect(node.outputs[0].taproot?.description.leaves.map(\.name) == ["release"])
        try Self.checkPayouts(node, from: 1, fixture)
    }

    @Test("collect pays the fee alone, after the end of life", arguments: 2...15)
    func collect(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        let accept = try Self.node(.accept, fixture)
        let node = try Self.node(.collect, fixture)
        #expect(node.inputs.map(\.outPoint) == [accept.transaction.outPoint(ofOutput: 1)])
        let input = try #require(node.inputs.first)
        #expect(input.spends.map { input.name(of: $0.path) } == ["collect"])
        #expect(input.description.sequence == .blocks(fixture.definition.lock.endOfLife))
        try Self.checkPayouts(node, from: 0, fixture)
    }

    /// Equal shares in canonical order, the odd satoshis to the first, then an anchor.
    static func checkPayouts(_ node: Node, from start: Int, _ fixture: CeremonyFixture) throws {
        let outputs = node.transaction.outputs
        let count = fixture.operators.count
        #expect(outputs.count == start + count + 1)
        let payouts = outputs[start..<(start + count)]
        #expect(payouts.map(\.scriptPubKey) == fixture.operators.map(\.payout))
        let values = payouts.map(\.value.satoshi)
        let total = values.reduce(0, +)
        for (index, value) in values.enumerated() {
            let odd: UInt64 = UInt64(index) < total % UInt64(count) ? 1 : 0
            #expect(value == total / UInt64(count) + odd)
        }
        #expect(outputs.last == TxOut(value: 240, scriptPubKey: .payToAnchor))
    }

    @Test("all are version 3, without lock time, and small enough for it", arguments: 2...15)
    func policy(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        for node in fixture.program.graph.transactions {
            #expect(node.transaction.version == 3)
            #expect(node.transaction.lockTime == .zero)
            #expect(node.largestVirtualSize <= RelayRule.versionThreeLimit)
        }
    }

    @Test("five signatures are made together, all over the whole transaction")
    func plan() throws {
        let fixture = try CeremonyFixture(operatorCount: 3)
        let signatures = fixture.program.signatures
        #expect(
            signatures.map(\.place) == [
                "accept input 0", "accept input 1", "collect input 0", "release input 0",
                "release input 1",
            ])
        #expect(signatures.map(\.task) == fixture.program.graph.plan.tasks)
        let key = fixture.program.aggregates.lockOutputs.operators
        for signature in signatures {
            #expect(signature.role == .operators)
            #expect(signature.task.key == key && signature.task.tweak == nil)
            #expect(signature.task.sighashType == .default)
        }
    }

    @Test("no internal key is that of an aggregate, and no two outputs share one")
    func internalKeys() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let other = try CeremonyFixture(operatorCount: 3)
        func all(_ outputs: LockOutputs) -> [XOnlyPublicKey] {
            LockTransaction.allCases.flatMap { outputs.internalKeys(madeBy: $0) }
        }
        let outputs = fixture.program.aggregates.lockOutputs
        let keys = Set(all(outputs))
        #expect(all(outputs).count == 5 && keys.count == 5)
        #expect(keys.isDisjoint(with: all(other.program.aggregates.lockOutputs)))
        #expect(keys.isDisjoint(with: [outputs.operators, outputs.release]))
    }

    @Test("every input and output of a lock has the internal key of its place")
    func internalKeyPlaces() throws {
        let program = try CeremonyFixture(operatorCount: 2).program
        let outputs = program.aggregates.lockOutputs
        for label in [LockTransaction.accept, .release, .collect] {
            let transaction = try #require(program.graph[.lock(label)])
            #expect(
                transaction.inputs.map(\.taproot.description.internalKey)
                    == outputs.internalKeys(spentBy: label))
            #expect(
                transaction.outputs.compactMap(\.taproot?.description.internalKey)
                    == outputs.internalKeys(madeBy: label))
        }
        #expect(
            program.aggregates.requestOutputs.map(\.script)
                == LockOutput.allCases.map { outputs.request($0).scriptPubKey })
    }
}
