import Bitcoin
import Curve
import Exchange
import Foundation
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Secrets
import SignerCore

/// A signer's vault in a folder of its own, and what a watcher brings to it.
final class VisitScene {
    static let signatureCount = BundleSuite.nonceCount

    private static let channel = Array("watcher".utf8)
    private static let evidenceSetting = "bench/evidence"
    private static let passphrase = Array("a passphrase for measuring".utf8)

    private let folder: URL
    private let keys: KeyAggContext
    private let graphDigest: Bytes32
    private let firstRequest: [UInt8]

    private var location: VaultLocation {
        VaultLocation(stateDirectory: folder.appending(path: "state").path)
    }
    private var slot: NonceSlot { NonceSlot(ceremony: .zero, round: "setup") }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "bitvmx-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        keys = try KeyAggContext(KeySort.sorted(SeededKeys.publicKeys(3)))
        let graph = try Self.graph(keys)
        graphDigest = graph.digest
        let request = NoncesRequest(attempt: 1, evidence: Self.evidence(of: graph))
        firstRequest = try BundleSuite.seal(request, signer: 9).bytes
        let passphrase = Self.passphrase
        _ = try Vault.create(
            at: location, passphrase: passphrase.span, origin: .freshSeed,
            settings: Self.settings)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// With hardly any stretching of the passphrase, which is measured by itself.
    private static let settings = VaultSettings.unsafeForTests()

    private func open() throws -> Vault {
        let passphrase = Self.passphrase
        return try Vault.open(
            at: location, passphrase: passphrase.span, settings: Self.settings)
    }

    // MARK: - What the watcher computes

    private static func graph(_ keys: KeyAggContext) throws -> Graph<ChainLabel> {
        try Graph(
            building: SyntheticGraph.description(
                signatureCount: signatureCount, key: keys.xOnly))
    }

    private static func evidence(of graph: Graph<ChainLabel>) -> GraphEvidence {
        let tasks = Dictionary(grouping: graph.plan.tasks) { $0.id.label }
        let claimed = graph.transactions.map { transaction in
            ClaimedTransaction(
                label: transaction.label.text,
                transaction: transaction.transaction.encodedWithoutWitness(),
                txid: transaction.txid,
                sighashes: (tasks[transaction.label] ?? []).map(\.sighash))
        }
        return GraphEvidence(
            keysBundles: [], funding: Funding(transaction: graph.transactions[0].transaction),
            graphDigest: graph.digest, transactions: claimed)
    }

    /// Everybody else's nonces, for the graph that was agreed on.
    func secondRequest() throws -> [UInt8] {
        let others = try (1...2).map { signer in
            try BundleSuite.seal(BundleSuite.nonces(signer: signer), signer: signer).bytes
        }
        let request = PartialSignaturesRequest(
            attempt: 1, graphDigest: graphDigest, nonceBundles: others, evidence: nil)
        return try BundleSuite.seal(request, signer: 9).bytes
    }

    // MARK: - What the signer does

    /// Builds the graph anew and compares every claimed transaction, txid and sighash with it.
    private func rebuilt(_ evidence: GraphEvidence) throws -> Graph<ChainLabel> {
        let graph = try Self.graph(keys)
        guard evidence == Self.evidence(of: graph) else { throw BenchError.otherGraph }
        return graph
    }

    private func nonceRequests(_ graph: Graph<ChainLabel>) -> [NonceRequest] {
        graph.plan.tasks.enumerated().map { index, task in
            NonceRequest(
                sessionDigest: graph.digest, index: index, keys: keys,
                message: task.sighash.bytes)
        }
    }

