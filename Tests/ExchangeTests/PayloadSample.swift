import Bitcoin
import Exchange
import Model
import Primitives
import TestSupport
import Testing

/// A payload of one kind with its decoder.
struct PayloadSample: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: BundleKind
    let direction: BundleDirection
    let bytes: [UInt8]
    /// Decodes and encodes again.
    let recode: @Sendable ([UInt8]) throws -> [UInt8]
    /// Whether the bytes decode to the sample's value.
    let isSame: @Sendable ([UInt8]) throws -> Bool

    var testDescription: String { name }

    init<Payload: BundlePayload & Equatable & Sendable>(
        _ payload: Payload, _ kind: BundleKind, _ direction: BundleDirection,
        _ detail: String = ""
    ) {
        name = Payload.recordName + detail
        self.kind = kind
        self.direction = direction
        bytes = payload.encoded()
        recode = { try Payload.decoded(from: $0).encoded() }
        isSame = { try Payload.decoded(from: $0) == payload }
    }

    /// One of every kind and direction, and of every variant with optional fields.
    static func all() throws -> [PayloadSample] {
        let fixture = try CeremonyFixture(operatorCount: 2, lastSigner: 1)
        let last = try #require(fixture.definition.lastSigner)
        let first = 1 - last
        let nonces = try fixture.nonces(first).map(\.pubNonce)
        let nonceBundles = [try fixture.noncesBundle(first).bytes]
        let graph = fixture.graphDigest
        let reveal = try fixture.revealRequest(headerCount: 2)
        let signature = try fixture.operators[0].oneTimeSignature(
            reveal.message, .lockAcceptance, in: fixture.definition.id)
        let hash = try VariableDeclaration.hash(0)
        let chosen = RevealResponse(
            variable: hash.name, message: [UInt8](0..<20),
            signature: try fixture.operators[0].oneTimeSignature(
                [UInt8](0..<20), hash, in: fixture.definition.id))
        let bothProfiles = try fixture.operators[0].keys(
            for: fixture.definition, declaring: [.lockAcceptance, hash])
        let name = fixture.operators[0].name
        return [
            PayloadSample(IdentityPayload(name: name, role: .signer), .identity, .response),
            PayloadSample(
                IdentityPayload(name: name, role: .watcher), .identity, .request, " of a watcher"),
            PayloadSample(
                RegistrationRequest(definition: fixture.definition), .registration, .request),
            PayloadSample(KeysResponse(keys: fixture.keys[0]), .keys, .response),
            PayloadSample(
                KeysResponse(keys: bothProfiles), .keys, .response, " of both profiles"),
            PayloadSample(
                NoncesRequest(attempt: 1, evidence: fixture.evidence), .nonces, .request),
            PayloadSample(
                NoncesResponse(attempt: 3, graphDigest: graph, nonces: nonces), .nonces, .response),
            PayloadSample(
                PartialSignaturesRequest(
                    attempt: 1, graphDigest: graph, nonceBundles: nonceBundles, evidence: nil),
                .partialSignatures, .request),
            PayloadSample(
                PartialSignaturesRequest(
                    attempt: 1, graphDigest: graph, nonceBundles: nonceBundles,
                    evidence: fixture.evidence),
                .partialSignatures, .request, " of the last signer"),
            PayloadSample(
                try fixture.partialSignatures(first), .partialSignatures, .response),
            PayloadSample(
                try fixture.partialSignatures(last), .partialSignatures, .response,
                " of the last signer"),
            PayloadSample(reveal, .reveal, .request),
            PayloadSample(
                RevealResponse(
                    variable: .acceptance, message: reveal.message, signature: signature),
                .reveal, .response),
            PayloadSample(chosen, .reveal, .response, " of profile 2"),
            PayloadSample(StatusRequest(), .status, .request),
            PayloadSample(
                StatusResponse(epoch: 2, ceremonies: [fixture.definition.id]), .status, .response),
        ]
    }

    /// The sample in a bundle signed by `key`.
    func bundle(signedWith key: FixtureKey) throws -> SignedBundle {
        let isAboutCeremony = kind != .identity && kind != .status
        let envelope = Envelope(
            kind: kind, direction: direction, network: .regtest,
            ceremony: isAboutCeremony ? CeremonyID(SHA256.hash([1])) : nil, sender: key.xOnly,
            recipient: direction == .request ? try FixtureKey("recipient").xOnly : nil,
            sequence: 3, previous: SHA256.hash([2]),
            head: LogHead(index: 7, hash: SHA256.hash([3])), payload: bytes)
        return try FixtureBundle.sign(envelope, with: key)
    }
}
