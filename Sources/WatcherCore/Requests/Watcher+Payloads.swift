import Bitcoin
import Curve
package import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
package import Protocols
import Validation

// What requests carry. Every payload is held to the rules that the signer will apply, as far as
// the watcher knows their subjects: a trip to the cold machine costs a day.

extension Watcher {
    func payload(
        _ kind: BundleKind, _ assessment: ProgramAssessment
    ) throws(WatcherError) -> [UInt8] {
        switch kind {
        case .registration:
            let definition = assessment.record.definition
            try report(on: definition).checkForWatcher()
            return RegistrationRequest(definition: definition).encoded()
        case .nonces:
            return NoncesRequest(
                attempt: assessment.record.attempt, evidence: try evidence(assessment)
            ).encoded()
        case .partialSignatures: return try partialSignaturesPayload(assessment)
        case .identity, .keys, .reveal, .status:
            preconditionFailure("a program asks for registration, nonces and signatures")
        }
    }

    /// Keys, funding and graph, after the GRF, TIM, DST and MUS-KEYS rules.
    private func evidence(
        _ assessment: ProgramAssessment
    ) throws(WatcherError) -> GraphEvidence {
        guard let ownSigner else { throw .noSigner }
        guard let program = assessment.program else {
            throw .notReady(assessment.record.id, wait: nextStep(assessment).text)
        }
        let evidence = GraphEvidence(
            keysBundles: assessment.record.identities.compactMap {
                assessment.record.keysBundle(of: $0)?.bytes
            }, program: program)
        var report = RuleReport()
        report.apply(
            GraphRules.all,
            to: GraphSubject(
                program: program, evidence: evidence,
                boundDigest: boundDigest(assessment.record), me: ownSigner.identity,
                policy: policy))
        try report.checkForWatcher()
        return evidence
    }

    /// The graph that the own signer gave nonces for in any attempt.
    private func boundDigest(_ record: ProgramRecord) -> Bytes32? {
        for (slot, bundle) in record.bundles
        where bundle.envelope.sender == ownSigner?.identity {
            switch slot {
            case .nonces:
                return (try? NoncesResponse.decoded(from: bundle.envelope.payload))?.graphDigest
            case .partialSignatures:
                return
                    (try? PartialSignaturesResponse.decoded(from: bundle.envelope.payload))?
                    .graphDigest
            case .keys, .reveal: continue
            }
        }
        return nil
    }

    private func partialSignaturesPayload(
        _ assessment: ProgramAssessment
    ) throws(WatcherError) -> [UInt8] {
        guard let me = ownSigner?.identity else { throw .noSigner }
        let record = assessment.record
        guard let program = assessment.program else {
            throw .notReady(record.id, wait: nextStep(assessment).text)
        }
        let others = record.identities.filter { $0 != me }
            .compactMap { record.noncesBundle(of: $0) }
        let own = record.bundles[.nonces(me, attempt: record.attempt)]
            .flatMap { try? AnnouncedNonces(decoding: $0.bytes).nonces }
        var report = RuleReport()
        report.apply(
            NonceRules.all,
            to: NonceSubject(
                program: program, attempt: record.attempt, me: me,
                others: others.compactMap { try? AnnouncedNonces(decoding: $0.bytes) },
                mine: own, releasedDigest: own.map(CeremonyTranscript.noncesDigest)))
        try report.checkForWatcher()
        return PartialSignaturesRequest(
            attempt: record.attempt, graphDigest: program.digest,
            nonceBundles: others.map(\.bytes),
            evidence: me == record.lastSigner ? try evidence(assessment) : nil
        ).encoded()
    }
}

extension GraphEvidence {
    /// The evidence that a watcher gives for the graph that it built.
    package init(keysBundles: [[UInt8]], program: ProgramGraph) {
        let tasks = program.graph.plan.tasks
        self.init(
            keysBundles: keysBundles, funding: program.funding, graphDigest: program.digest,
            transactions: program.graph.transactions.map { transaction in
                ClaimedTransaction(
                    label: transaction.label.text,
                    transaction: transaction.transaction.encodedWithoutWitness(),
                    txid: transaction.txid,
                    sighashes: tasks.filter { $0.id.label == transaction.label }
                        .map(\.sighash))
            })
    }
}