    /// The first visit, from the request's bytes to the committed response.
    func releaseNonces() throws {
        let vault = try open()
        let request = try SignedBundle(decoding: firstRequest)
        let payload = try NoncesRequest.decoded(from: request.envelope.payload)
        let graph = try rebuilt(payload.evidence)
        let root = try NonceRoot.generate()
        let nonces = try root.pubNonces(nonceRequests(graph), key: SeededKeys.secretKey(0))
        let response = try BundleSuite.seal(
            NoncesResponse(attempt: 1, graphDigest: graph.digest, nonces: nonces), signer: 0)
        let reservation = NonceReservation(
            slot: slot, sessionDigest: graph.digest, requestDigest: request.digest)
        let committed = try vault.transaction { transaction throws(VaultError) in
            let evidence = try transaction.blobs.store(payload.encoded())
            try transaction.settings.set(Self.evidenceSetting, evidence.bytes)
            let outcome = try root.withBytes { bytes throws(VaultError) in
                try transaction.nonceSessions.reserve(reservation, root: bytes)
            }
            guard case .reserved(let reserved) = outcome else {
                preconditionFailure("a new vault has no session")
            }
            try transaction.nonceSessions.commitNonces(reserved, response: response.bytes)
            try transaction.channels.advance(
                ChannelStep(
                    channel: Self.channel, sequence: 1, previousResponse: nil,
                    request: request.digest), response: response.bytes)
        }
        _ = try committed.receipt.release(response.bytes)
    }

    /// The second visit, from the request's bytes to the committed response.
    ///
    /// - Returns: How long the response is.
    func sign(_ bytes: [UInt8]) throws -> Int {
        let vault = try open()
        let request = try SignedBundle(decoding: bytes)
        let payload = try PartialSignaturesRequest.decoded(from: request.envelope.payload)
        let others = try payload.nonceBundles.map(Self.nonces)
        guard let digest = try vault.settings.bytes(Self.evidenceSetting).flatMap({ Bytes32($0) }),
            let stored = try vault.blobs.bytes(digest),
            let session = try vault.nonceSessions.open(in: slot),
            case .noncesReleased(let first) = session.state,
            let released = try vault.blobs.bytes(first)
        else { throw BenchError.noSession }
        let graph = try rebuilt(NoncesRequest.decoded(from: stored).evidence)
        try vault.nonceSessions.checkBurn(session.id, request: request.digest)
        let burnt = try vault.burn(session.id, requestDigest: request.digest)
        let ticket = burnt.ticket
        let partials = try signatures(
            graph, NonceRoot(burnt.takeRoot()), released: Self.nonces(released), others)
        let key = try SeededKeys.secretKey(0)
        let share = key.schnorrSign(message: graph.digest.bytes, auxiliary: .zero)
        let response = try BundleSuite.seal(
            PartialSignaturesResponse(
                attempt: 1, graphDigest: graph.digest, nonces: nil, signatures: partials,
                certificateShare: share), signer: 0)
        let committed = try vault.transaction { transaction throws(VaultError) in
            try transaction.nonceSessions.storeResponse(ticket, response: response.bytes)
            try transaction.channels.advance(
                ChannelStep(
                    channel: Self.channel, sequence: 2, previousResponse: first,
                    request: request.digest), response: response.bytes)
        }
        return try committed.receipt.release(response.bytes).bytes.count
    }

    private static func nonces(_ bundle: [UInt8]) throws -> [PubNonce] {
        try NoncesResponse.decoded(from: SignedBundle(decoding: bundle).envelope.payload).nonces
    }

    /// Makes the nonces again, compares them with the released ones, signs, and checks every
    /// signature.
    private func signatures(
        _ graph: Graph<ChainLabel>, _ root: consuming NonceRoot, released: [PubNonce],
        _ others: [[PubNonce]]
    ) throws -> [PartialSignature] {
        let key = try SeededKeys.secretKey(0)
        let requests = nonceRequests(graph)
        let own = try root.pubNonces(requests, key: key)
        guard own == released else { throw BenchError.otherNonces }
        let aggregates = try own.indices.map { index in
            try AggNonce(aggregating: [own[index]] + others.map { $0[index] })
        }
        let partials = try root.partialSignatures(
            zip(requests, aggregates).map { SigningRequest(nonce: $0, aggNonce: $1) }, key: key)
        for index in partials.indices {
            let session = SessionContext(
                aggNonce: aggregates[index], keys: keys, message: requests[index].message)
            guard
                partials[index].verify(
                    pubNonce: own[index], publicKey: key.publicKey, session: session)
            else { throw BenchError.wrongSignature(index: index) }
        }
        return partials
    }
}
