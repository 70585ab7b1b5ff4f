import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import Validation
import Winternitz

// Responses arrive by file, in any order and any number of times: from the own signer as the
// answer to the open request, from peers' signers as copies of what they gave their watchers.

extension Watcher {
    /// Reads a response of an enrolled signer on this network.
    func response(_ bytes: [UInt8]) throws(WatcherError) -> SignedBundle {
        let bundle: SignedBundle
        do throws(ExchangeError) {
            bundle = try SignedBundle(decoding: bytes)
        } catch {
            throw .exchange(error)
        }
        let envelope = bundle.envelope
        guard envelope.network == network else {
            throw .wrongNetwork(found: envelope.network, expected: network)
        }
        guard envelope.direction == .response, envelope.kind != .identity else {
            throw .unexpectedBundle(
                found: "\(envelope.kind.word) \(envelope.direction.word)",
                expected: envelope.kind == .identity
                    ? "a signer's response; identities are enrolled with 'enrol'"
                    : "a signer's response")
        }
        guard signers[envelope.sender] != nil else { throw .unknownSender(envelope.sender) }
        if let recipient = envelope.recipient, recipient != identity {
            throw .wrongRecipient(recipient)
        }
        return bundle
    }

    func checkResponse(_ bytes: [UInt8]) throws(WatcherError) -> Bool {
        let bundle = try response(bytes)
        let envelope = bundle.envelope
        let isOwn = envelope.sender == ownSigner?.identity
        if isOwn, channel.answers[envelope.sequence] == bundle.digest { return false }
        guard let ceremony = envelope.ceremony else {
            guard isOwn, envelope.kind == .status else {
                throw .unexpectedBundle(
                    found: envelope.kind.word, expected: "a response of a program")
            }
            try checkAnswer(bundle)
            return true
        }
        let record = try record(ceremony)
        guard let name = record.name(of: envelope.sender) else {
            throw .notAParticipant(try senderName(bundle), ceremony)
        }
        let slot = try slot(of: bundle)
        if let known = record.bundles[slot] {
            guard known.digest != bundle.digest else { return false }
            throw .conflict(name, what: slot.text, first: known.digest, second: bundle.digest)
        }
        if isOwn { try checkAnswer(bundle) }
        if let fork = record.fork(with: bundle) {
            throw .forkedLog(
                name, index: envelope.head.index, first: fork.envelope.head.hash,
                second: envelope.head.hash)
        }
        try checkContent(bundle, slot, in: record)
        return true
    }

    private func senderName(_ bundle: SignedBundle) throws(WatcherError) -> OperatorName {
        guard let signer = signers[bundle.envelope.sender] else {
            throw .unknownSender(bundle.envelope.sender)
        }
        return signer.name
    }

    private func slot(of bundle: SignedBundle) throws(WatcherError) -> BundleSlot {
        do throws(ExchangeError) {
            return try BundleSlot(of: bundle.envelope)
        } catch {
            throw .exchange(error)
        }
    }

    /// The own signer's response answers the open request, and its log has grown.
    private func checkAnswer(_ bundle: SignedBundle) throws(WatcherError) {
        let envelope = bundle.envelope
        guard envelope.sequence == channel.nextSequence, let open = channel.outstanding,
            let request = open.request(envelope.previous)
        else {
            throw .unexpectedResponse(
                sequence: envelope.sequence, last: channel.lastSequence)
        }
        let asked = request.envelope
        guard envelope.kind == asked.kind.answer, envelope.ceremony == asked.ceremony,
            Self.attempt(of: request) == Self.attempt(of: bundle)
        else {
            throw .answersAnotherRequest(
                expected: Self.title(of: request), found: Self.title(of: bundle))
        }
        let isBehind =
            envelope.head.index < channel.head.index
            || (envelope.head.index == channel.head.index
                && envelope.head.hash != channel.head.hash)
        guard !isBehind else {
            throw .logWentBack(seen: channel.head, found: envelope.head)
        }
    }

    /// Attempt of a bundle that is about one; nil for other kinds.
    private static func attempt(of bundle: SignedBundle) -> UInt32? {
        let payload = bundle.envelope.payload
        switch (bundle.envelope.kind, bundle.envelope.direction) {
        case (.nonces, .request): return (try? NoncesRequest.decoded(from: payload))?.attempt
        case (.nonces, .response): return (try? NoncesResponse.decoded(from: payload))?.attempt
        case (.partialSignatures, .request):
            return (try? PartialSignaturesRequest.decoded(from: payload))?.attempt
        case (.partialSignatures, .response):
            return (try? PartialSignaturesResponse.decoded(from: payload))?.attempt
        default: return nil
        }
    }

