package import Curve
package import Exchange
package import Model
package import MuSig2
import Primitives
package import ProtocolBuilder
package import Protocols
package import Validation

/// One signing attempt with everybody's public nonces: what each partial signature must be.
package struct SigningRound: Sendable {
    package let program: ProgramGraph
    package let transcript: CeremonyTranscript
    /// Public nonces of every participant, in canonical order; one per signature.
    package let nonces: [[PubNonce]]
    /// One per signature.
    package let sessions: [SessionContext]

    /// - Parameters:
    ///   - nonces: Of all participants in canonical order.
    /// - Throws: `MuSig2Error`; with one nonce per signature from everybody it does not.
    package init(
        program: ProgramGraph, attempt: UInt32, nonces: [[PubNonce]]
    ) throws(MuSig2Error) {
        var sessions: [SessionContext] = []
        for (index, signature) in program.signatures.enumerated() {
            let aggNonce = try AggNonce(aggregating: nonces.map { $0[index] })
            sessions.append(
                SessionContext(
                    aggNonce: aggNonce, keys: program.keyAggregation(of: signature),
                    message: signature.task.sighash.bytes))
        }
        self.program = program
        self.nonces = nonces
        self.sessions = sessions
        transcript = CeremonyTranscript(
            ceremony: program.definition.id, attempt: attempt, graphDigest: program.digest,
            keysDigests: program.participants.map(\.digest),
            noncesDigests: nonces.map(CeremonyTranscript.noncesDigest))
    }

    /// Judges one participant's partial signatures by the POST rules.
    ///
    /// - Parameter index: 0-based position of the participant in canonical order.
    package func report(
        on response: PartialSignaturesResponse, ofParticipant index: Int
    ) -> RuleReport {
        var report = RuleReport()
        report.apply(
            ResponseRules.all,
            to: ResponseSubject(
                program: program, transcript: transcript,
                signer: program.definition.participants[index].identity, response: response,
                nonces: nonces[index], sessions: sessions))
        return report
    }

    /// The final signatures, each verified under the key of its task.
    ///
    /// - Parameter responses: Of all participants, judged to be valid.
    /// - Throws: `WatcherError.invalidSignature`.
    package func signatures(
        aggregating responses: [PartialSignaturesResponse]
    ) throws(WatcherError) -> [SigningTask<TransactionLabel>.ID: SchnorrSignature] {
        var result: [SigningTask<TransactionLabel>.ID: SchnorrSignature] = [:]
        for (index, signature) in program.signatures.enumerated() {
            let shares = responses.map { $0.signatures[index] }
            guard
                let final = try? SchnorrSignature(
                    aggregating: shares, session: sessions[index]),
                signature.task.key.verify(final, message: signature.task.sighash)
            else { throw .invalidSignature(place: signature.place) }
            result[signature.task.id] = final
        }
        return result
    }
}
