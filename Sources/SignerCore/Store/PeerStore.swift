import Primitives

/// An operator whose signer this signer knows.
package struct EnrolledPeer: Hashable, Sendable {
    /// The identity key in its encoding; opaque to the vault.
    package let identity: [UInt8]
    /// Unique among the enrolled.
    package let name: String
    /// Whatever else the enrolment carried; opaque to the vault.
    package let record: [UInt8]

    package init(identity: [UInt8], name: String, record: [UInt8]) {
        self.identity = identity
        self.name = name
        self.record = record
    }
}

/// The enrolled identities.
package struct PeerStore<Access: StoreAccess> {
    let book: RecordBook

    package func peer(identity: [UInt8]) throws(VaultError) -> EnrolledPeer? {
        try book.load(PeerContent.self, .peer, identity)?.peer(identity)
    }

    package func peer(named name: String) throws(VaultError) -> EnrolledPeer? {
        try all().first { $0.name == name }
    }

    /// All peers, by identity.
    package func all() throws(VaultError) -> [EnrolledPeer] {
        try book.loadAll(PeerContent.self, .peer).map { $0.content.peer($0.key) }
    }
}

extension PeerStore where Access == WriteAccess {
    /// Enrols a peer; neither the identity nor the name may be enrolled.
    package func enrol(_ peer: EnrolledPeer) throws(VaultError) {
        for known in try all()
        where known.identity == peer.identity || known.name == peer.name {
            throw .refused(.exists(reference(known.identity)))
        }
        let content = PeerContent(name: peer.name, record: peer.record)
        try book.save(.peer, peer.identity, content)
        try log(.peerEnrolled, peer)
    }

    /// Forgets a peer; the log remembers it.
    package func remove(identity: [UInt8]) throws(VaultError) {
        guard let peer = try peer(identity: identity) else {
            throw .refused(.unknown(reference(identity)))
        }
        try book.remove(.peer, identity)
        try log(.peerRemoved, peer)
    }

    private func log(_ kind: LogEventKind, _ peer: EnrolledPeer) throws(VaultError) {
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(LogEvent(kind, [SHA256.hash(peer.identity)], detail: peer.name))
    }

    private func reference(_ identity: [UInt8]) -> RecordReference {
        RecordReference(table: RecordTable.peer.rawValue, key: identity)
    }
}

private struct PeerContent: StoredRecord {
    let name: String
    let record: [UInt8]

    var fields: [UInt64: CBORValue] { [1: .text(name), 2: .bytes(record)] }

    init(name: String, record: [UInt8]) {
        self.name = name
        self.record = record
    }

    init(taking fields: inout CBORRecord) throws(CBORError) {
        name = try fields.text(1)
        record = try fields.bytes(2)
    }

    func peer(_ identity: [UInt8]) -> EnrolledPeer {
        EnrolledPeer(identity: identity, name: name, record: record)
    }
}
