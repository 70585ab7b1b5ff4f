package import Primitives

/// The nonce sessions: which are open, which are spent, and what was answered.
///
/// The rules: (a) a session is durable before its public
/// nonces leave; (b) its tombstone is durable before its root is handed out, and the root is
/// handed out once; (c) responses are stored and sent again, never made again; (d) a spent
/// session answers only the request that spent it; (e) a repeated first round is answered with the
/// same nonces while they are unspent, and another one needs the open session aborted first;
/// (f) a session that was burnt without a stored response stays burnt.
package struct NonceSessionStore<Access: StoreAccess> {
    let book: RecordBook

    /// A session by its id; `nil` when there never was one.
    package func session(_ id: Bytes32) throws(VaultError) -> NonceSession? {
        try book.load(NonceSession.self, .nonceSession, id.bytes)
    }

    /// The open session of a slot.
    package func open(in slot: NonceSlot) throws(VaultError) -> NonceSession? {
        guard let content = try slotContent(slot), let id = content.open else { return nil }
        return try known(id)
    }

    /// All sessions, by id.
    package func all() throws(VaultError) -> [NonceSession] {
        try book.loadAll(NonceSession.self, .nonceSession).map(\.content)
    }

    /// The stored response to a request of either round; `nil` when the request is new.
    ///
    /// - Throws: `.spent` when the request was used up without a response that may be sent again.
    func storedResponse(to request: Bytes32) throws(VaultError) -> [UInt8]? {
        var id = try session(for: request, .second)
        if id == nil { id = try session(for: request, .first) }
        guard let id else { return nil }
        let session = try known(id)
        let blobs = BlobStore<Access>(book: book)
        switch session.state {
        case .reserved:
            return nil
        case .noncesReleased(let response):
            return try blobs.required(response)
        case .burnt(let burntFor):
            guard burntFor == request else { throw roundOneIsOver(session) }
            throw .spent(.sessionBurnt(session: session.id, request: request))
        case .signed(let burntFor, let response):
            guard burntFor == request else { throw roundOneIsOver(session) }
            return try blobs.required(response)
        case .aborted:
            throw .spent(.sessionAborted(session: session.id))
        }
    }

    /// The session that a request of one round belongs to.
    func session(
        for request: Bytes32, _ round: SessionRequest.Round
    ) throws(VaultError) -> Bytes32? {
        let key = SessionRequest.key(request, round)
        return try book.load(SessionRequest.self, .sessionRequest, key)?.session
    }

    private func roundOneIsOver(_ session: NonceSession) -> VaultError {
        .spent(.sessionNotReady(session: session.id, state: session.state.name))
    }

    func slotContent(_ slot: NonceSlot) throws(VaultError) -> NonceSlotContent? {
        try book.load(NonceSlotContent.self, .nonceSlot, slot.key)
    }

    /// A session that another record or the caller refers to.
    func known(_ id: Bytes32) throws(VaultError) -> NonceSession {
        guard let session = try session(id) else { throw .spent(.sessionUnknown(id)) }
        return session
    }

    /// Whether a request may spend a session now.
    ///
    /// The same answer that `Vault.burn` gives, without spending anything.
    package func checkBurn(_ id: Bytes32, request: Bytes32) throws(VaultError) {
        let session = try known(id)
        switch session.state {
        case .reserved:
            throw .spent(.sessionNotReady(session: id, state: session.state.name))
        case .noncesReleased:
            guard session.epoch == book.current.epoch else {
                throw .spent(
                    .sessionOfEndedEpoch(
                        session: id, epoch: session.epoch, current: book.current.epoch))
            }
        case .burnt(let first):
            guard first == request else { throw spent(id, first, request) }
            throw .spent(.sessionBurnt(session: id, request: request))
        case .signed(let first, _):
            guard first == request else { throw spent(id, first, request) }
            throw .spent(.sessionSigned(session: id, request: request))
        case .aborted(let first?) where first != request:
            throw spent(id, first, request)
        case .aborted:
            throw .spent(.sessionAborted(session: id))
        }
    }

    private func spent(_ id: Bytes32, _ first: Bytes32, _ asked: Bytes32) -> VaultError {
        .spent(.sessionSpent(session: id, burntFor: first, asked: asked))
    }
}
