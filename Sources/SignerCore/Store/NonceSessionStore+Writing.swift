package import Primitives

/// A session whose root is sealed in the open transaction; its public nonces may be computed.
package struct ReservedSession: Hashable, Sendable {
    package let id: Bytes32
    package let sessionDigest: Bytes32

    fileprivate init(_ session: NonceSession) {
        id = session.id
        sessionDigest = session.sessionDigest
    }
}

/// What became of a first-round request.
package enum ReservationOutcome: Hashable, Sendable {
    /// A new session, or one that nothing has left of: with the root that was just given.
    case reserved(ReservedSession)
    /// The same set of signatures is already waiting: send this response again.
    case released(session: Bytes32, response: [UInt8])
}

extension NonceSessionStore where Access == WriteAccess {
    /// Reserves a session and seals its root.
    ///
    /// A session over the same digest whose nonces never left takes the new root in place of the
    /// old one. The root must not be used before the transaction is committed, except to compute
    /// the public nonces for `commitNonces` of the same transaction.
    ///
    /// - Parameter root: Exactly 32 fresh random bytes; the caller's copy is the caller's to wipe.
    /// - Throws: `.spent(.slotOccupied)` while the slot has an open session over another digest.
    package func reserve(
        _ reservation: NonceReservation, root: Span<UInt8>
    ) throws(VaultError) -> ReservationOutcome {
        precondition(root.count == NonceRootSize.byteCount, "a nonce root has 32 bytes")
        let slot = try slotContent(reservation.slot)
        let ordinal = (slot?.sessionCount ?? 0) + 1
        let id = NonceSession.id(
            vault: book.keys.vault, reservation, epoch: book.current.epoch, ordinal: ordinal)
        guard let openID = slot?.open else {
            let content = NonceSlotContent(sessionCount: ordinal, open: id)
            try book.save(.nonceSlot, reservation.slot.key, content)
            return try seal(reservation, id: id, root: root)
        }
        let open = try known(openID)
        guard open.sessionDigest == reservation.sessionDigest else {
            throw .spent(
                .slotOccupied(
                    session: openID, digest: open.sessionDigest,
                    asked: reservation.sessionDigest))
        }
        if case .noncesReleased(let response) = open.state {
            book.authorise(response)
            let bytes = try BlobStore<WriteAccess>(book: book).required(response)
            return .released(session: openID, response: bytes)
        }
        return try seal(reservation, id: openID, root: root)
    }

    /// Stores the response with the public nonces, which may leave after the commit.
    package func commitNonces(
        _ reserved: ReservedSession, response: [UInt8]
    ) throws(VaultError) {
        let session = try known(reserved.id)
        guard session.state == .reserved else {
            throw .spent(.sessionNotReady(session: session.id, state: session.state.name))
        }
        let digest = try BlobStore<WriteAccess>(book: book).storeForRelease(response)
        try save(session.with(.noncesReleased(response: digest)))
        try append(.noncesReleased, session, digest)
    }

    /// Stores the response of a burnt session, which may leave after the commit.
    ///
    /// - Parameter ticket: Of the burning that gave the root.
    package func storeResponse(
        _ ticket: BurntTicket, response: [UInt8]
    ) throws(VaultError) {
        let session = try known(ticket.session)
        guard session.state == .burnt(request: ticket.request) else {
            throw .spent(.sessionNotReady(session: session.id, state: session.state.name))
        }
        let digest = try BlobStore<WriteAccess>(book: book).storeForRelease(response)
        try save(session.with(.signed(request: ticket.request, response: digest)))
        try append(.nonceSessionSigned, session, ticket.request, digest)
    }

    /// Gives a session up and removes its root; a signed one stays signed.
    package func abort(_ id: Bytes32, reason: String) throws(VaultError) {
        let session = try known(id)
        var burntFor: Bytes32?
        switch session.state {
        case .reserved, .noncesReleased:
            try close(session)
        case .burnt(let request):
            burntFor = request
        case .signed(let request, _):
            throw .spent(.sessionSigned(session: id, request: request))
        case .aborted:
            return
        }
        try save(session.with(.aborted(burntFor: burntFor)))
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(
            LogEvent(.nonceSessionAborted, [session.slot.ceremony, id], detail: reason))
    }

    /// Writes the tombstone and removes the root, in the transaction of `Vault.burn` alone.
    func markBurnt(_ id: Bytes32, request: Bytes32) throws(VaultError) {
        try checkBurn(id, request: request)
        let session = try known(id)
        if let other = try self.session(for: request, .second) {
            throw .spent(.requestUsed(request: request, session: other))
        }
        try close(session)
        try save(session.with(.burnt(request: request)))
        try link(request, .second, to: id)
        try append(.nonceSessionBurnt, session, request)
    }

    private func seal(
        _ reservation: NonceReservation, id: Bytes32, root: Span<UInt8>
    ) throws(VaultError) -> ReservationOutcome {
        let session = NonceSession(
            id: id, slot: reservation.slot, sessionDigest: reservation.sessionDigest,
            requestDigest: reservation.requestDigest, epoch: book.current.epoch,
            state: .reserved)
        try save(session)
        try SealedRecords(book: book, table: .nonceRoot).seal(id.hex, root)
        try link(reservation.requestDigest, .first, to: id)
        try append(.nonceSessionReserved, session, reservation.sessionDigest)
        return .reserved(ReservedSession(session))
    }

    /// Removes the root and frees the slot.
    private func close(_ session: NonceSession) throws(VaultError) {
        try SealedRecords(book: book, table: .nonceRoot).remove(session.id.hex)
        let count = try slotContent(session.slot)?.sessionCount ?? 0
        try book.save(
            .nonceSlot, session.slot.key, NonceSlotContent(sessionCount: count, open: nil))
    }

    private func link(
        _ request: Bytes32, _ round: SessionRequest.Round, to id: Bytes32
    ) throws(VaultError) {
        let key = SessionRequest.key(request, round)
        try book.save(.sessionRequest, key, SessionRequest(session: id))
    }

    private func save(_ session: NonceSession) throws(VaultError) {
        try book.save(.nonceSession, session.id.bytes, session)
    }

    private func append(
        _ kind: LogEventKind, _ session: NonceSession, _ digests: Bytes32...
    ) throws(VaultError) {
        let log = HashChainedLog<WriteAccess>(book: book)
        try log.append(
            LogEvent(
                kind, [session.slot.ceremony, session.id] + digests,
                detail: session.slot.round))
    }
}

/// The size of the one secret from which all secret nonces of a session are derived.
enum NonceRootSize {
    static let byteCount = 32
}
