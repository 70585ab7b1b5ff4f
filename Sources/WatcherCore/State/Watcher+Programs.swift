import Exchange
package import Model
import Primitives
import Protocols
package import Validation
import Winternitz

extension Watcher {
    /// The limits that this watcher holds programs to before it bothers its signer.
    package var policy: SignerPolicy { .standard(for: network) }

    /// What follows from a program's record.
    package func assessment(_ id: CeremonyID) throws(WatcherError) -> ProgramAssessment {
        ProgramAssessment(try record(id), usedOneTimeKeys: oneTimeKeys(outside: id))
    }

    /// The one-time keys that were announced in other programs.
    func oneTimeKeys(outside id: CeremonyID) -> UsedOneTimeKeys {
        var used = UsedOneTimeKeys(me: ownSigner?.identity)
        for (other, record) in programs where other != id {
            for bundle in record.bundles.values where bundle.envelope.kind == .keys {
                guard let announced = try? AnnouncedKeys(decoding: bundle.bytes) else { continue }
                for key in announced.keys.oneTimeKeys.values {
                    used.insert(key.digest, of: announced.keys.identity)
                }
            }
        }
        return used
    }

    /// What the rules say of a definition before the signer sees it.
    ///
    /// - Throws: `WatcherError.noSigner` while nobody knows who the participant is.
    package func report(on definition: CeremonyDefinition) throws(WatcherError) -> RuleReport {
        guard let ownSigner else { throw .noSigner }
        var report = RuleReport()
        report.apply(
            DefinitionRules.all,
            to: DefinitionSubject(
                definition: definition, announced: definition.id, me: ownSigner.identity,
                network: network, signers: signerNames, policy: policy,
                usedSecretHashes: secretHashes(outside: definition.id)))
        return report
    }

    /// The secret hashes of other programs.
    private func secretHashes(outside id: CeremonyID) -> Set<Bytes32> {
        Set(programs.filter { $0.key != id }.map(\.value.definition.lock.secretHash))
    }

    /// What has to happen next.
    package func nextStep(_ assessment: ProgramAssessment) -> NextStep {
        let record = assessment.record
        if assessment.isReady { return .ready }
        guard let me = ownSigner?.identity, record.keysBundle(of: me) != nil else {
            return .ask(.registration)
        }
        if !assessment.faults.isEmpty { return .faulty(assessment.faults) }
        let withoutKeys = record.missing { record.keysBundle(of: $0) != nil }
        guard withoutKeys.isEmpty else { return .wait(.keys, of: withoutKeys) }
        guard record.funding != nil, assessment.program != nil else { return .pay }
        if me != record.lastSigner, record.noncesBundle(of: me) == nil { return .ask(.nonces) }
        let withoutNonces = record.missing(except: me) { identity in
            identity == record.lastSigner || record.noncesBundle(of: identity) != nil
        }
        guard withoutNonces.isEmpty else { return .wait(.nonces, of: withoutNonces) }
        if me != record.lastSigner, let last = record.lastSigner,
            record.noncesBundle(of: last) == nil, let name = record.name(of: last)
        {
            return .waitForLastSigner(name)
        }
        guard record.partialsBundle(of: me) != nil else { return .ask(.partialSignatures) }
        return .wait(
            .partialSignatures, of: record.missing { record.partialsBundle(of: $0) != nil })
    }

    // MARK: Events

    func checkFunding(_ id: CeremonyID, _ funding: Funding) throws(WatcherError) -> Bool {
        let record = try record(id)
        guard record.funding != funding else { return false }
        if let me = ownSigner?.identity, record.isBound(by: me) { throw .fundingIsBound(id) }
        guard let aggregates = try assessment(id).aggregates else {
            throw .waiting([ProgramWait(ceremony: id, step: nextStep(try assessment(id)))])
        }
        var report = RuleReport()
        report.apply(
            FundingRules.all, to: FundingSubject(aggregates: aggregates, funding: funding))
        try report.checkForWatcher()
        return true
    }

    func checkAttempt(_ id: CeremonyID, _ attempt: UInt32) throws(WatcherError) -> Bool {
        let record = try record(id)
        guard attempt > record.attempt else { return false }
        let assessment = try assessment(id)
        guard !assessment.isReady else { throw .alreadyReady(id) }
        let isUnderWay =
            record.bundles.keys.contains { ($0.attempt ?? 0) >= record.attempt }
            || isAsked(id)
        guard isUnderWay else { throw .attemptNotBegun(id, attempt: record.attempt) }
        return true
    }

    /// Whether the open request is about a signing attempt of this program.
    private func isAsked(_ id: CeremonyID) -> Bool {
        guard let envelope = channel.outstanding?.current.envelope else { return false }
        return envelope.ceremony == id
            && (envelope.kind == .nonces || envelope.kind == .partialSignatures)
    }

    /// The attempt that follows: one more than the present one, or the newest that a peer is at.
    package func nextAttempt(_ id: CeremonyID) throws(WatcherError) -> UInt32 {
        let record = try record(id)
        let newest = record.newestAttempt
        return newest > record.attempt ? newest : record.attempt + 1
    }
}

extension RuleReport {
    /// - Throws: `WatcherError.rule` with the first broken rule and the ids of all of them.
    package func checkForWatcher() throws(WatcherError) {
        guard let first = errors.first else { return }
        throw .rule(first, broken: errors.map(\.rule))
    }
}
