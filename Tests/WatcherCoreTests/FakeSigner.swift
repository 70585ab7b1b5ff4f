import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import TestSupport
import Winternitz

/// A signer that answers every request of its watcher, with real keys and real signatures.
struct FakeSigner {
    let fixture: CeremonyFixture
    /// In the definition's canonical order.
    let index: Int
    private(set) var head: LogHead

    init(_ fixture: CeremonyFixture, _ index: Int) {
        self.fixture = fixture
        self.index = index
        head = LogHead(index: 2, hash: SHA256.hash([UInt8(index)]))
    }

    var owner: FixtureOperator { fixture.operators[index] }

    /// The bundle that watchers enrol.
    func identityBundle(network: Network = .regtest) throws -> SignedBundle {
        let payload = IdentityPayload(name: owner.name, role: .signer)
        let envelope = Envelope(
            kind: .identity, direction: .response, network: network, ceremony: nil,
            sender: owner.identity.xOnly, recipient: nil, sequence: 0, previous: .zero,
            head: head, payload: payload.encoded())
        return try FixtureBundle.sign(envelope, with: owner.identity)
    }

    /// The response to a request, as the envelope that a test may still break.
    mutating func envelope(answering request: SignedBundle) throws -> Envelope {
        let asked = request.envelope
        head = LogHead(
            index: head.index + 1, hash: SHA256.hash(head.hash.bytes + request.digest.bytes))
        return Envelope(
            kind: asked.kind.answer, direction: .response, network: asked.network,
            ceremony: asked.ceremony, sender: owner.identity.xOnly, recipient: nil,
            sequence: asked.sequence, previous: request.digest, head: head,
            payload: try payload(answering: asked))
    }

    mutating func answer(_ request: SignedBundle) throws -> SignedBundle {
        try FixtureBundle.sign(envelope(answering: request), with: owner.identity)
    }

    private func payload(answering asked: Envelope) throws -> [UInt8] {
        switch asked.kind {
        case .registration:
            return KeysResponse(keys: fixture.keys[index]).encoded()
        case .nonces:
            let request = try NoncesRequest.decoded(from: asked.payload)
            let nonces = try fixture.nonces(index, attempt: request.attempt).map(\.pubNonce)
            return NoncesResponse(
                attempt: request.attempt, graphDigest: fixture.graphDigest, nonces: nonces
            ).encoded()
        case .partialSignatures:
            let request = try PartialSignaturesRequest.decoded(from: asked.payload)
            return try fixture.partialSignatures(index, attempt: request.attempt).encoded()
        case .reveal: return try fixture.reveal(by: index).encoded()
        case .status: return StatusResponse(epoch: 1, ceremonies: []).encoded()
        case .identity, .keys: return []
        }
    }
}

extension CeremonyFixture {
    /// The one-time signature of the accept transaction's id.
    func reveal(by index: Int) throws -> RevealResponse {
        let request = try revealRequest()
        return RevealResponse(
            variable: request.variable, message: request.message,
            signature: try operators[index].oneTimeSignature(
                request.message, .lockAcceptance, in: definition.id))
    }

    /// The bundle with the partial signatures of the operator at an index.
    func partialsBundle(_ index: Int, attempt: UInt32 = 1) throws -> SignedBundle {
        try FixtureBundle.response(
            .partialSignatures, partialSignatures(index, attempt: attempt),
            of: operators[index], in: definition)
    }

    func revealBundle(_ index: Int) throws -> SignedBundle {
        try FixtureBundle.response(
            .reveal, reveal(by: index), of: operators[index], in: definition)
    }
}
