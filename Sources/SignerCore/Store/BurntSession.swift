package import Primitives

/// Says that a session is burnt, and for which request; needed to store its response.
package struct BurntTicket: Hashable, Sendable {
    package let session: Bytes32
    package let request: Bytes32
    package let sessionDigest: Bytes32

    fileprivate init(_ session: NonceSession, request: Bytes32) {
        self.session = session.id
        self.request = request
        sessionDigest = session.sessionDigest
    }
}

/// A session whose tombstone is on the disk.
///
/// It holds the only copy of the root.
package struct BurntSession: ~Copyable {
    package let ticket: BurntTicket
    private let root: SecretPage

    fileprivate init(ticket: BurntTicket, root: consuming SecretPage) {
        self.ticket = ticket
        self.root = root
    }

    /// Hands out the 32 bytes of the root, once.
    ///
    /// Dropping them loses the session, not the key.
    package consuming func takeRoot() -> SecretPage {
        root
    }
}

extension Vault {
    /// Burns a session for a request and hands out its root.
    ///
    /// This is a commit of its own: when it returns, the tombstone is on the disk, anchored, and
    /// the vault has the root no more. A crash at any later point leaves the session burnt.
    ///
    /// - Throws: `.spent(.sessionSigned)` and `.spent(.sessionBurnt)` for the request that spent
    ///   the session before, `.spent(.sessionSpent)` for any other request, for ever.
    package func burn(
        _ session: Bytes32, requestDigest request: Bytes32
    ) throws(VaultError) -> BurntSession {
        let sessions = nonceSessions
        try sessions.checkBurn(session, request: request)
        let known = try sessions.known(session)
        let sealed = SealedRecords(book: book, table: .nonceRoot)
        guard let root = try sealed.open(session.hex) else {
            throw .damaged(
                .recordMissing(
                    RecordReference(
                        table: RecordTable.nonceRoot.rawValue, key: Array(session.hex.utf8))))
        }
        guard root.byteCount == NonceRootSize.byteCount else {
            throw .damaged(
                .recordMalformed(
                    RecordReference(
                        table: RecordTable.nonceRoot.rawValue, key: Array(session.hex.utf8))))
        }
        try transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.markBurnt(session, request: request)
        }
        return BurntSession(ticket: BurntTicket(known, request: request), root: root)
    }
}
