import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation

/// A ceremony of real signers, taken as far as a test wants.
final class SignerCeremony {
    /// In the definition's canonical order.
    let operators: [SignerOperator]
    let definition: CeremonyDefinition
    private(set) var keysBundles: [SignedBundle] = []
    private(set) var nonceBundles: [XOnlyPublicKey: SignedBundle] = [:]
    private(set) var partialBundles: [XOnlyPublicKey: SignedBundle] = [:]

    /// Makes the signers, and everybody knows everybody.
    ///
    /// - Parameter last: Number of the operator, as made, that signs last.
    init(operatorCount: Int, last: Int? = nil, folder: String? = nil) throws {
        let made = try (0..<operatorCount).map { index in
            try SignerOperator(
                CeremonyFixture.name(index), folder: folder.map { "\($0)/\(index)" })
        }
        let definition = try CeremonyDefinition(
            network: .regtest, title: "test lock", instance: [UInt8](0..<16),
            participants: made.map { Participant(name: $0.name, identity: $0.identity) },
            lastSigner: last.map { made[$0].name }, lock: .fixture())
        self.definition = definition
        operators = definition.participants.compactMap { participant in
            made.first { $0.identity == participant.identity }
        }
        let cards = try operators.map { try $0.card() }
        for (index, who) in operators.enumerated() {
            try who.enrol(who.watcherCard())
            for (other, card) in cards.enumerated() where other != index {
                try who.enrol(card)
            }
        }
    }

    var id: CeremonyID { definition.id }
    var lastIndex: Int? { definition.lastSigner }
    /// Those who come twice.
    var ordinary: [SignerOperator] {
        operators.enumerated().filter { $0.offset != lastIndex }.map(\.element)
    }

    // MARK: - What a watcher computes

    func program() throws -> ProgramGraph {
        let keys = try keysBundles.map { try AnnouncedKeys(decoding: $0.bytes).keys }
        let aggregates = try ProgramAggregates(definition: definition, keys: keys)
        return try ProgramGraph(
            definition: definition, keys: keys, funding: CeremonyFixture.funding(of: aggregates))
    }

    func evidence() throws -> GraphEvidence {
        CeremonyFixture.evidence(of: try program(), keysBundles: keysBundles)
    }

    // MARK: - Requests

    func registration(_ who: SignerOperator) throws -> SignedBundle {
        try who.request(.registration, RegistrationRequest(definition: definition), id)
    }

    func noncesRequest(_ who: SignerOperator, attempt: UInt32 = 1) throws -> SignedBundle {
        try who.request(.nonces, NoncesRequest(attempt: attempt, evidence: evidence()), id)
    }

    func partialsPayload(
        _ who: SignerOperator, attempt: UInt32 = 1
    ) throws -> PartialSignaturesRequest {
        let isLast = lastIndex.map { operators[$0].identity } == who.identity
        let others = operators.filter { $0.identity != who.identity }.compactMap { other in
            (nonceBundles[other.identity] ?? partialBundles[other.identity])?.bytes
        }
        return PartialSignaturesRequest(
            attempt: attempt, graphDigest: try program().digest, nonceBundles: others,
            evidence: isLast ? try evidence() : nil)
    }

    func partialsRequest(_ who: SignerOperator, attempt: UInt32 = 1) throws -> SignedBundle {
        try who.request(.partialSignatures, partialsPayload(who, attempt: attempt), id)
    }

    func revealPayload() throws -> RevealRequest {
        let program = try program()
        let accept = try #require(program.graph[.lock(.accept)])
        return RevealRequest(
            variable: .acceptance, message: accept.txid.bytes.bytes,
            proof: CeremonyFixture.confirmation(of: accept.transaction, headerCount: 1))
    }

    // MARK: - Steps

    func register() throws {
        keysBundles = try operators.map { try $0.answer(registration($0)) }
    }

    func releaseNonces(attempt: UInt32 = 1) throws {
        for who in ordinary {
            nonceBundles[who.identity] = try who.answer(noncesRequest(who, attempt: attempt))
        }
    }

    func signLast(attempt: UInt32 = 1) throws {
        guard let lastIndex else { return }
        let who = operators[lastIndex]
        partialBundles[who.identity] = try who.answer(partialsRequest(who, attempt: attempt))
    }

    func sign(attempt: UInt32 = 1) throws {
        for who in ordinary {
            partialBundles[who.identity] = try who.answer(
                partialsRequest(who, attempt: attempt))
        }
    }

    // MARK: - Steps that a test has taken itself

    func register(exceptFor registered: SignerOperator) throws {
        keysBundles = try operators.map { who in
            who.identity == registered.identity
                ? try lastAnswer(of: who) : try who.answer(registration(who))
        }
    }

    func takeNonces(of who: SignerOperator) throws {
        nonceBundles[who.identity] = try lastAnswer(of: who)
    }

    func takePartials(of who: SignerOperator) throws {
        partialBundles[who.identity] = try lastAnswer(of: who)
    }

    private func lastAnswer(of who: SignerOperator) throws -> SignedBundle {
        let state = try #require(try who.signer.vault.channels.state(who.watcher.xOnly.bytes))
        let bytes = try #require(try who.signer.vault.blobs.bytes(state.response))
        return try SignedBundle(decoding: bytes)
    }

    /// Everything up to, and not including, the second visits.
    func prepareSigning() throws {
        try register()
        try releaseNonces()
        try signLast()
    }

    // MARK: - Results

    func responses() throws -> [PartialSignaturesResponse] {
        try operators.map { who in
            let bundle = try #require(partialBundles[who.identity])
            return try PartialSignaturesResponse.decoded(from: bundle.envelope.payload)
        }
    }

    /// Everybody's public nonces in canonical order.
    func nonces() throws -> [[PubNonce]] {
        try operators.map { who in
            if let bundle = nonceBundles[who.identity] {
                return try NoncesResponse.decoded(from: bundle.envelope.payload).nonces
            }
            let bundle = try #require(partialBundles[who.identity])
            let response = try PartialSignaturesResponse.decoded(from: bundle.envelope.payload)
            return try #require(response.nonces)
        }
    }

    func transcript(attempt: UInt32 = 1) throws -> CeremonyTranscript {
        let program = try program()
        return CeremonyTranscript(
            ceremony: id, attempt: attempt, graphDigest: program.digest,
            keysDigests: program.participants.map(\.digest),
            noncesDigests: try nonces().map(CeremonyTranscript.noncesDigest))
    }

    /// The final signatures, by task.
    func signatures() throws -> [SigningTask<TransactionLabel>.ID: SchnorrSignature] {
        let program = try program()
        let nonces = try nonces()
        let responses = try responses()
        var result: [SigningTask<TransactionLabel>.ID: SchnorrSignature] = [:]
        for (index, signature) in program.signatures.enumerated() {
            let session = SessionContext(
                aggNonce: try AggNonce(aggregating: nonces.map { $0[index] }),
                keys: program.keyAggregation(of: signature),
                message: signature.task.sighash.bytes)
            result[signature.task.id] = try SchnorrSignature(
                aggregating: responses.map { $0.signatures[index] }, session: session)
        }
        return result
    }
}
