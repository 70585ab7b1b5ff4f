import Bitcoin
import Curve
import Model
import Primitives
import ProtocolBuilder
import Protocols
import TestSupport
import Testing

@Suite("Digest of a lock's graph")
struct LockDigestTests {
    @Test("keys in any order make the same graph", arguments: [2, 3, 8, 15])
    func order(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        var random = SplitMix64.announced("LockDigestTests.order")
        for _ in 0..<5 {
            let program = try ProgramGraph(
                definition: fixture.definition, keys: fixture.keys.shuffled(using: &random),
                funding: fixture.funding)
            #expect(program.digest == fixture.program.digest)
            #expect(program.graph == fixture.program.graph)
            #expect(program.participants == fixture.keys)
            #expect(program.signatures == fixture.program.signatures)
        }
    }

    @Test("operators listed in any order make the same ceremony", arguments: [2, 15])
    func listing(_ operatorCount: Int) throws {
        let fixture = try CeremonyFixture(operatorCount: operatorCount)
        var random = SplitMix64.announced("LockDigestTests.listing")
        let operators = fixture.operators.shuffled(using: &random)
        let again = try CeremonyFixture(
            definition: .fixture(operators: operators), operators: operators)
        #expect(again.definition.id == fixture.definition.id)
        #expect(again.program.digest == fixture.program.digest)
    }

    @Test("every parameter of a definition is part of the digest")
    func parameters() throws {
        let base = try CeremonyFixture()
        let lock = try LockParameters.fixture()
        let key = try FixtureKey("somebody else").xOnly
        let rate = FeeRate(satoshiPerKilovirtualbyte: 2_001)
        let operators = base.operators
        var definitions = try [
            lock.changing(\.user, to: key), lock.changing(\.secretHash, to: .zero),
            lock.changing(\.ordinalAmount, to: 10_001), lock.changing(\.feeAmount, to: 100_001),
            lock.changing(\.requestTimeout, to: BlockCount(21)),
            lock.changing(\.endOfLife, to: BlockCount(61)), lock.changing(\.feeRate, to: rate),
        ].map { try CeremonyDefinition.fixture(operators: operators, lock: $0) }
        definitions += [
            base.definition, try .fixture(operators: operators, network: .signet),
            try .fixture(operators: operators, title: "another"),
            try .fixture(operators: operators, lastSigner: operators[0].name),
            try .fixture(operators: operators, lastSigner: operators[1].name),
            try .fixture(operators: Array(operators.prefix(2))),
        ]
        let digests = try definitions.map {
            let members = Set($0.participants.map(\.identity))
            return try CeremonyFixture(
                definition: $0, operators: operators.filter { members.contains($0.identity.xOnly) }
            ).program.digest
        }
        #expect(Set(digests).count == digests.count)
    }

    @Test("every participant's keys and the funding are part of the digest")
    func keysAndFunding() throws {
        let fixture = try CeremonyFixture()
        let other = try FixtureKey("other")
        var digests = [fixture.program.digest]
        func add(_ keys: [ParticipantKeys], _ funding: Funding = fixture.funding) throws {
            digests.append(
                try ProgramGraph(
                    definition: fixture.definition, keys: keys, funding: funding
                ).digest)
        }
        for index in fixture.keys.indices {
            var keys = fixture.keys
            keys[index] = keys[index].changing(
                payout: .payToTaproot(outputKey: other.xOnly.bytes32))
            try add(keys)
        }
        // The aggregate of other keys has other scripts; so the user pays to other outputs.
        var keys = fixture.keys
        var signing = keys[0].signing
        signing[.operators] = try fixture.operators[0].provenKey(
            other, as: .operators, in: fixture.definition.id)
        keys[0] = keys[0].changing(signing: signing)
        let aggregates = try ProgramAggregates(definition: fixture.definition, keys: keys)
        try add(keys, CeremonyFixture.funding(of: aggregates))
        signing = fixture.keys[0].signing
        signing[.release] = try fixture.operators[0].provenKey(
            other, as: .release, in: fixture.definition.id)
        try add([fixture.keys[0].changing(signing: signing)] + fixture.keys.dropFirst())
        var transaction = fixture.funding.transaction
        transaction.lockTime = LockTime(1)
        try add(fixture.keys, Funding(transaction: transaction))
        transaction = fixture.funding.transaction
        transaction.outputs.swapAt(0, 1)
        try add(
            fixture.keys, Funding(transaction: transaction, ordinalIndex: 1, feeIndex: 0))
        #expect(Set(digests).count == digests.count)
    }
}
