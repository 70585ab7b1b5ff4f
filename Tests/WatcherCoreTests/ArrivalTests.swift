import Exchange
import Model
import Primitives
import TestSupport
import Testing
import Validation
import WatcherCore

@Suite("Bundles in any order, any number of times")
struct ArrivalTests {
    @Test("the order in which peers' bundles arrive leaves no trace", arguments: [nil, 2])
    func permutations(lastSigner: Int?) throws {
        let fixture = try CeremonyFixture(lastSigner: lastSigner)
        let start = try WatcherScenario(fixture)
        var usual = start
        try usual.run()
        let expected = usual.watcher.digest
        var random = SplitMix64.announced("ArrivalTests.permutations")
        for _ in 0..<12 {
            var scenario = start
            for bundle in try scenario.peerBundles().shuffled(using: &random) {
                try scenario.accept(bundle)
                try scenario.advance()
            }
            #expect(try scenario.step == .ready)
            #expect(scenario.watcher.digest == expected)
        }
    }

    @Test("every bundle and every event twice changes nothing")
    func duplicates() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        try scenario.run()
        let before = scenario.watcher
        for event in scenario.events.dropFirst() {
            if case .requested = event { continue }
            #expect(try scenario.receive(event).isEmpty)
        }
        #expect(scenario.watcher == before)
    }

    @Test("an open request is written again, byte for byte")
    func outstanding() throws {
        var scenario = try WatcherScenario(CeremonyFixture(operatorCount: 2))
        let first = try scenario.request()
        let before = scenario.watcher
        #expect(try scenario.request().bytes == first.bytes)
        #expect(try scenario.receive(.requested(bundle: first.bytes)).isEmpty)
        #expect(scenario.watcher == before)
    }

    @Test("nonces that arrive before anything else are judged when the graph is known")
    func earlyNonces() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        var scenario = try WatcherScenario(fixture)
        let good = try NoncesResponse.decoded(
            from: fixture.noncesBundle(1).envelope.payload)
        let foreign = NoncesResponse(
            attempt: 1, graphDigest: SHA256.hash([1]), nonces: good.nonces)
        try scenario.accept(
            FixtureBundle.response(
                .nonces, foreign, of: fixture.operators[1], in: fixture.definition))
        try scenario.advance()
        try scenario.accept(fixture.keysBundles[1])
        let actions = try scenario.receive(.funded(scenario.id, fixture.funding))
        #expect(actions.count == 2)
        guard case .faulty(let violations) = try scenario.step else {
            Issue.record("\(try scenario.step)")
            return
        }
        #expect(violations.first?.rule.text == "MUS-SESSION")
        #expect(violations.first?.detail.contains(fixture.operators[1].name.text) == true)
    }

    @Test("replaying the log after every event gives the live state")
    func replay() throws {
        let fixture = try CeremonyFixture(lastSigner: 0)
        var scenario = try WatcherScenario(fixture)
        try scenario.run()
        for count in scenario.events.indices {
            let events = Array(scenario.events[...count])
            let decoded = try events.map { try WatcherEvent(decoding: $0.encoded()) }
            #expect(decoded == events)
            let restarted = try Watcher(replaying: decoded)
            #expect(restarted == scenario.states[count])
            #expect(restarted.digest == scenario.states[count].digest)
        }
    }

    @Test("a log that does not start with its watcher is refused")
    func brokenLog() throws {
        let fixture = try CeremonyFixture(operatorCount: 2)
        #expect(throws: WatcherError.self) { try Watcher(replaying: []) }
        #expect(throws: WatcherError.self) {
            try Watcher(replaying: [.programCreated(fixture.definition)])
        }
        #expect(throws: WatcherError.self) { try WatcherEvent(decoding: [0xA0]) }
        #expect(throws: WatcherError.self) {
            try WatcherEvent(decoding: CBORValue.record([0: .unsigned(99)]).encode())
        }
    }
}
