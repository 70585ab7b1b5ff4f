package import Bitcoin
package import Curve
package import Exchange
package import Model
package import Primitives

/// Makes bundles with the keys of fixtures, sound ones and broken ones.
package enum FixtureBundle {
    /// Signs an envelope; the sender is the key's owner.
    package static func sign(
        _ envelope: Envelope, with key: FixtureKey
    ) throws -> SignedBundle {
        try SignedBundle(envelope, signature: key.sign(envelope.digest))
    }

    /// Frames any body under a valid signature, whether or not the body is an envelope.
    package static func frame(_ body: [UInt8], signedWith key: FixtureKey) throws -> [UInt8] {
        let digest = TaggedHash("BitVMX/bundle/v1").hash(body)
        let parts: [CBORValue] = [.bytes(body), .bytes(try key.sign(digest).bytes)]
        return Array("BVXB".utf8) + CBORValue.array(parts).encode()
    }

    /// A signer's message to everybody, as after its first request.
    package static func response(
        _ kind: BundleKind, _ payload: some BundlePayload, of owner: FixtureOperator,
        in definition: CeremonyDefinition
    ) throws -> SignedBundle {
        let envelope = Envelope(
            kind: kind, direction: .response, network: definition.network,
            ceremony: definition.id, sender: owner.identity.xOnly, recipient: nil, sequence: 1,
            previous: Bytes32.zero, head: LogHead.empty, payload: payload.encoded())
        return try sign(envelope, with: owner.identity)
    }

    /// A keys bundle.
    package static func keys(
        _ keys: ParticipantKeys, of owner: FixtureOperator, in definition: CeremonyDefinition
    ) throws -> SignedBundle {
        try response(.keys, KeysResponse(keys: keys), of: owner, in: definition)
    }

    /// A request of an operator's watcher to its signer.
    package static func request(
        _ kind: BundleKind, _ payload: some BundlePayload, of owner: FixtureOperator,
        ceremony: CeremonyID?
    ) throws -> SignedBundle {
        let envelope = Envelope(
            kind: kind, direction: .request, network: .regtest, ceremony: ceremony,
            sender: owner.watcher.xOnly, recipient: owner.identity.xOnly, sequence: 1,
            previous: Bytes32.zero, head: LogHead.empty, payload: payload.encoded())
        return try sign(envelope, with: owner.watcher)
    }
}

extension Envelope {
    /// The same envelope with some fields replaced.
    package func changing(
        kind: BundleKind? = nil, direction: BundleDirection? = nil, network: Network? = nil,
        ceremony: CeremonyID?? = nil, sender: XOnlyPublicKey? = nil,
        recipient: XOnlyPublicKey?? = nil, sequence: UInt64? = nil, previous: Bytes32? = nil,
        head: LogHead? = nil, payload: [UInt8]? = nil
    ) -> Envelope {
        Envelope(
            kind: kind ?? self.kind, direction: direction ?? self.direction,
            network: network ?? self.network, ceremony: ceremony ?? self.ceremony,
            sender: sender ?? self.sender, recipient: recipient ?? self.recipient,
            sequence: sequence ?? self.sequence, previous: previous ?? self.previous,
            head: head ?? self.head, payload: payload ?? self.payload)
    }
}
