import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import TestSupport
import Testing
import WatcherCore

@Suite("A program from its definition to its signatures")
struct WatcherFlowTests {
    @Test("every watcher of a ceremony gets ready, whoever signs last", arguments: [nil, 0, 2])
    func ready(lastSigner: Int?) throws {
        let fixture = try CeremonyFixture(lastSigner: lastSigner)
        for index in fixture.operators.indices {
            var scenario = try WatcherScenario(fixture, of: index)
            try scenario.run()
            #expect(try scenario.step == .ready)
            let assessment = try scenario.watcher.assessment(scenario.id)
            #expect(assessment.signatures == (try fixture.signatures()))
            #expect(assessment.certificate?.transcript == (try fixture.transcript()))
            #expect(try scenario.watcher.nextRequest(for: nil) == .nothingToAsk)
        }
    }

    @Test("says what it waits for, and from whom")
    func waiting() throws {
        let fixture = try CeremonyFixture(lastSigner: 2)
        let last = try #require(fixture.definition.lastSigner)
        let others = fixture.operators.indices.filter { $0 != last }
        let (me, peer) = (others[0], others[1])
        let (peerName, lastName) = (fixture.operators[peer].name, fixture.operators[last].name)
        var scenario = try WatcherScenario(fixture, of: me)
        #expect(try scenario.step == .ask(.registration))
        try scenario.trip()
        let waited = [peer, last].sorted().map { fixture.operators[$0].name }
        #expect(try scenario.step == .wait(.keys, of: waited))
        try scenario.accept(fixture.keysBundles[last])
        #expect(try scenario.step.text == "waiting for the keys of \(peerName)")
        try scenario.accept(fixture.keysBundles[peer])
        #expect(try scenario.step == .pay)
        try scenario.receive(.funded(scenario.id, fixture.funding))
        #expect(try scenario.step == .ask(.nonces))
        try scenario.trip()
        #expect(try scenario.step == .wait(.nonces, of: [peerName]))
        try scenario.accept(fixture.noncesBundle(peer))
        #expect(try scenario.step == .waitForLastSigner(lastName))
        let wait = ProgramWait(ceremony: scenario.id, step: try scenario.step)
        #expect(throws: WatcherError.waiting([wait])) {
            try scenario.watcher.nextRequest(for: nil)
        }
        try scenario.accept(fixture.partialsBundle(last))
        #expect(try scenario.step == .ask(.partialSignatures))
        try scenario.trip()
        #expect(try scenario.step == .wait(.partialSignatures, of: [peerName]))
        try scenario.accept(fixture.partialsBundle(peer))
        #expect(try scenario.step == .ready)
    }

    @Test("the participant that signs last is asked once, with the graph and all nonces")
    func lastSigner() throws {
        let fixture = try CeremonyFixture(lastSigner: 1)
        let last = try #require(fixture.definition.lastSigner)
        var scenario = try WatcherScenario(fixture, of: last)
        try scenario.advance()
        for peer in fixture.operators.indices where peer != last {
            try scenario.accept(fixture.keysBundles[peer])
        }
        try scenario.receive(.funded(scenario.id, fixture.funding))
        guard case .wait(.nonces, let names) = try scenario.step else {
            Issue.record("\(try scenario.step)")
            return
        }
        #expect(names.count == 2)
        for peer in fixture.operators.indices where peer != last {
            try scenario.accept(fixture.noncesBundle(peer))
        }
        let request = try scenario.request()
        let payload = try PartialSignaturesRequest.decoded(from: request.envelope.payload)
        #expect(payload.evidence?.graphDigest == fixture.graphDigest)
        #expect(payload.evidence?.transactions == fixture.evidence.transactions)
        #expect(payload.nonceBundles.count == 2)
    }

    @Test("a nonces request carries the fixture's own evidence, in canonical order")
    func evidence() throws {
        let fixture = try CeremonyFixture()
        var scenario = try WatcherScenario(fixture, of: 1)
        try scenario.advance()
        for peer in fixture.operators.indices where peer != 1 {
            try scenario.accept(fixture.keysBundles[peer])
        }
        try scenario.receive(.funded(scenario.id, fixture.funding))
        let request = try scenario.request()
        let payload = try NoncesRequest.decoded(from: request.envelope.payload)
        #expect(payload.attempt == 1)
        #expect(payload.evidence.transactions == fixture.evidence.transactions)
        #expect(payload.evidence.keysBundles[0] == fixture.keysBundles[0].bytes)
        #expect(payload.evidence.keysBundles[2] == fixture.keysBundles[2].bytes)
    }

    @Test("completes every transaction, and accept only with the user's secret")
    func publication() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        #expect(throws: WatcherError.self) {
            try scenario.watcher.completed(.lock(.release), of: scenario.id, preimage: nil)
        }
        try scenario.run()
        let accept = try scenario.watcher.completed(
            .lock(.accept), of: scenario.id, preimage: CeremonyFixture.preimage)
        #expect(accept.txid == fixture.program.graph[.lock(.accept)]?.txid)
        #expect(accept.transaction.inputs.allSatisfy { !$0.witness.isEmpty })
        for label in [LockTransaction.release, .collect] {
            let completed = try scenario.watcher.completed(
                .lock(label), of: scenario.id, preimage: nil)
            #expect(completed.transaction.hasWitness)
        }
        #expect(throws: WatcherError.self) {
            try scenario.watcher.completed(.lock(.accept), of: scenario.id, preimage: nil)
        }
        let wrong = [UInt8](repeating: 1, count: 32)
        #expect(throws: WatcherError.self) {
            try scenario.watcher.completed(.lock(.accept), of: scenario.id, preimage: wrong)
        }
        #expect(throws: WatcherError.self) {
            try scenario.watcher.completed(.lock(.request), of: scenario.id, preimage: nil)
        }
        #expect(throws: WatcherError.self) {
            try scenario.watcher.label("accepted", of: scenario.id)
        }
    }

    @Test("asks for the reveal with a proof, and keeps everybody's receipts")
    func receipts() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let proof = try fixture.revealRequest().proof
        #expect(throws: WatcherError.self) {
            try scenario.watcher.revealRequest(for: scenario.id, proof: proof)
        }
        try scenario.run()
        let broken = ConfirmationProof(headers: [], merkleBlock: proof.merkleBlock)
        #expect(throws: WatcherError.self) {
            try scenario.watcher.revealRequest(for: scenario.id, proof: broken)
        }
        guard
            case .draft(let envelope) = try scenario.watcher.revealRequest(
                for: scenario.id, proof: proof)
        else {
            Issue.record("a reveal is due")
            return
        }
        let request = try scenario.sign(envelope)
        try scenario.receive(.requested(bundle: request.bytes))
        #expect(
            try scenario.watcher.revealRequest(for: scenario.id, proof: proof)
                == .outstanding(request))
        try scenario.accept(scenario.answer(request))
        try scenario.accept(fixture.revealBundle(1))
        let assessment = try scenario.watcher.assessment(scenario.id)
        #expect(fixture.operators.allSatisfy { assessment.hasReceipt($0.identity.xOnly) })
        #expect(
            try scenario.watcher.revealRequest(for: scenario.id, proof: proof)
                == .nothingToAsk)
    }

    @Test("refuses a receipt for anything but the accept transaction")
    func falseReceipt() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        try scenario.run()
        let good = try fixture.reveal(by: 1)
        let other = [UInt8](repeating: 9, count: 32)
        let forged = RevealResponse(
            variable: good.variable, message: other, signature: good.signature)
        let mismatched = RevealResponse(
            variable: good.variable, message: good.message,
            signature: try fixture.reveal(by: 0).signature)
        let hash = try VariableDeclaration(
            name: good.variable, parameters: VariableDeclaration.hash(0).parameters)
        let otherProfile = RevealResponse(
            variable: good.variable, message: [UInt8](0..<20),
            signature: try fixture.operators[1].oneTimeSignature(
                [UInt8](0..<20), hash, in: fixture.definition.id))
        for response in [forged, mismatched, otherProfile] {
            let bundle = try FixtureBundle.response(
                .reveal, response, of: fixture.operators[1], in: fixture.definition)
            let before = scenario.watcher
            #expect(throws: WatcherError.self) { try scenario.accept(bundle) }
            #expect(scenario.watcher == before)
        }
    }
}
