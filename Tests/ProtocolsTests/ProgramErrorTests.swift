import Bitcoin
import Model
import ProtocolBuilder
import Protocols
import TestSupport
import Testing

@Suite("Programs that cannot be built")
struct ProgramErrorTests {
    @Test("a participant without keys is named, and so is one without the key of a role")
    func missingKeys() throws {
        let fixture = try CeremonyFixture()
        let name = fixture.definition.participants[1].name
        var keys = fixture.keys
        keys.remove(at: 1)
        #expect(throws: ProgramError.missingKeys(name)) {
            try ProgramAggregates(definition: fixture.definition, keys: keys)
        }
        for role in KeyRole.allCases {
            var signing = fixture.keys[1].signing
            signing[role] = nil
            keys = fixture.keys
            keys[1] = keys[1].changing(signing: signing)
            #expect(throws: ProgramError.missingKeys(name)) {
                try ProgramAggregates(definition: fixture.definition, keys: keys)
            }
        }
    }

    @Test("funding outputs that do not exist, or are one, are named")
    func fundingOutputs() throws {
        let fixture = try CeremonyFixture()
        func build(_ ordinal: UInt32, _ fee: UInt32) throws {
            let funding = Funding(
                transaction: fixture.funding.transaction, ordinalIndex: ordinal, feeIndex: fee)
            _ = try ProgramGraph(
                definition: fixture.definition, keys: fixture.keys, funding: funding)
        }
        #expect(throws: ProgramError.missingFundingOutput(index: 3, outputCount: 3)) {
            try build(3, 1)
        }
        #expect(throws: ProgramError.missingFundingOutput(index: .max, outputCount: 3)) {
            try build(0, .max)
        }
        #expect(throws: ProgramError.sameFundingOutput(index: 1)) { try build(1, 1) }
        // Exists, but is not an output of the request.
        let error = try #require(throws: ProgramError.self) { try build(2, 1) }
        guard case .graph(.externalMismatch) = error else {
            Issue.record("\(error)")
            return
        }
    }

    /// The labels that the errors of too small fees name, and the least fee that is enough.
    static func sweep(
        _ fixture: CeremonyFixture
    ) throws -> (labels: Set<TransactionLabel>, least: UInt64) {
        var labels: Set<TransactionLabel> = []
        var fee: UInt64 = 330
        while true {
            let lock = fixture.definition.lock.changing(\.feeAmount, to: try Amount(fee))
            let definition = try CeremonyDefinition.fixture(
                operators: fixture.operators, lock: lock)
            do throws(ProgramError) {
                _ = try ProgramGraph.rehearsal(of: definition)
                return (labels, fee)
            } catch .graph(.insufficientAmount(let label, let available, let needed)) {
                #expect(available < needed)
                labels.insert(label)
            } catch .graph(.dust(let label, _, let amount, let limit)) {
                #expect(amount < limit)
                labels.insert(label)
            } catch {
                Issue.record("\(error)")
                return (labels, fee)
            }
            fee += 50
        }
    }

    @Test("a fee that is not enough names the transaction", arguments: [2, 15])
    func insufficientFee(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        let (labels, least) = try Self.sweep(fixture)
        #expect(labels.contains(.lock(.accept)))
        #expect(!labels.isDisjoint(with: [.lock(.release), .lock(.collect)]))
        let lock = fixture.definition.lock.changing(\.feeAmount, to: try Amount(least))
        let funded = try CeremonyFixture(
            definition: .fixture(operators: fixture.operators, lock: lock),
            operators: fixture.operators)
        #expect(funded.program.graph.transactions.count == 3)
        let short = fixture.definition.lock.changing(\.feeAmount, to: try Amount(least - 50))
        #expect(throws: ProgramError.self) {
            try CeremonyFixture(
                definition: .fixture(operators: fixture.operators, lock: short),
                operators: fixture.operators)
        }
    }

    @Test("a rehearsal has the sizes, fees and amounts of the real graph", arguments: [2, 7, 15])
    func rehearsal(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        let rehearsal = try ProgramGraph.rehearsal(of: fixture.definition)
        #expect(rehearsal.digest != fixture.program.digest)
        for (found, real) in zip(
            rehearsal.graph.transactions, fixture.program.graph.transactions)
        {
            #expect(found.label == real.label)
            #expect(found.fee == real.fee)
            #expect(found.largestWeight == real.largestWeight)
            #expect(
                found.transaction.outputs.map(\.value) == real.transaction.outputs.map(\.value))
        }
    }

    @Test("a lock that ends at once cannot be built")
    func noLife() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let lock = fixture.definition.lock.changing(\.endOfLife, to: BlockCount(0))
        let definition = try CeremonyDefinition.fixture(operators: fixture.operators, lock: lock)
        #expect(throws: ProgramError.self) { try ProgramGraph.rehearsal(of: definition) }
    }

    @Test("what the user is asked to pay is what the graph spends")
    func requestOutputs() throws {
        let fixture = try CeremonyFixture()
        let outputs = fixture.program.aggregates.requestOutputs
        #expect(outputs.map(\.output) == LockOutput.allCases)
        let accept = try #require(fixture.program.graph[.lock(.accept)])
        #expect(
            outputs.map { TxOut(value: $0.value, scriptPubKey: $0.script) } == accept.prevouts)
    }
}
