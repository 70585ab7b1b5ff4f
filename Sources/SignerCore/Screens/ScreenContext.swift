import Bitcoin
import Curve
package import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
package import Validation
import Winternitz

/// Everything that a screen is made from.
package struct ScreenContext {
    let signer: Signer
    let bundle: SignedBundle
    let report: RuleReport
    let environment: EnvironmentFacts

    package init(
        signer: Signer, bundle: SignedBundle, report: RuleReport, environment: EnvironmentFacts
    ) {
        self.signer = signer
        self.bundle = bundle
        self.report = report
        self.environment = environment
    }

    func screen(of work: RequestWork) throws(SignerError) -> Screen {
        switch work {
        case .registration(let work):
            screen(
                "Registration: take part in '\(work.definition.title)'?",
                try registrationSections(work))
        case .nonces(let work):
            screen(
                "First visit: agree to the graph of '\(work.program.definition.title)'?",
                try graphSections(work)
                    + [
                        Screen.Section(
                            "If you agree",
                            [
                                "\(work.program.signatures.count) public nonces are released;"
                                    + " nothing is signed yet",
                                "this ceremony can then sign this graph and no other",
                            ])
                    ])
        case .partialSignatures(let work):
            screen(
                "Second visit: sign '\(work.program.definition.title)'?",
                try signingSections(work.program, work.others, attempt: work.plan.attempt))
        case .lastSignatures(let work):
            screen(
                "Only visit: sign '\(work.program.definition.title)' as the last one?",
                try graphSections(work.graph)
                    + signingSections(
                        work.program, work.others, attempt: work.graph.plan.attempt))
        case .reveal(let work):
            screen(
                "Reveal '\(work.variable.name)' of '\(work.program.definition.title)'?",
                revealSections(work))
        case .status:
            screen("Status request", [])
        }
    }

    private func screen(_ title: String, _ sections: [Screen.Section]) -> Screen {
        Screen(
            title: title,
            warnings: report.warnings.map(\.description) + environment.dangers,
            sections: [environmentSection] + sections + [requestSection],
            requestDigest: bundle.digest)
    }

    private var environmentSection: Screen.Section {
        let head = signer.vault.log.head
        return Screen.Section(
            "This signer",
            environment.facts + [
                "operator \(signer.profile.name), \(signer.profile.network.rawValue)",
                "state: epoch \(signer.vault.epoch), commit \(signer.vault.commit)",
                "newest log entry \(head.index): \(ScreenText.words(head.hash))",
                "rules met: \(report.met.count) of \(report.met.count + report.violations.count)",
            ])
    }

    private var requestSection: Screen.Section {
        Screen.Section(
            "The request",
            ["\(bundle.envelope.kind.word) request, number \(bundle.envelope.sequence)"]
                + ScreenText.digest("digest", bundle.digest))
    }

    // MARK: - Parts that several screens have

    func ceremonySection(_ definition: CeremonyDefinition) -> Screen.Section {
        Screen.Section(
            "The ceremony",
            [
                "title: \(definition.title)",
                "program: \(definition.program.rawValue) on \(definition.network.rawValue)",
            ] + ScreenText.digest("id", definition.id.digest)
                + ["instance: \(Hex.encode(definition.instance))"])
    }

    func participantsSection(
        _ definition: CeremonyDefinition
    ) throws(SignerError) -> Screen.Section {
        let peers = try signer.peers()
        var lines: [String] = []
        for (index, participant) in definition.participants.enumerated() {
            let isMe = participant.identity == signer.profile.identity
            let known = peers.first { $0.identity == participant.identity }
            let place = definition.lastSigner == index ? ", signs last" : ""
            lines.append(
                "\(index + 1). \(participant.name)\(isMe ? " (this signer)" : "")\(place)")
            if let known {
                lines.append("   enrolled as: \(ScreenText.words(known.fingerprint))")
            }
            lines.append("   \(ScreenText.grouped(participant.identity.hex))")
        }
        return Screen.Section("The \(definition.participants.count) operators", lines)
    }

    func timelockSection(_ definition: CeremonyDefinition) -> Screen.Section {
        let lock = definition.lock
        return Screen.Section(
            "Timelocks",
            ScreenText.table([
                ["who", "what", "when"],
                [
                    "user", "takes asset and fee back",
                    "unaccepted for \(ScreenText.wait(lock.requestTimeout))",
                ],
                [
                    "user", "takes the asset back",
                    "accepted but not released for \(ScreenText.wait(lock.endOfLife))",
                ],
                [
                    "operators", "collect the fee",
                    "\(ScreenText.wait(lock.endOfLife)) after acceptance",
                ],
                [
                    "you", "come to this machine",
                    "within \(ScreenText.wait(signer.policy.coldTripBlocks)) (policy)",
                ],
            ]))
    }

    func worstCaseSection(_ program: ProgramGraph) -> Screen.Section {
        let shares = [LockTransaction.release, .collect].compactMap { label in
            program.share(in: label, paidTo: ownPayout(program))
        }
        let share = shares.min() ?? .zero
        let largest = shares.max() ?? .zero
        return Screen.Section(
            "Worst case",
            [
                "You put no money in.",
                "If all others collude you lose at most your share of the fee:",
                "  \(ScreenText.amount(largest))",
                "Paid out, your share is at least:",
                "  \(ScreenText.amount(share))",
                "Unreleased, the fee can be collected after acceptance and another:",
                "  \(ScreenText.wait(program.definition.lock.endOfLife))",
                "Without your release key nobody moves the released asset.",
            ])
    }

    private func ownPayout(_ program: ProgramGraph) -> Script? {
        program.participants.first { $0.identity == signer.profile.identity }?.payout
    }
}

extension ProgramGraph {
    /// What a transaction pays to a script; nil where it pays nothing.
    func share(in label: LockTransaction, paidTo script: Script?) -> Amount? {
        let outputs = graph[.lock(label)]?.transaction.outputs ?? []
        return outputs.first { $0.scriptPubKey == script }?.value
    }
}
