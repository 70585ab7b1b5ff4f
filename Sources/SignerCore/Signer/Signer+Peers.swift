package import Bitcoin
package import Curve
package import Exchange
package import Model
package import Primitives

/// An identity bundle that was read and found to be one.
package struct IdentityCard: Hashable, Sendable {
    package let bundle: SignedBundle
    package let payload: IdentityPayload

    package var identity: XOnlyPublicKey { bundle.envelope.sender }
    package var network: Network { bundle.envelope.network }

    /// - Throws: `SignerError.exchange`, or `.enrolment(.notAnIdentity)` with what is odd.
    package init(decoding bytes: [UInt8]) throws(SignerError) {
        bundle = try SignerError.exchange { () throws(ExchangeError) in
            try SignedBundle(decoding: bytes)
        }
        let envelope = bundle.envelope
        guard envelope.kind == .identity else {
            throw .enrolment(
                .notAnIdentity(
                    reason: "it is a \(envelope.kind.word) \(envelope.direction.word) bundle"))
        }
        let payload = try SignerError.exchange { () throws(ExchangeError) in
            try IdentityPayload.decoded(from: envelope.payload)
        }
        let direction: BundleDirection = payload.role == .signer ? .response : .request
        guard envelope.direction == direction else {
            throw .enrolment(
                .notAnIdentity(reason: "a \(payload.role.text) does not send it this way"))
        }
        guard envelope.sequence == 0, envelope.previous == .zero, envelope.recipient == nil,
            envelope.ceremony == nil
        else {
            throw .enrolment(.notAnIdentity(reason: "it claims a place in a channel"))
        }
        self.payload = payload
    }
}

/// Somebody whom this signer knows.
package struct KnownPeer: Hashable, Sendable {
    package let role: ProgramRole
    package let name: OperatorName
    package let identity: XOnlyPublicKey
    /// What a person compared when enrolling.
    package let fingerprint: Bytes32

    /// Signers and watchers of one operator have the same name, so the role is part of it.
    fileprivate var storedName: String { "\(role.text)/\(name.text)" }

    fileprivate var enrolled: EnrolledPeer {
        let record = CBORValue.record([
            1: .unsigned(role.rawValue), 2: .text(name.text), 3: .bytes(fingerprint.bytes),
        ])
        return EnrolledPeer(
            identity: identity.bytes, name: storedName, record: record.encode())
    }

    fileprivate init?(_ peer: EnrolledPeer) {
        guard let value = try? CBORValue.decode(peer.record, limits: .standard),
            var record = try? CBORRecord(value, known: 1, 2, 3),
            let role = try? ProgramRole(rawValue: record.unsigned(1)),
            let name = try? OperatorName(record.text(2)),
            let fingerprint = try? record.bytes32(3),
            let identity = XOnlyPublicKey(peer.identity)
        else { return nil }
        self.init(role: role, name: name, identity: identity, fingerprint: fingerprint)
    }

    fileprivate init(
        role: ProgramRole, name: OperatorName, identity: XOnlyPublicKey, fingerprint: Bytes32
    ) {
        self.role = role
        self.name = name
        self.identity = identity
        self.fingerprint = fingerprint
    }
}

extension Signer {
    /// Everybody who is enrolled.
    package func peers() throws(SignerError) -> [KnownPeer] {
        try SignerError.vault { () throws(VaultError) in
            try vault.peers.all().map { peer throws(VaultError) in
                guard let known = KnownPeer(peer) else {
                    throw .damaged(
                        .recordMalformed(RecordReference(table: "peer", key: peer.identity)))
                }
                return known
            }
        }
    }

    /// Who takes part in ceremonies: enrolled signers and this one.
    func signers() throws(SignerError) -> [XOnlyPublicKey: OperatorName] {
        var signers = [profile.identity: profile.name]
        for peer in try peers() where peer.role == .signer {
            signers[peer.identity] = peer.name
        }
        return signers
    }

    /// Believes an identity.
    ///
    /// Enrolling the same again changes nothing.
    ///
    /// - Parameter fingerprint: What a person has compared with the owner of the identity.
    package func enrol(
        _ card: IdentityCard, fingerprint: Bytes32
    ) throws(SignerError) {
        guard card.network == profile.network else {
            throw .enrolment(.otherNetwork(card.network.rawValue))
        }
        guard card.identity != profile.identity else { throw .enrolment(.ownIdentity) }
        let peer = KnownPeer(
            role: card.payload.role, name: card.payload.name, identity: card.identity,
            fingerprint: fingerprint)
        let isOwnName = peer.role == .signer && peer.name == profile.name
        guard !isOwnName else { throw .enrolment(.nameTaken(peer.name)) }
        for known in try peers() {
            if known == peer { return }
            if known.identity == peer.identity {
                throw .enrolment(.enrolledAs("\(known.role.text) '\(known.name)'"))
            }
            if known.storedName == peer.storedName {
                throw .enrolment(.nameTaken(peer.name))
            }
        }
        try SignerError.vault { () throws(VaultError) in
            _ = try vault.transaction { transaction throws(VaultError) in
                try transaction.peers.enrol(peer.enrolled)
            }
        }
    }

    private static let cardName = "signer/identity-card"

    /// This signer's identity bundle, the same bytes every time.
    package func identityCard() throws(SignerError) -> Release {
        let key = try identityKey()
        let auxiliary = try Self.auxiliary()
        let envelope = Envelope(
            kind: .identity, direction: .response, network: profile.network, ceremony: nil,
            sender: profile.identity, recipient: nil, sequence: 0, previous: .zero, head: head,
            payload: IdentityPayload(name: profile.name, role: .signer).encoded())
        return try SignerError.vault { () throws(VaultError) in
            let committed = try vault.transaction { transaction throws(VaultError) in
                let bytes: [UInt8]
                if let digest = try transaction.settings.bytes(Self.cardName)
                    .flatMap({ Bytes32($0) }),
                    let stored = try transaction.blobs.bytes(digest)
                {
                    bytes = stored
                } else {
                    bytes = envelope.signed(with: key, auxiliary: auxiliary).bytes
                    let digest = try transaction.blobs.store(bytes)
                    try transaction.settings.set(Self.cardName, digest.bytes)
                }
                try transaction.authoriseRelease(
                    of: bytes, subject: profile.identity.bytes32, detail: "identity")
                return bytes
            }
            return try committed.receipt.release(committed.value)
        }
    }
}
