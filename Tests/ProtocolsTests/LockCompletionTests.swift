import Bitcoin
import Model
import ProtocolBuilder
import Protocols
import TestSupport
import Testing

@Suite("Completing a lock's transactions")
struct LockCompletionTests {
    static func material(
        _ fixture: CeremonyFixture, preimage: [UInt8]? = CeremonyFixture.preimage
    ) throws -> WitnessMaterial<TransactionLabel> {
        var material = WitnessMaterial<TransactionLabel>(signatures: try fixture.signatures())
        for index in [0, 1] {
            let place = WitnessPlace(inputIndex: index, name: LockOutputs.preimage)
            material.items[place] = preimage
        }
        return material
    }

    @Test("the aggregated signatures and the secret complete everything", arguments: [2, 3, 15])
    func complete(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        var material = try Self.material(fixture)
        let accept = try fixture.program.graph.complete(.lock(.accept), with: material)
        #expect(accept.transaction.txid == fixture.program.graph[.lock(.accept)]?.txid)
        for input in accept.transaction.inputs {
            #expect(input.witness.items[1] == CeremonyFixture.preimage)
        }
        material.items = [:]
        for label in [LockTransaction.release, .collect] {
            let completed = try fixture.program.graph.complete(.lock(label), with: material)
            let node = try #require(fixture.program.graph[.lock(label)])
            #expect(completed.transaction.txid == node.txid)
            #expect(completed.transaction.virtualSize == node.largestVirtualSize)
        }
    }

    @Test("accept needs the secret, of 32 bytes")
    func preimage() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let wrong: [[UInt8]?] = [
            nil, [], [UInt8](repeating: 0x5A, count: 31), [UInt8](repeating: 0x5B, count: 32),
            CeremonyFixture.preimage + [0],
        ]
        for preimage in wrong {
            #expect(throws: AssemblyError<TransactionLabel>.self) {
                try fixture.program.graph.complete(
                    .lock(.accept), with: Self.material(fixture, preimage: preimage))
            }
        }
    }

    @Test("the signatures of one ceremony do not fit another")
    func foreign() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let other = try CeremonyFixture(operatorCount: 2, seed: "other")
        let material = try Self.material(other)
        for label in fixture.program.graph.transactions.map(\.label) {
            #expect(throws: AssemblyError<TransactionLabel>.self) {
                try fixture.program.graph.complete(label, with: material)
            }
        }
    }
}
