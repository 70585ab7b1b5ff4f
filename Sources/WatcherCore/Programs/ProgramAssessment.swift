package import Curve
package import Exchange
package import Model
import MuSig2
import Primitives
package import ProtocolBuilder
package import Protocols
package import Validation

/// A program as a whole: what follows from its record, worked out anew from nothing but it.
package struct ProgramAssessment: Sendable {
    package typealias Signatures = [SigningTask<TransactionLabel>.ID: SchnorrSignature]

    package let record: ProgramRecord
    /// Known as soon as everybody's keys are.
    package private(set) var aggregates: ProgramAggregates?
    /// Known once the user has paid.
    package private(set) var program: ProgramGraph?
    /// Known once everybody's nonces are.
    package private(set) var round: SigningRound?
    /// Known once every partial signature is there and valid.
    package private(set) var signatures: Signatures?
    package private(set) var certificate: CeremonyCertificate?
    /// What is wrong with what has arrived.
    package private(set) var faults: [RuleViolation] = []

    init(_ record: ProgramRecord, usedOneTimeKeys: UsedOneTimeKeys) {
        self.record = record
        guard let announced = announcedKeys() else { return }
        guard meets(keyReport(announced, usedOneTimeKeys)) else { return }
        aggregates = try? ProgramAggregates(
            definition: record.definition, keys: announced.map(\.keys))
        guard let aggregates, let funding = record.funding else { return }
        var report = RuleReport()
        report.apply(
            FundingRules.all, to: FundingSubject(aggregates: aggregates, funding: funding))
        guard meets(report) else { return }
        program = try? ProgramGraph(
            definition: record.definition, keys: announced.map(\.keys), funding: funding)
        assessSigning()
    }

    private mutating func meets(_ report: RuleReport) -> Bool {
        faults += report.errors
        return report.errors.isEmpty
    }

    /// Everybody's keys in canonical order, or nil while some are missing.
    package func announcedKeys() -> [AnnouncedKeys]? {
        let announced = record.identities.compactMap { identity in
            record.keysBundle(of: identity).flatMap { try? AnnouncedKeys(decoding: $0.bytes) }
        }
        return announced.count == record.identities.count ? announced : nil
    }

    private func keyReport(
        _ announced: [AnnouncedKeys], _ usedOneTimeKeys: UsedOneTimeKeys
    ) -> RuleReport {
        var report = RuleReport()
        report.apply(
            KeyRules.all,
            to: KeySubject(
                definition: record.definition, announced: announced, mine: nil,
                usedOneTimeKeys: usedOneTimeKeys))
        return report
    }

    // MARK: Signing

    private mutating func assessSigning() {
        guard let program else { return }
        let announced = record.identities.compactMap { identity in
            record.noncesBundle(of: identity).flatMap {
                try? AnnouncedNonces(decoding: $0.bytes)
            }
        }
        for nonces in announced {
            _ = meets(NonceCheck.report(on: nonces, in: program))
        }
        guard faults.isEmpty, announced.count == record.identities.count else { return }
        round = try? SigningRound(
            program: program, attempt: record.attempt, nonces: announced.map(\.nonces))
        assessPartialSignatures()
    }

    private mutating func assessPartialSignatures() {
        guard let round else { return }
        var responses: [PartialSignaturesResponse] = []
        for (index, identity) in record.identities.enumerated() {
            guard let bundle = record.partialsBundle(of: identity),
                let response = try? PartialSignaturesResponse.decoded(
                    from: bundle.envelope.payload)
            else { continue }
            if meets(round.report(on: response, ofParticipant: index)) {
                responses.append(response)
            }
        }
        guard responses.count == record.identities.count,
            let final = try? round.signatures(aggregating: responses)
        else { return }
        certificate = try? CeremonyCertificate(
            definition: record.definition, transcript: round.transcript,
            shares: responses.map(\.certificateShare))
        signatures = certificate == nil ? nil : final
    }

    /// What the rules find worth a second look in the user's transaction.
    package var fundingWarnings: [RuleViolation] {
        guard let aggregates, let funding = record.funding else { return [] }
        var report = RuleReport()
        report.apply(
            FundingRules.all, to: FundingSubject(aggregates: aggregates, funding: funding))
        return report.warnings
    }

    package var isReady: Bool { signatures != nil }

    /// Who has given a valid receipt for the accept transaction.
    package func hasReceipt(_ identity: XOnlyPublicKey) -> Bool {
        record.revealBundle(of: identity, .acceptance) != nil
    }
}

/// The MUS rules for one participant's nonces on their own.
enum NonceCheck {
    static func report(on nonces: AnnouncedNonces, in program: ProgramGraph) -> RuleReport {
        var report = RuleReport()
        report.apply(
            NonceRules.all.filter { $0.id != whole },
            to: NonceSubject(
                program: program, attempt: nonces.attempt, me: nonces.bundle.envelope.sender,
                others: [nonces], mine: nil, releasedDigest: nil))
        return report
    }

    /// Needs all participants' nonces; the request for partial signatures is held to it.
    private static let whole = RuleID("MUS-SENDERS")
}
