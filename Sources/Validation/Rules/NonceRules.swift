import Bitcoin
package import Curve
package import Exchange
import Model
package import MuSig2
package import Primitives
package import Protocols

/// A participant's public nonces as they arrived, in a nonces bundle or, from the participant
/// that signs last, in a partial-signatures bundle.
package struct AnnouncedNonces: Sendable {
    package let bundle: SignedBundle
    package let attempt: UInt32
    package let graphDigest: Bytes32
    package let nonces: [PubNonce]
    /// Whether they came together with partial signatures.
    package let isFromLastSigner: Bool

    /// - Throws: `ExchangeError` when `bytes` hold no public nonces.
    package init(decoding bytes: [UInt8]) throws(ExchangeError) {
        bundle = try SignedBundle(decoding: bytes)
        let envelope = bundle.envelope
        let wrongKind = ExchangeError.unexpectedKind(
            found: envelope.kind, direction: envelope.direction, expected: "a nonces response")
        guard envelope.direction == .response else { throw wrongKind }
        switch envelope.kind {
        case .nonces:
            let response = try NoncesResponse.decoded(from: envelope.payload)
            attempt = response.attempt
            graphDigest = response.graphDigest
            nonces = response.nonces
            isFromLastSigner = false
        case .partialSignatures:
            let response = try PartialSignaturesResponse.decoded(from: envelope.payload)
            guard let own = response.nonces else { throw wrongKind }
            attempt = response.attempt
            graphDigest = response.graphDigest
            nonces = own
            isFromLastSigner = true
        default:
            throw wrongKind
        }
    }
}

/// Everybody's public nonces before a partial signature is made.
package struct NonceSubject: Sendable {
    package let program: ProgramGraph
    package let attempt: UInt32
    package let me: XOnlyPublicKey
    /// The nonces of all other participants.
    package let others: [AnnouncedNonces]
    /// My own, made again from the session's root; nil for the participant that signs last.
    package let mine: [PubNonce]?
    /// The digest of the nonces that I released; nil for the participant that signs last.
    package let releasedDigest: Bytes32?

    package init(
        program: ProgramGraph, attempt: UInt32, me: XOnlyPublicKey, others: [AnnouncedNonces],
        mine: [PubNonce]?, releasedDigest: Bytes32?
    ) {
        self.program = program
        self.attempt = attempt
        self.me = me
        self.others = others
        self.mine = mine
        self.releasedDigest = releasedDigest
    }

    func name(_ identity: XOnlyPublicKey) -> String {
        program.definition.participants.first { $0.identity == identity }?.name.text
            ?? identity.hex
    }
}

/// MUS: the nonces are those of exactly the others, for exactly these signatures.
package enum NonceRules {
    package static let all: [Rule<NonceSubject>] = [
        senders, ceremony, session, lastSigner, count, mine, distinct,
    ]

    static let senders = Rule<NonceSubject>(
        "MUS-SENDERS", "There is one nonce bundle of each other participant, in canonical order.",
        exit: .incomplete
    ) { subject in
        let expected = subject.program.definition.participants.map(\.identity)
            .filter { $0 != subject.me }
        let found = subject.others.map(\.bundle.envelope.sender)
        guard found != expected else { return nil }
        let missing = expected.filter { !found.contains($0) }.map { subject.name($0) }
        let strangers = found.filter { !expected.contains($0) }.map(\.hex)
        if !strangers.isEmpty { return "nonces of \(strangers.joined(separator: ", "))" }
        return missing.isEmpty
            ? "the nonces are not in canonical order"
            : "the nonces of \(missing.joined(separator: ", ")) are missing"
    }

    static let ceremony = Rule<NonceSubject>(
        "MUS-CEREMONY", "Nonces were released for this ceremony and network."
    ) { subject in
        let definition = subject.program.definition
        for other in subject.others {
            let envelope = other.bundle.envelope
            if envelope.ceremony != definition.id || envelope.network != definition.network {
                return "the nonces of '\(subject.name(envelope.sender))' belong to ceremony "
                    + "\(envelope.ceremony?.short ?? "none") on \(envelope.network.rawValue)"
            }
        }
        return nil
    }

    static let session = Rule<NonceSubject>(
        "MUS-SESSION", "Nonces were released for this graph and this attempt.",
        exit: .graphDiffers
    ) { subject in
        for other in subject.others {
            let name = subject.name(other.bundle.envelope.sender)
            if other.graphDigest != subject.program.digest {
                return "the nonces of '\(name)' are for graph "
                    + "\(other.graphDigest.hex.prefix(16))…, this one is "
                    + "\(subject.program.digest.hex.prefix(16))…"
            }
            if other.attempt != subject.attempt {
                return "the nonces of '\(name)' are for attempt \(other.attempt), "
                    + "this is attempt \(subject.attempt)"
            }
        }
        return nil
    }

    static let lastSigner = Rule<NonceSubject>(
        "MUS-LAST", "Only the participant that signs last gives nonces and signatures at once."
    ) { subject in
        let definition = subject.program.definition
        let last = definition.lastSigner.map { definition.participants[$0].identity }
        for other in subject.others {
            let sender = other.bundle.envelope.sender
            if other.isFromLastSigner != (sender == last) {
                return other.isFromLastSigner
                    ? "'\(subject.name(sender))' gave nonces and signatures at once, but does "
                        + "not sign last"
                    : "'\(subject.name(sender))' signs last and gave nonces alone"
            }
        }
        return nil
    }

    static let count = Rule<NonceSubject>(
        "MUS-COUNT", "There is one public nonce for every signature."
    ) { subject in
        let expected = subject.program.signatures.count
        for other in subject.others where other.nonces.count != expected {
            return "'\(subject.name(other.bundle.envelope.sender))' gave "
                + "\(other.nonces.count) nonces for \(expected) signatures"
        }
        return nil
    }

    static let mine = Rule<NonceSubject>(
        "MUS-MINE", "My own nonces, made again, are those that I released.",
        exit: .alreadySpent
    ) { subject in
        guard let released = subject.releasedDigest else { return nil }
        guard let mine = subject.mine else { return "my nonces cannot be made again" }
        guard CeremonyTranscript.noncesDigest(mine) != released else { return nil }
        return "the nonces made from the session's root are not those that were released"
    }

    static let distinct = Rule<NonceSubject>(
        "MUS-DISTINCT", "No public nonce stands twice."
    ) { subject in
        var seen: Set<PubNonce> = []
        let all =
            [(subject.me, subject.mine ?? [])]
            + subject.others.map { ($0.bundle.envelope.sender, $0.nonces) }
        for (owner, nonces) in all {
            for (index, nonce) in nonces.enumerated() where !seen.insert(nonce).inserted {
                return "nonce \(index) of '\(subject.name(owner))' stands twice"
            }
        }
        return nil
    }
}
