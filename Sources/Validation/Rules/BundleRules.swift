package import Bitcoin
package import Curve
package import Exchange
package import Model
package import Primitives

/// What a signer knows about itself and its channel when a request arrives.
package struct BundleSubject: Sendable {
    package let bundle: SignedBundle
    package let me: XOnlyPublicKey
    package let network: Network
    /// Identities of the watchers that this signer has enrolled.
    package let watchers: Set<XOnlyPublicKey>
    package let ceremonies: Set<CeremonyID>
    /// Sequence number of the last request that was answered; 0 before the first.
    package let lastSequence: UInt64
    package let lastResponseDigest: Bytes32
    /// Whether the quoted head stands in this signer's log.
    package let isHeadKnown: Bool

    package init(
        bundle: SignedBundle, me: XOnlyPublicKey, network: Network,
        watchers: Set<XOnlyPublicKey>, ceremonies: Set<CeremonyID>, lastSequence: UInt64,
        lastResponseDigest: Bytes32, isHeadKnown: Bool
    ) {
        self.bundle = bundle
        self.me = me
        self.network = network
        self.watchers = watchers
        self.ceremonies = ceremonies
        self.lastSequence = lastSequence
        self.lastResponseDigest = lastResponseDigest
        self.isHeadKnown = isHeadKnown
    }

    var envelope: Envelope { bundle.envelope }
}

/// BND: a request is for this signer, from its watcher, and next in line.
package enum BundleRules {
    package static let all: [Rule<BundleSubject>] = place + [payload]

    /// Everything that the envelope alone decides: judged before the payload is looked at.
    package static let place: [Rule<BundleSubject>] = [
        network, sender, recipient, direction, ceremony, sequence, previous, head,
    ]

    static let network = Rule<BundleSubject>(
        "BND-NETWORK", "A bundle is for the network of the state that reads it."
    ) { subject in
        guard subject.envelope.network != subject.network else { return nil }
        return "the bundle is for \(subject.envelope.network.rawValue), this state for "
            + subject.network.rawValue
    }

    static let sender = Rule<BundleSubject>(
        "BND-SENDER", "A request comes from a watcher that this signer has enrolled.",
        exit: .badSignature
    ) { subject in
        guard !subject.watchers.contains(subject.envelope.sender) else { return nil }
        return "sender \(subject.envelope.sender.hex) is not an enrolled watcher"
    }

    static let recipient = Rule<BundleSubject>(
        "BND-RECIPIENT", "A request is addressed to this signer."
    ) { subject in
        guard subject.envelope.recipient != subject.me else { return nil }
        let named = subject.envelope.recipient.map(\.hex) ?? "everyone"
        return "the request is for \(named), this signer is \(subject.me.hex)"
    }

    static let direction = Rule<BundleSubject>(
        "BND-DIRECTION", "A signer processes requests of a kind that it answers.",
        exit: .malformed
    ) { subject in
        let answered: Set<BundleKind> = [
            .registration, .nonces, .partialSignatures, .reveal, .status,
        ]
        let envelope = subject.envelope
        guard envelope.direction != .request || !answered.contains(envelope.kind) else {
            return nil
        }
        return "a \(envelope.kind.word) \(envelope.direction.word) bundle is not a request "
            + "to a signer"
    }

    static let ceremony = Rule<BundleSubject>(
        "BND-CEREMONY", "A request names a registered ceremony; a status request names none."
    ) { subject in
        let envelope = subject.envelope
        switch (envelope.kind, envelope.ceremony) {
        case (.status, nil), (.registration, .some): return nil
        case (.status, .some): return "a status request names a ceremony"
        case (_, nil): return "the request names no ceremony"
        case (_, let ceremony?):
            guard !subject.ceremonies.contains(ceremony) else { return nil }
            return "ceremony \(ceremony.short) is not registered with this signer"
        }
    }

    static let sequence = Rule<BundleSubject>(
        "BND-SEQUENCE", "A request's number is one above the last answered one.",
        exit: .replayOrRollback
    ) { subject in
        let found = subject.envelope.sequence
        guard found != subject.lastSequence + 1 else { return nil }
        return found <= subject.lastSequence
            ? "request \(found) was answered or passed over; the next one is "
                + "\(subject.lastSequence + 1)"
            : "request \(found) came before request \(subject.lastSequence + 1)"
    }

    static let previous = Rule<BundleSubject>(
        "BND-PREVIOUS", "A request quotes the digest of this signer's last response.",
        exit: .replayOrRollback
    ) { subject in
        guard subject.envelope.previous != subject.lastResponseDigest else { return nil }
        return "the request follows response \(subject.envelope.previous.hex.prefix(16))…, "
            + "the last one given was \(subject.lastResponseDigest.hex.prefix(16))…"
    }

    static let head = Rule<BundleSubject>(
        "BND-HEAD", "The newest log head that the watcher has seen stands in this signer's log.",
        exit: .replayOrRollback
    ) { subject in
        guard !subject.isHeadKnown else { return nil }
        return "the watcher has seen log entry \(subject.envelope.head.index) with hash "
            + "\(subject.envelope.head.hash.hex.prefix(16))…, which this signer does not have: "
            + "its state was restored from an older copy"
    }

    package static let payload = Rule<BundleSubject>(
        "BND-PAYLOAD", "The payload is the canonical record of the bundle's kind.",
        exit: .malformed
    ) { subject in
        do throws(ExchangeError) {
            try RequestPayload.check(subject.envelope)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
