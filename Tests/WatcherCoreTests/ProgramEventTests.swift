import Bitcoin
import Exchange
import Model
import Primitives
import TestSupport
import Testing
import Validation
import WatcherCore

@Suite("Enrolment, funding, attempts and the chain")
struct ProgramEventTests {
    @Test("enrols signers once, and nobody under another's name")
    func enrolment() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let before = scenario.watcher
        let peer = try FakeSigner(fixture, 1).identityBundle()
        #expect(try scenario.receive(.enrolled(bundle: peer.bytes, relation: .peer)).isEmpty)
        let impostor = try FixtureBundle.sign(
            peer.envelope.changing(sender: fixture.operators[1].watcher.xOnly),
            with: fixture.operators[1].watcher)
        let refused: [([UInt8], SignerRelation)] = [
            (peer.bytes, .own), (impostor.bytes, .peer),
            (try FakeSigner(fixture, 1).identityBundle(network: .signet).bytes, .peer),
            (fixture.keysBundles[1].bytes, .peer),
        ]
        for (bytes, relation) in refused {
            #expect(throws: WatcherError.self) {
                try scenario.receive(.enrolled(bundle: bytes, relation: relation))
            }
        }
        #expect(scenario.watcher == before)
        #expect(scenario.watcher.ownSigner?.name == fixture.operators[0].name)
    }

    @Test("asks for nothing before the rules of a definition are met")
    func unmetRule() throws {
        let fixture = try CeremonyFixture(
            operatorCount: 2,
            lock: LockParameters.fixture().changing(\.requestTimeout, to: BlockCount(1)))
        var scenario = try WatcherScenario(fixture)
        let error = try #require(throws: WatcherError.self) { try scenario.request() }
        #expect(error.exit == .refusedByRule)
        guard case .rule(let violation, let broken) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(violation.rule == RuleID("TIM-REQUEST"))
        #expect(broken == [RuleID("TIM-REQUEST")])
    }

    @Test("takes the user's payment only when amounts and scripts are right")
    func funding() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        #expect(throws: WatcherError.self) {
            try scenario.receive(.funded(scenario.id, fixture.funding))
        }
        try scenario.advance()
        try scenario.accept(fixture.keysBundles[1])
        let good = fixture.funding
        for (ordinal, fee) in [(1, 0), (0, 0), (0, 9), (2, 1)] as [(UInt32, UInt32)] {
            let wrong = Funding(
                transaction: good.transaction, ordinalIndex: ordinal, feeIndex: fee)
            #expect(throws: WatcherError.self) {
                try scenario.receive(.funded(scenario.id, wrong))
            }
        }
        try scenario.receive(.funded(scenario.id, good))
        try scenario.advance()
        var other = good.transaction
        other.lockTime = LockTime(1)
        #expect(throws: WatcherError.fundingIsBound(scenario.id)) {
            try scenario.receive(.funded(scenario.id, Funding(transaction: other)))
        }
    }

    @Test("a new attempt takes the place of the open request, and of burnt nonces")
    func retry() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        #expect(throws: WatcherError.attemptNotBegun(scenario.id, attempt: 1)) {
            try scenario.receive(.attemptStarted(scenario.id, attempt: 2))
        }
        try scenario.advance()
        try scenario.accept(fixture.keysBundles[1])
        try scenario.advance()
        try scenario.accept(fixture.noncesBundle(1))
        let asked = try scenario.request()
        #expect(try scenario.watcher.nextAttempt(scenario.id) == 2)
        try scenario.receive(.attemptStarted(scenario.id, attempt: 2))
        #expect(try scenario.step == .ask(.nonces))
        let instead = try scenario.request()
        #expect(instead.envelope.sequence == asked.envelope.sequence)
        #expect(instead.envelope.kind == .nonces)
        // The signer had answered the first one already: its response still counts.
        try scenario.accept(scenario.answer(asked))
        #expect(scenario.watcher.channel.outstanding == nil)
        #expect(try scenario.step == .ask(.nonces))
        try scenario.trip()
        try scenario.accept(fixture.noncesBundle(1, attempt: 2))
        try scenario.trip()
        try scenario.accept(fixture.partialsBundle(1, attempt: 2))
        #expect(try scenario.step == .ready)
        #expect(throws: WatcherError.alreadyReady(scenario.id)) {
            try scenario.receive(.attemptStarted(scenario.id, attempt: 3))
        }
    }

    @Test("an open request of another program is in the way until it is given up")
    func replacement() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let second = try CeremonyDefinition.fixture(
            operators: fixture.operators, title: "second lock",
            lock: .fixture().changing(\.secretHash, to: SHA256.hash([2])))
        try scenario.receive(.programCreated(second))
        let open = try scenario.request()
        #expect(throws: WatcherError.self) {
            try scenario.watcher.nextRequest(for: second.id)
        }
        #expect(try scenario.watcher.nextRequest(for: nil) == .outstanding(open))
        guard
            case .draft(let envelope) = try scenario.watcher.nextRequest(
                for: second.id, replacing: .allowed)
        else {
            Issue.record("a replacement is due")
            return
        }
        try scenario.receive(.requested(bundle: scenario.sign(envelope).bytes))
        #expect(scenario.watcher.channel.outstanding?.replaced == [open])
        let late = envelope.changing(sequence: 7)
        #expect(throws: WatcherError.requestOutOfLine(sequence: 7, expected: 1)) {
            try scenario.receive(.requested(bundle: scenario.sign(late).bytes))
        }
    }

    @Test("a status request keeps the line and its answer moves it on")
    func status() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        guard case .draft(let envelope) = try scenario.watcher.statusRequest() else {
            Issue.record("nothing is open")
            return
        }
        let request = try scenario.sign(envelope)
        try scenario.receive(.requested(bundle: request.bytes))
        #expect(try scenario.watcher.statusRequest() == .outstanding(request))
        let answer = try scenario.answer(request)
        try scenario.accept(answer)
        #expect(try scenario.accept(answer).isEmpty)
        #expect(scenario.watcher.channel.lastResponseDigest == answer.digest)
        try scenario.advance()
        #expect(scenario.watcher.channel.lastSequence == 2)
    }

    @Test("notes where transactions are, and that a reorganisation took them out")
    func chain() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let label = TransactionLabel.lock(.accept)
        let position = ChainPosition(
            txid: fixture.funding.transaction.txid, blockHash: BlockHash(SHA256.hash([1])),
            height: BlockHeight(120))
        let start = scenario.watcher
        try scenario.receive(.confirmed(scenario.id, label, position))
        #expect(try scenario.receive(.confirmed(scenario.id, label, position)).isEmpty)
        try scenario.receive(.published(scenario.id, label, position.txid))
        try scenario.receive(.unconfirmed(scenario.id, label))
        #expect(try scenario.receive(.unconfirmed(scenario.id, label)).isEmpty)
        #expect(try scenario.watcher.record(scenario.id).positions.isEmpty)
        #expect(scenario.watcher.digest != start.digest)
        #expect(try Watcher(replaying: scenario.events) == scenario.watcher)
    }

    @Test("finds programs by the start of their id")
    func prefixes() throws {
        let scenario = try WatcherScenario(CeremonyFixture(operatorCount: 2))
        let text = scenario.id.description
        #expect(try scenario.watcher.program(matching: String(text.prefix(4))) == scenario.id)
        #expect(try scenario.watcher.program(matching: text.uppercased()) == scenario.id)
        for wrong in ["", String(text.prefix(3)), "zzzz"] {
            #expect(throws: WatcherError.self) {
                try scenario.watcher.program(matching: wrong)
            }
        }
    }
}
