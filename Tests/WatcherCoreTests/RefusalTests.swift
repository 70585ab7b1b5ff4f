import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import TestSupport
import Testing
import Validation
import WatcherCore

@Suite("What a watcher refuses, with its state unchanged")
struct RefusalTests {
    /// Expects `bundle` to be refused without a trace.
    private func expectRefusal(
        of bytes: [UInt8], by scenario: WatcherScenario, _ isExpected: (WatcherError) -> Bool
    ) throws {
        var tried = scenario
        let error = try #require(throws: WatcherError.self) {
            try tried.receive(.accepted(bundle: bytes))
        }
        #expect(isExpected(error), "\(error)")
        #expect(!error.description.isEmpty)
        #expect(tried.watcher == scenario.watcher)
    }

    /// A peer's keys bundle with another envelope.
    private func bundle(
        _ fixture: CeremonyFixture, _ change: (Envelope) -> Envelope
    ) throws -> SignedBundle {
        try FixtureBundle.sign(
            change(fixture.keysBundles[1].envelope), with: fixture.operators[1].identity)
    }

    @Test("strangers, other networks, other ceremonies, other recipients, other kinds")
    func envelopes() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let scenario = try WatcherScenario(fixture)
        let stranger = try FixtureKey("stranger")
        let foreign = try FixtureBundle.sign(
            fixture.keysBundles[1].envelope.changing(sender: stranger.xOnly), with: stranger)
        try expectRefusal(of: foreign.bytes, by: scenario) {
            $0 == .unknownSender(stranger.xOnly) && $0.exit == .badSignature
        }
        try expectRefusal(
            of: bundle(fixture) { $0.changing(network: .signet) }.bytes, by: scenario
        ) { $0 == .wrongNetwork(found: .signet, expected: .regtest) }
        let other = CeremonyID(SHA256.hash([7]))
        try expectRefusal(
            of: bundle(fixture) { $0.changing(ceremony: other) }.bytes, by: scenario
        ) { $0 == .unknownCeremony(other.short) && $0.exit == .incomplete }
        try expectRefusal(
            of: bundle(fixture) { $0.changing(recipient: stranger.xOnly) }.bytes, by: scenario
        ) { $0 == .wrongRecipient(stranger.xOnly) }
        try expectRefusal(
            of: bundle(fixture) { $0.changing(direction: .request) }.bytes, by: scenario
        ) { $0.exit == .malformed }
        try expectRefusal(
            of: FakeSigner(fixture, 1).identityBundle().bytes, by: scenario
        ) { $0.description.contains("enrol") }
        try expectRefusal(of: Array("BVXB".utf8), by: scenario) { $0.exit == .malformed }
    }

    @Test("a bundle with any byte changed")
    func tampered() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        let scenario = try WatcherScenario(fixture)
        var random = SplitMix64.announced("RefusalTests.tampered")
        let bytes = fixture.keysBundles[1].bytes
        for _ in 0..<40 {
            var changed = bytes
            let index = Int.random(in: bytes.indices, using: &random)
            changed[index] ^= UInt8.random(in: 1...255, using: &random)
            try expectRefusal(of: changed, by: scenario) { _ in true }
        }
    }

    @Test("two contents for one slot, naming both bundles")
    func conflict() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        try scenario.accept(fixture.keysBundles[1])
        let second = try bundle(fixture) { $0.changing(sequence: 2) }
        try expectRefusal(of: second.bytes, by: scenario) { error in
            error
                == .conflict(
                    fixture.operators[1].name, what: "keys",
                    first: fixture.keysBundles[1].digest, second: second.digest)
                && error.description.contains(second.digest.hex)
                && error.exit == .replayOrRollback
        }
    }

    @Test("two entries of one log with the same number")
    func fork() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let head = LogHead(index: 4, hash: SHA256.hash([1]))
        let fork = LogHead(index: 4, hash: SHA256.hash([2]))
        try scenario.accept(bundle(fixture) { $0.changing(head: head) })
        let nonces = try FixtureBundle.sign(
            fixture.noncesBundle(1).envelope.changing(head: fork),
            with: fixture.operators[1].identity)
        try expectRefusal(of: nonces.bytes, by: scenario) { error in
            guard case .forkedLog(let name, 4, _, _) = error else { return false }
            return name == fixture.operators[1].name
        }
    }

    @Test("responses of the own signer out of line: early, late, for another request, rolled back")
    func channel() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let own = fixture.operators[0].identity
        try expectRefusal(of: fixture.keysBundles[0].bytes, by: scenario) { error in
            error == .unexpectedResponse(sequence: 1, last: 0)
        }
        let request = try scenario.request()
        let envelope = try scenario.envelope(answering: request)
        let broken: [(Envelope, (WatcherError) -> Bool)] = [
            (envelope.changing(sequence: 2), { $0.exit == .replayOrRollback }),
            (envelope.changing(previous: .zero), { $0.exit == .replayOrRollback }),
            (
                envelope.changing(head: .empty),
                { error in
                    guard case .logWentBack = error else { return false }
                    return true
                }
            ),
            (
                envelope.changing(
                    kind: .status, ceremony: .some(nil),
                    payload: StatusResponse(epoch: 1, ceremonies: []).encoded()),
                { error in
                    guard case .answersAnotherRequest = error else { return false }
                    return true
                }
            ),
        ]
        for (envelope, isExpected) in broken {
            try expectRefusal(
                of: FixtureBundle.sign(envelope, with: own).bytes, by: scenario, isExpected)
        }
        try scenario.accept(FixtureBundle.sign(envelope, with: own))
        #expect(scenario.watcher.channel.lastSequence == 1)
    }

    @Test("a wrong partial signature, naming its author and its place")
    func culprit() throws {
        let fixture = try CeremonyFixture()
        var scenario = try WatcherScenario(fixture)
        try scenario.advance()
        for peer in [1, 2] {
            try scenario.accept(fixture.keysBundles[peer])
            try scenario.advance()
        }
        for peer in [1, 2] { try scenario.accept(fixture.noncesBundle(peer)) }
        try scenario.advance()
        let good = try fixture.partialSignatures(2)
        var signatures = good.signatures
        signatures.swapAt(0, 1)
        let bad = PartialSignaturesResponse(
            attempt: 1, graphDigest: good.graphDigest, nonces: nil, signatures: signatures,
            certificateShare: good.certificateShare)
        let bundle = try FixtureBundle.response(
            .partialSignatures, bad, of: fixture.operators[2], in: fixture.definition)
        try expectRefusal(of: bundle.bytes, by: scenario) { error in
            guard case .rule(let violation, _) = error else { return false }
            return violation.rule == RuleID("POST-PARTIALS") && error.exit == .badSignature
                && violation.detail.contains("'\(fixture.operators[2].name)'")
                && violation.detail.contains("accept input 0")
        }
        try scenario.accept(fixture.partialsBundle(1))
        try scenario.accept(fixture.partialsBundle(2))
        #expect(try scenario.step == .ready)
    }

    @Test("partial signatures that came too early are judged later, and their author is accused")
    func lateCulprit() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let good = try fixture.partialSignatures(1)
        let bad = PartialSignaturesResponse(
            attempt: 1, graphDigest: good.graphDigest, nonces: nil,
            signatures: good.signatures.reversed(), certificateShare: good.certificateShare)
        try scenario.accept(
            FixtureBundle.response(
                .partialSignatures, bad, of: fixture.operators[1], in: fixture.definition))
        try scenario.advance()
        try scenario.accept(fixture.keysBundles[1])
        try scenario.advance()
        let actions = try scenario.accept(fixture.noncesBundle(1))
        let accused = actions.compactMap { action -> RuleViolation? in
            guard case .accuse(_, let violation) = action else { return nil }
            return violation
        }
        #expect(accused.map(\.rule) == [RuleID("POST-PARTIALS")])
    }
}
