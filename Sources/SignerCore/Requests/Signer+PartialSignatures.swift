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

// The order below is the point: everything that can be checked without the root is checked before
// the tombstone; the root leaves the vault only with the tombstone on the disk; what is checked with
// the root in hand can therefore only lose the session, never use it twice.
//
// Source: docs/protocol/musig2-sessions.md, "Second visit".
extension Signer {
    /// Burns the session and signs with it.
    func signPartially(
        _ work: PartialWork, _ responder: borrowing Responder
    ) throws(SignerError) -> Release {
        let ceremony = work.program.definition.id
        let key = try signingKey(ceremony, .operators)
        let burnt = try burn(work.session, for: responder.request.digest)
        let ticket = burnt.ticket
        let root = try Self.root(burnt)
        let plan = work.plan.nonceRequests(ticket.sessionDigest)
        let mine: [PubNonce]
        do throws(SecretsError) {
            mine = try root.pubNonces(plan, key: key)
        } catch { throw .secrets(error) }
        var report = RuleReport()
        report.apply(NonceRules.all, to: NonceSubject(work, mine: mine))
        try report.requireMet()
        let nonces = work.program.allNonces(
            mine: mine, me: work.plan.me, others: work.others)
        let requests = plan.enumerated().map { index, request in
            SigningRequest(
                nonce: request, aggNonce: SessionPlan.aggregate(nonces.map { $0[index] }))
        }
        let signatures: [PartialSignature]
        do throws(PartialSignError) {
            signatures = try root.partialSignatures(requests, key: key)
        } catch { throw .signing(error) }
        let made = MadeSignatures(plan: work.plan, nonces: nonces, signatures: signatures)
        return try release(made, ticket, ownNonces: nil, responder)
    }

    /// Signs as the participant that comes last: BIP-327 DeterministicSign, in one visit.
    ///
    /// The nonces follow from the others' nonces, so no secret waits between two visits. The ledger
    /// is kept all the same: one attempt answers one request.
    func signLast(
        _ work: LastWork, _ responder: borrowing Responder
    ) throws(SignerError) -> Release {
        let session = try beginLast(work.graph, responder)
        // Only the tombstone is needed: DeterministicSign makes its own nonces.
        let ticket = try burn(session, for: responder.request.digest).ticket
        let key = try signingKey(work.program.definition.id, .operators)
        var mine: [PubNonce] = []
        var signatures: [PartialSignature] = []
        for (index, signature) in work.program.signatures.enumerated() {
            let request = DeterministicSign.Request(
                aggOtherNonce: SessionPlan.aggregate(work.others.map { $0.nonces[index] }),
                keys: work.program.keyAggregation(of: signature),
                message: signature.task.sighash.bytes, randomness: nil)
            do throws(PartialSignError) {
                let result = try DeterministicSign.sign(request, with: key)
                mine.append(result.pubNonce)
                signatures.append(result.signature)
            } catch { throw .signing(error) }
        }
        let nonces = work.program.allNonces(
            mine: mine, me: work.graph.plan.me, others: work.others)
        let made = MadeSignatures(
            plan: work.graph.plan, nonces: nonces, signatures: signatures)
        return try release(made, ticket, ownNonces: mine, responder)
    }

    /// Binds the graph and opens a session whose nonces are nobody's business.
    private func beginLast(
        _ work: GraphWork, _ responder: borrowing Responder
    ) throws(SignerError) -> Bytes32 {
        let reservation = work.reservation(for: responder.request.digest)
        let root = try newRoot()
        do throws(VaultError) {
            let committed = try vault.transaction { transaction throws(VaultError) in
                try work.store(in: transaction, me: self.profile.identity)
                let reserved = try root.withBytes { bytes throws(VaultError) in
                    try transaction.begin(work, reservation, root: bytes)
                }
                // The vault burns only sessions whose nonces left; here a sentence stands for them.
                try transaction.nonceSessions.commitNonces(
                    reserved, response: Array("signs last, releases no nonces".utf8))
                return reserved.id
            }
            return committed.value
        } catch { throw .vault(error) }
    }

    /// Puts the tombstone on the disk and takes the root out of the vault.
    private func burn(
        _ session: Bytes32, for request: Bytes32
    ) throws(SignerError) -> BurntSession {
        do throws(VaultError) {
            return try vault.burn(session, requestDigest: request)
        } catch { throw .vault(error) }
    }

    private static func root(_ burnt: consuming BurntSession) throws(SignerError) -> NonceRoot {
        do throws(SecretsError) {
            return try NonceRoot(burnt.takeRoot())
        } catch { throw .secrets(error) }
    }

    /// Judges the own response by the rules that every watcher applies to it, stores it, and lets
    /// it go.
    private func release(
        _ made: MadeSignatures, _ ticket: BurntTicket, ownNonces: [PubNonce]?,
        _ responder: borrowing Responder
    ) throws(SignerError) -> Release {
        let transcript = made.plan.transcript(made.nonces)
        let unchecked = PartialSignaturesResponse(
            attempt: made.plan.attempt, graphDigest: made.plan.program.digest,
            nonces: ownNonces, signatures: made.signatures,
            certificateShare: responder.certificateShare(transcript))
        // Judged as it will be read: from its bytes.
        let response = try SignerError.exchange { () throws(ExchangeError) in
            try PartialSignaturesResponse.decoded(from: unchecked.encoded())
        }
        var report = RuleReport()
        report.apply(
            ResponseRules.all,
            to: ResponseSubject(
                program: made.plan.program, transcript: transcript, signer: profile.identity,
                response: response, nonces: made.mine,
                sessions: made.plan.sessions(made.nonces)))
        try report.requireMet()
        return try commit(responder) { transaction throws(VaultError) in
            try responder.note(transaction)
            return response
        } finish: { transaction, bundle throws(VaultError) in
            try transaction.nonceSessions.storeResponse(ticket, response: bundle.bytes)
        }
    }
}

/// The signatures of one session with all nonces that they were made under.
private struct MadeSignatures {
    let plan: SessionPlan
    /// Of every participant in canonical order.
    let nonces: [[PubNonce]]
    let signatures: [PartialSignature]

    var mine: [PubNonce] {
        let index = plan.program.participants.firstIndex { $0.identity == plan.me.identity }
        return index.map { nonces[$0] } ?? []
    }
}
