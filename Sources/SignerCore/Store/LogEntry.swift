package import Primitives

/// What happened, as the log names it.
///
/// Raw values are written to disk and never change.
package enum LogEventKind: String, CaseIterable, Hashable, Sendable {
    case vaultCreated = "vault-created"
    case epochBegun = "epoch-begun"
    case passphraseChanged = "passphrase-changed"
    case secretStored = "secret-stored"
    case peerEnrolled = "peer-enrolled"
    case peerRemoved = "peer-removed"
    case ceremonyRegistered = "ceremony-registered"
    case graphBound = "graph-bound"
    case keyBundleStored = "key-bundle-stored"
    case keysAnnounced = "keys-announced"
    case keysReconciled = "keys-reconciled"
    case nonceSessionReserved = "nonce-session-reserved"
    case noncesReleased = "nonces-released"
    case nonceSessionBurnt = "nonce-session-burnt"
    case nonceSessionSigned = "nonce-session-signed"
    case nonceSessionAborted = "nonce-session-aborted"
    case oneTimeKeySpent = "one-time-key-spent"
    case channelAdvanced = "channel-advanced"
    /// Bytes that no other event mentions left the signer.
    case released = "released"
    /// A request was refused; the detail names the rules.
    case requestRefused = "request-refused"
    /// The operator said no.
    case operatorDeclined = "operator-declined"
    /// Anything that a ceremony wants to be remembered; the detail says what.
    case note = "note"
}

/// An event for the log: public names and digests, never a secret.
package struct LogEvent: Hashable, Sendable {
    package let kind: LogEventKind
    /// What it happened to: a ceremony, session, request or key, in the order the kind documents.
    package let subjects: [Bytes32]
    /// A short text for people.
    package let detail: String

    package init(_ kind: LogEventKind, _ subjects: [Bytes32] = [], detail: String = "") {
        self.kind = kind
        self.subjects = subjects
        self.detail = detail
    }
}

/// An event at its place in the chain.
package struct LogEntry: Hashable, Sendable {
    /// 0-based position.
    package let index: UInt64
    /// The hash of the entry before; zero for the first.
    package let previous: Bytes32
    package let epoch: UInt64
    package let event: LogEvent

    private static let tag = TaggedHash("BitVMX/vault/log")

    package init(index: UInt64, previous: Bytes32, epoch: UInt64, event: LogEvent) {
        self.index = index
        self.previous = previous
        self.epoch = epoch
        self.event = event
    }

    /// The tagged hash of the encoding, which includes the hash before.
    package var hash: Bytes32 { Self.tag.hash(encoded()) }

    /// Deterministic CBOR.
    package func encoded() -> [UInt8] {
        CBORValue.record([
            1: .unsigned(VaultFormat.version), 2: .unsigned(index), 3: .bytes(previous.bytes),
            4: .unsigned(epoch), 5: .text(event.kind.rawValue),
            6: .array(event.subjects.map { .bytes($0.bytes) }), 7: .text(event.detail),
        ]).encode()
    }

    /// Reads an entry and nothing else.
    package init(decoding bytes: [UInt8]) throws(CBORError) {
        let value = try CBORValue.decode(bytes, limits: .standard)
        var record = try CBORRecord(value, known: 1, 2, 3, 4, 5, 6, 7)
        let version = try record.unsigned(1)
        guard version == VaultFormat.version else {
            throw .outOfRange(version, maximum: VaultFormat.version)
        }
        index = try record.unsigned(2)
        previous = try record.bytes32(3)
        epoch = try record.unsigned(4)
        guard let kind = LogEventKind(rawValue: try record.text(5)) else { throw .unknownKey(5) }
        var subjects: [Bytes32] = []
        for subject in try record.array(6) {
            subjects.append(try subject.bytes32())
        }
        event = LogEvent(kind, subjects, detail: try record.text(7))
    }
}
