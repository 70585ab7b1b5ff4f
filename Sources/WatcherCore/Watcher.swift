package import Bitcoin
package import Curve
import Exchange
package import Model
import Primitives
import Validation

/// A watcher's whole state: whom it knows, which programs it runs, and its line to its signer.
///
/// A state machine without hands: `receive` checks an event, changes the state and says what the
/// shell has to do. The same event twice changes nothing the second time; a refused event changes
/// nothing at all. Replaying the recorded events gives the same state.
package struct Watcher: Hashable, Sendable {
    package let name: OperatorName
    package let network: Network
    /// The key that signs this watcher's requests.
    package let identity: XOnlyPublicKey
    package internal(set) var signers: [XOnlyPublicKey: EnrolledSigner] = [:]
    package internal(set) var channel = SignerChannel()
    package internal(set) var programs: [CeremonyID: ProgramRecord] = [:]
    /// Programs in the order of their creation.
    package internal(set) var order: [CeremonyID] = []

    /// A watcher that has seen nothing but its first event.
    ///
    /// - Throws: `WatcherError.damagedEvent` when `first` is another event than `.initialised`.
    package init(first: WatcherEvent) throws(WatcherError) {
        guard case .initialised(let name, let network, let identity) = first else {
            throw .damagedEvent(reason: "the log does not start with its watcher's identity")
        }
        self.name = name
        self.network = network
        self.identity = identity
    }

    /// The state after a log.
    ///
    /// Rules are not applied again: an event that was recorded has happened.
    package init(replaying events: [WatcherEvent]) throws(WatcherError) {
        guard let first = events.first else {
            throw .damagedEvent(reason: "the log is empty")
        }
        try self.init(first: first)
        for event in events.dropFirst() {
            try apply(event)
        }
    }

    /// Takes an event in.
    ///
    /// - Returns: What to do, in order; nothing when the event was known.
    /// - Throws: `WatcherError`; the state is then as before.
    package mutating func receive(
        _ event: WatcherEvent
    ) throws(WatcherError) -> [WatcherAction] {
        var next = self
        guard try next.check(event) else { return [] }
        try next.apply(event)
        let actions = next.consequences(of: event, before: self)
        self = next
        return actions
    }

    /// Whether the event is news.
    ///
    /// - Throws: `WatcherError` for an event that may not happen in this state.
    private func check(_ event: WatcherEvent) throws(WatcherError) -> Bool {
        switch event {
        case .initialised: throw .damagedEvent(reason: "a watcher is initialised once")
        case .enrolled(let bundle, let relation):
            return try checkEnrolment(bundle, relation)
        case .programCreated(let definition):
            guard definition.network == network else {
                throw .wrongNetwork(found: definition.network, expected: network)
            }
            return programs[definition.id] == nil
        case .funded(let id, let funding): return try checkFunding(id, funding)
        case .attemptStarted(let id, let attempt): return try checkAttempt(id, attempt)
        case .requested(let bundle): return try checkRequest(bundle)
        case .accepted(let bundle): return try checkResponse(bundle)
        case .published(let id, let label, let txid):
            return try record(id).published[label] != txid
        case .confirmed(let id, let label, let position):
            return try record(id).positions[label] != position
        case .unconfirmed(let id, let label):
            return try record(id).positions[label] != nil
        }
    }

    /// Changes the state; decodes, but judges nothing.
    private mutating func apply(_ event: WatcherEvent) throws(WatcherError) {
        switch event {
        case .initialised: throw .damagedEvent(reason: "a watcher is initialised once")
        case .enrolled(let bundle, let relation): try enrol(bundle, relation)
        case .programCreated(let definition):
            guard programs[definition.id] == nil else { return }
            programs[definition.id] = ProgramRecord(definition)
            order.append(definition.id)
        case .funded(let id, let funding): try change(id) { $0.funding = funding }
        case .attemptStarted(let id, let attempt): try change(id) { $0.attempt = attempt }
        case .requested(let bytes): try noteRequest(bytes)
        case .accepted(let bytes): try noteResponse(bytes)
        case .published(let id, let label, let txid):
            try change(id) { $0.published[label] = txid }
        case .confirmed(let id, let label, let position):
            try change(id) { $0.positions[label] = position }
        case .unconfirmed(let id, let label):
            try change(id) { $0.positions[label] = nil }
        }
    }

    mutating func change(
        _ id: CeremonyID, _ body: (inout ProgramRecord) -> Void
    ) throws(WatcherError) {
        guard var record = programs[id] else { throw .unknownCeremony(id.short) }
        body(&record)
        programs[id] = record
    }

    package func record(_ id: CeremonyID) throws(WatcherError) -> ProgramRecord {
        guard let record = programs[id] else { throw .unknownCeremony(id.short) }
        return record
    }

    /// The program whose id starts with `prefix`.
    ///
    /// - Parameter prefix: At least four hex digits of any case.
    /// - Throws: `WatcherError.unknownCeremony` or `.ambiguousCeremony`.
    package func program(matching prefix: String) throws(WatcherError) -> CeremonyID {
        let lower = prefix.lowercased()
        guard lower.utf8.count >= 4 else { throw .unknownCeremony(prefix) }
        let matches = order.filter { $0.description.hasPrefix(lower) }
        guard let first = matches.first else { throw .unknownCeremony(prefix) }
        guard matches.count == 1 else {
            throw .ambiguousCeremony(prefix, matches: matches.count)
        }
        return first
    }

    private func consequences(
        of event: WatcherEvent, before: Watcher
    ) -> [WatcherAction] {
        var actions: [WatcherAction] = [.record(event)]
        switch event {
        case .requested:
            if let bundle = channel.outstanding?.current { actions.append(.deliver(bundle)) }
        case .accepted(let bytes):
            guard let id = (try? SignedBundle(decoding: bytes))?.envelope.ceremony,
                let old = try? before.assessment(id), let new = try? assessment(id)
            else { return actions }
            actions += new.faults.filter { !old.faults.contains($0) }.map { .accuse(id, $0) }
            actions.append(.report(id, nextStep(new)))
        case .funded(let id, _), .attemptStarted(let id, _):
            if let new = try? assessment(id) { actions.append(.report(id, nextStep(new))) }
        default: break
        }
        return actions
    }
}
