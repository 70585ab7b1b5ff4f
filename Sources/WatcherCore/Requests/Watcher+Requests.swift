import Bitcoin
import Curve
package import Exchange
package import Model
import Primitives
import ProtocolBuilder
import Protocols
import Validation

extension Watcher {
    /// The request that the signer needs next.
    ///
    /// - Parameters:
    ///   - id: The program to go on with; nil for the oldest one that needs its signer.
    ///   - replacing: Whether a request that waits for its response may be given up for another.
    /// - Throws: `WatcherError.waiting` with what every program waits for, `.outstanding` when
    ///   another request is open, `.rule` when a rule stops the request.
    package func nextRequest(
        for id: CeremonyID?, replacing: Replacement = .refused
    ) throws(WatcherError) -> NextRequest {
        if let open = channel.outstanding?.current, replacing == .refused {
            if let id, open.envelope.ceremony != id { throw outstanding(open) }
            return try stillNeeded(open)
        }
        if let id { return try request(for: id) }
        guard !order.isEmpty else { throw .noPrograms }
        var waits: [ProgramWait] = []
        for id in order {
            let step = nextStep(try assessment(id))
            if case .ask = step { return try request(for: id) }
            if step != .ready { waits.append(ProgramWait(ceremony: id, step: step)) }
        }
        guard waits.isEmpty else { throw .waiting(waits) }
        return .nothingToAsk
    }

    /// Whether an open request may be given up.
    package enum Replacement: Sendable {
        case refused
        case allowed
    }

    private func outstanding(_ open: SignedBundle) -> WatcherError {
        .outstanding(
            sequence: open.envelope.sequence,
            what: NextStep.noun(open.envelope.kind, isRequest: false),
            ceremony: open.envelope.ceremony)
    }

    /// The open request, or the one that its program needs by now in its place.
    private func stillNeeded(_ open: SignedBundle) throws(WatcherError) -> NextRequest {
        let envelope = open.envelope
        switch envelope.kind {
        case .registration, .nonces, .partialSignatures: break
        default: return .outstanding(open)
        }
        guard let id = envelope.ceremony else { return .outstanding(open) }
        let assessment = try assessment(id)
        guard case .ask(let kind) = nextStep(assessment) else { return .outstanding(open) }
        let payload = try payload(kind, assessment)
        guard kind != envelope.kind || payload != envelope.payload else {
            return .outstanding(open)
        }
        return .draft(try draft(kind, of: id, payload: payload))
    }

    private func request(for id: CeremonyID) throws(WatcherError) -> NextRequest {
        let assessment = try assessment(id)
        let step = nextStep(assessment)
        switch step {
        case .ready: return .nothingToAsk
        case .ask(let kind):
            return .draft(
                try draft(kind, of: id, payload: try payload(kind, assessment)))
        case .faulty(let violations):
            guard let first = violations.first else { throw .waiting([]) }
            throw .rule(first, broken: violations.map(\.rule))
        case .wait, .waitForLastSigner, .pay:
            throw .waiting([ProgramWait(ceremony: id, step: step)])
        }
    }

    /// An envelope that is next in line for the signer.
    func draft(
        _ kind: BundleKind, of ceremony: CeremonyID?, payload: [UInt8]
    ) throws(WatcherError) -> Envelope {
        guard let ownSigner else { throw .noSigner }
        return Envelope(
            kind: kind, direction: .request, network: network, ceremony: ceremony,
            sender: identity, recipient: ownSigner.identity, sequence: channel.nextSequence,
            previous: channel.lastResponseDigest, head: channel.head, payload: payload)
    }

    /// A request for the signer's status.
    ///
    /// - Throws: `WatcherError.outstanding` when another request is open.
    package func statusRequest() throws(WatcherError) -> NextRequest {
        if let open = channel.outstanding?.current {
            guard open.envelope.kind == .status else { throw outstanding(open) }
            return .outstanding(open)
        }
        return .draft(try draft(.status, of: nil, payload: StatusRequest().encoded()))
    }

    /// A request for the signer's one-time signature of the accepted transaction's id.
    ///
    /// - Parameter proof: That the accept transaction is in the chain.
    /// - Throws: `WatcherError.notReady`, `.rule` by the OTS rules, `.outstanding`.
    package func revealRequest(
        for id: CeremonyID, proof: ConfirmationProof
    ) throws(WatcherError) -> NextRequest {
        if let open = channel.outstanding?.current {
            guard open.envelope.kind == .reveal, open.envelope.ceremony == id else {
                throw outstanding(open)
            }
            return .outstanding(open)
        }
        let assessment = try assessment(id)
        guard let program = assessment.program, assessment.isReady,
            let accept = program.graph[.lock(.accept)]
        else { throw .notReady(id, wait: nextStep(assessment).text) }
        if let me = ownSigner?.identity, assessment.hasReceipt(me) { return .nothingToAsk }
        let request = RevealRequest(
            variable: .acceptance, message: accept.txid.bytes.bytes, proof: proof)
        var report = RuleReport()
        report.apply(
            RevealRules.all,
            to: RevealSubject(
                program: program, request: request, signedDigest: nil, policy: policy))
        try report.checkForWatcher()
        return .draft(try draft(.reveal, of: id, payload: request.encoded()))
    }

    // MARK: Events

    /// Reads a request of this watcher that is next in line.
    private func request(_ bytes: [UInt8]) throws(WatcherError) -> SignedBundle {
        do throws(ExchangeError) {
            return try SignedBundle(decoding: bytes)
        } catch {
            throw .exchange(error)
        }
    }

    func checkRequest(_ bytes: [UInt8]) throws(WatcherError) -> Bool {
        let bundle = try request(bytes)
        if channel.outstanding?.request(bundle.digest) == channel.outstanding?.current,
            channel.outstanding != nil
        {
            return false
        }
        let envelope = bundle.envelope
        let expected = try draft(envelope.kind, of: envelope.ceremony, payload: envelope.payload)
        guard envelope == expected else {
            throw .requestOutOfLine(
                sequence: envelope.sequence, expected: channel.nextSequence)
        }
        return true
    }

    mutating func noteRequest(_ bytes: [UInt8]) throws(WatcherError) {
        let bundle = try request(bytes)
        let open = channel.outstanding
        let replaced = open.map { [$0.current] + $0.replaced } ?? []
        channel.outstanding = OutstandingRequest(
            current: bundle, replaced: replaced.filter { $0.digest != bundle.digest })
    }
}
