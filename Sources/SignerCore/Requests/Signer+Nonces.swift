import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import Secrets
import Validation
import Winternitz

extension Signer {
    /// Binds the ceremony to its graph, reserves a session and commits to one public nonce per
    /// signature, all in one commit.
    func releaseNonces(
        _ work: GraphWork, _ responder: borrowing Responder
    ) throws(SignerError) -> Release {
        let reservation = work.reservation(for: responder.request.digest)
        let root = try newRoot()
        let nonces = try publicNonces(work.plan, root, reservation.sessionDigest)
        let response = NoncesResponse(
            attempt: work.plan.attempt, graphDigest: work.program.digest, nonces: nonces)
        var reserved: ReservedSession?
        return try commit(responder) { transaction throws(VaultError) in
            try responder.note(transaction)
            try work.store(in: transaction, me: self.profile.identity)
            reserved = try root.withBytes { bytes throws(VaultError) in
                try transaction.begin(work, reservation, root: bytes)
            }
            return response
        } finish: { transaction, bundle throws(VaultError) in
            guard let reserved else {
                preconditionFailure("a session is reserved before its response is signed")
            }
            try transaction.nonceSessions.commitNonces(reserved, response: bundle.bytes)
        }
    }

    func newRoot() throws(SignerError) -> NonceRoot {
        do throws(SecretsError) {
            return try NonceRoot.generate()
        } catch { throw .secrets(error) }
    }

    /// The public nonces of a session, from its root.
    func publicNonces(
        _ plan: SessionPlan, _ root: borrowing NonceRoot, _ sessionDigest: Bytes32
    ) throws(SignerError) -> [PubNonce] {
        let key = try signingKey(plan.program.definition.id, .operators)
        do throws(SecretsError) {
            return try root.pubNonces(plan.nonceRequests(sessionDigest), key: key)
        } catch { throw .secrets(error) }
    }
}

extension SessionPlan {
    /// One request per signature, in the order of the plan.
    ///
    /// Rule MUS-KEYS has seen to it that all are for the operators' key.
    func nonceRequests(_ sessionDigest: Bytes32) -> [NonceRequest] {
        program.signatures.enumerated().map { index, signature in
            NonceRequest(
                sessionDigest: sessionDigest, index: index,
                keys: program.keyAggregation(of: signature),
                message: signature.task.sighash.bytes)
        }
    }
}

extension GraphWork {
    func reservation(for request: Bytes32) -> NonceReservation {
        NonceReservation(
            slot: NonceSlot(setupOf: program.definition.id), sessionDigest: plan.digest,
            requestDigest: request)
    }

    /// Stores what the graph was built from; the second visit builds it again from there.
    func store(
        in transaction: VaultTransaction, me: XOnlyPublicKey
    ) throws(VaultError) {
        let ceremony = program.definition.id.digest
        try transaction.ceremonies.bindGraph(ceremony, digest: program.digest)
        var newKeys: [OneTimeKey] = []
        for participant in announced where participant.keys.identity != me {
            let identity = participant.keys.identity.bytes
            try transaction.ceremonies.storeKeyBundle(
                KeyBundleRecord(
                    ceremony: ceremony, participant: identity,
                    bytes: participant.bundle.bytes))
            for (variable, key) in participant.keys.oneTimeKeys.sorted(by: { $0.key < $1.key }) {
                let name = OneTimeKeyName(
                    program.definition, variable, owner: .peer(identity: identity))
                // A later attempt brings the same keys under the same names.
                let known = try transaction.oneTime.announcedName(key.digest, by: name.owner)
                if known == name { continue }
                newKeys.append(OneTimeKey(name: name, publicKeyDigest: key.digest))
            }
        }
        if !newKeys.isEmpty { try transaction.oneTime.announce(newKeys) }
    }
}

extension VaultTransaction {
    /// Reserves the session of a new attempt and records the attempt.
    func begin(
        _ work: GraphWork, _ reservation: NonceReservation, root: Span<UInt8>
    ) throws(VaultError) -> ReservedSession {
        let evidence = NoncesRequest(attempt: work.plan.attempt, evidence: work.evidence)
        let digest = try blobs.store(evidence.encoded())
        guard case .reserved(let reserved) = try nonceSessions.reserve(reservation, root: root)
        else {
            preconditionFailure("an attempt begins only while no session is open")
        }
        try settings.setSession(
            SessionRecord(
                attempt: work.plan.attempt, session: reserved.id, graph: work.program.digest,
                evidence: digest),
            of: work.program.definition.id)
        return reserved
    }
}
