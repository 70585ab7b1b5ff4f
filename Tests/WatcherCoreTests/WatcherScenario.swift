import Bitcoin
import Exchange
import Model
import Primitives
import TestSupport
import WatcherCore

/// A watcher with its signer in the same process, and the bundles that peers would send.
struct WatcherScenario {
    let fixture: CeremonyFixture
    private(set) var watcher: Watcher
    private(set) var signer: FakeSigner
    /// Everything that was recorded, from the first event on.
    private(set) var events: [WatcherEvent] = []
    /// The state after each of `events`.
    private(set) var states: [Watcher] = []

    var id: CeremonyID { fixture.definition.id }
    var me: Int { signer.index }

    /// A watcher of the operator at `index`; everybody is enrolled and the program created.
    init(_ fixture: CeremonyFixture, of index: Int = 0) throws {
        let owner = fixture.operators[index]
        let first = WatcherEvent.initialised(
            name: owner.name, network: .regtest, identity: owner.watcher.xOnly)
        self.fixture = fixture
        watcher = try Watcher(first: first)
        signer = FakeSigner(fixture, index)
        events = [first]
        states = [watcher]
        for peer in fixture.operators.indices {
            let bundle = try FakeSigner(fixture, peer).identityBundle()
            try receive(
                .enrolled(bundle: bundle.bytes, relation: peer == index ? .own : .peer))
        }
        try receive(.programCreated(fixture.definition))
    }

    @discardableResult
    mutating func receive(_ event: WatcherEvent) throws -> [WatcherAction] {
        let actions = try watcher.receive(event)
        for case .record(let event) in actions {
            events.append(event)
            states.append(watcher)
        }
        return actions
    }

    @discardableResult
    mutating func accept(_ bundle: SignedBundle) throws -> [WatcherAction] {
        try receive(.accepted(bundle: bundle.bytes))
    }

    var step: NextStep {
        get throws { watcher.nextStep(try watcher.assessment(id)) }
    }

    /// Signs what the watcher wants to ask, as its shell would.
    @discardableResult
    mutating func request() throws -> SignedBundle {
        switch try watcher.nextRequest(for: id) {
        case .outstanding(let bundle): return bundle
        case .draft(let envelope):
            let bundle = try sign(envelope)
            try receive(.requested(bundle: bundle.bytes))
            return bundle
        case .nothingToAsk: throw Unexpected.nothingToAsk
        }
    }

    func sign(_ envelope: Envelope) throws -> SignedBundle {
        try FixtureBundle.sign(envelope, with: fixture.operators[me].watcher)
    }

    /// The signer's answer, not yet accepted.
    mutating func answer(_ request: SignedBundle) throws -> SignedBundle {
        try signer.answer(request)
    }

    /// The envelope of the signer's answer, for tests that break it.
    mutating func envelope(answering request: SignedBundle) throws -> Envelope {
        try signer.envelope(answering: request)
    }

    /// A whole trip to the signer.
    mutating func trip() throws {
        try accept(answer(request()))
    }

    /// Does everything that needs nobody else.
    mutating func advance() throws {
        while true {
            switch try step {
            case .ask: try trip()
            case .pay: try receive(.funded(id, fixture.funding))
            case .wait, .waitForLastSigner, .faulty, .ready: return
            }
        }
    }

    /// Everything that the other operators' signers give for the first attempt.
    func peerBundles() throws -> [SignedBundle] {
        var bundles: [SignedBundle] = []
        for peer in fixture.operators.indices where peer != me {
            bundles.append(fixture.keysBundles[peer])
            if fixture.definition.lastSigner != peer {
                bundles.append(try fixture.noncesBundle(peer))
            }
            bundles.append(try fixture.partialsBundle(peer))
        }
        return bundles
    }

    /// Accepts everything in the usual order.
    mutating func run() throws {
        try advance()
        for bundle in try peerBundles() {
            try accept(bundle)
            try advance()
        }
    }

    enum Unexpected: Error {
        case nothingToAsk
    }
}