    private static func title(of bundle: SignedBundle) -> String {
        let noun = NextStep.noun(bundle.envelope.kind.answer, isRequest: false)
        let attempt = attempt(of: bundle).map { " of attempt \($0)" } ?? ""
        let ceremony = bundle.envelope.ceremony.map { " of program \($0.short)" } ?? ""
        return noun + attempt + ceremony
    }

    // MARK: Content

    /// Judges a response as far as what is known allows.
    private func checkContent(
        _ bundle: SignedBundle, _ slot: BundleSlot, in record: ProgramRecord
    ) throws(WatcherError) {
        // Whoever could name any attempt could use the last one up, and the ceremony with it.
        if let attempt = slot.attempt, attempt > record.attempt, attempt - record.attempt > 1 {
            throw .attemptTooFar(record.id, attempt: attempt, current: record.attempt)
        }
        switch slot {
        case .keys: try checkKeys(bundle, in: record)
        case .nonces: try checkNonces(bundle, in: record)
        case .partialSignatures:
            try checkPartialSignatures(bundle, slot, in: record)
        case .reveal: try checkReveal(bundle, in: record)
        }
    }

    private func checkKeys(
        _ bundle: SignedBundle, in record: ProgramRecord
    ) throws(WatcherError) {
        let announced: AnnouncedKeys
        do throws(ExchangeError) {
            announced = try AnnouncedKeys(decoding: bundle.bytes)
        } catch {
            throw .exchange(error)
        }
        var report = RuleReport()
        report.apply(
            KeyRules.all.filter { $0.id != RuleID("KEY-COUNT") },
            to: KeySubject(
                definition: record.definition, announced: [announced], mine: nil,
                usedOneTimeKeys: oneTimeKeys(outside: record.id)))
        try report.checkForWatcher()
    }

    private func checkNonces(
        _ bundle: SignedBundle, in record: ProgramRecord
    ) throws(WatcherError) {
        guard let program = try assessment(record.id).program else { return }
        let announced: AnnouncedNonces
        do throws(ExchangeError) {
            announced = try AnnouncedNonces(decoding: bundle.bytes)
        } catch {
            throw .exchange(error)
        }
        try NonceCheck.report(on: announced, in: program).checkForWatcher()
    }

    private func checkPartialSignatures(
        _ bundle: SignedBundle, _ slot: BundleSlot, in record: ProgramRecord
    ) throws(WatcherError) {
        if record.lastSigner == bundle.envelope.sender {
            try checkNonces(bundle, in: record)
        }
        guard slot.attempt == record.attempt else { return }
        // Judged in the state that it leads to: the last signer's bundle brings its own nonces.
        var after = self
        try after.change(record.id) { $0.bundles[slot] = bundle }
        guard let round = try after.assessment(record.id).round,
            let index = record.definition.index(of: bundle.envelope.sender),
            let response = try? PartialSignaturesResponse.decoded(
                from: bundle.envelope.payload)
        else { return }
        try round.report(on: response, ofParticipant: index).checkForWatcher()
    }

    private func checkReveal(
        _ bundle: SignedBundle, in record: ProgramRecord
    ) throws(WatcherError) {
        let name = try senderName(bundle)
        guard let program = try assessment(record.id).program else {
            throw .waiting([
                ProgramWait(
                    ceremony: record.id, step: nextStep(try assessment(record.id)))
            ])
        }
        let response: RevealResponse
        do throws(ExchangeError) {
            response = try RevealResponse.decoded(from: bundle.envelope.payload)
        } catch {
            throw .exchange(error)
        }
        let value = RevealedValue(
            program: program, signer: bundle.envelope.sender, response: response)
        if let fault = value.fault { throw .invalidReceipt(name, reason: fault) }
    }

    // MARK: State

    mutating func noteResponse(_ bytes: [UInt8]) throws(WatcherError) {
        let bundle = try response(bytes)
        let envelope = bundle.envelope
        if let ceremony = envelope.ceremony {
            let slot = try slot(of: bundle)
            try change(ceremony) { $0.bundles[slot] = bundle }
        }
        guard envelope.sender == ownSigner?.identity else { return }
        channel.lastSequence = envelope.sequence
        channel.lastResponseDigest = bundle.digest
        channel.head = envelope.head
        channel.answers[envelope.sequence] = bundle.digest
        channel.outstanding = nil
    }
}
