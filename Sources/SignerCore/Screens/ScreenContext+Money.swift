import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols
import Validation
import Winternitz

extension ScreenContext {
    // MARK: - Registration

    func registrationSections(
        _ work: RegistrationWork
    ) throws(SignerError) -> [Screen.Section] {
        let definition = work.definition
        var sections = [
            ceremonySection(definition), try participantsSection(definition),
            askedMoneySection(definition),
        ]
        // Keys and funding do not exist yet; amounts and fees do not depend on them.
        if let rehearsal = try? ProgramGraph.rehearsal(of: definition) {
            sections.append(feeSection(rehearsal))
            sections.append(worstCaseSection(rehearsal))
        }
        sections.append(timelockSection(definition))
        sections.append(
            Screen.Section(
                "If you agree",
                [
                    "\(KeyRole.allCases.count) signing keys, \(work.variables.count) "
                        + "one-time key(s) and payout address "
                        + "\(try signer.nextPayoutIndex()) are announced for this ceremony"
                ] + work.variables.map(Self.variableLine) + [
                    "no money moves and nothing is signed yet"
                ]))
        return sections
    }

    private func askedMoneySection(_ definition: CeremonyDefinition) -> Screen.Section {
        let lock = definition.lock
        return Screen.Section(
            "Money that the user is to pay in",
            [
                "asset output: \(ScreenText.amount(lock.ordinalAmount))",
                "fee output: \(ScreenText.amount(lock.feeAmount))",
                "fee rate: \(lock.feeRate)",
                "user's key:",
                "  \(ScreenText.grouped(lock.user.hex))",
                "hash of the secret:",
                "  \(ScreenText.grouped(lock.secretHash.hex))",
            ])
    }

    // MARK: - Graph

    func graphSections(_ work: GraphWork) throws(SignerError) -> [Screen.Section] {
        let program = work.program
        return [
            ceremonySection(program.definition), try participantsSection(program.definition),
            moneyInSection(program), moneyOutSection(program), feeSection(program),
            worstCaseSection(program), timelockSection(program.definition),
            countSection(work),
        ]
    }

    private func moneyInSection(_ program: ProgramGraph) -> Screen.Section {
        let funding = program.funding
        let txid = funding.transaction.txid
        let outputs = funding.transaction.outputs
        let places = [("asset", funding.ordinalIndex), ("fee", funding.feeIndex)]
        var lines = ["proven by the user's whole transaction:"]
        for (name, index) in places where Int(index) < outputs.count {
            let output = outputs[Int(index)]
            lines.append("\(name): \(ScreenText.amount(output.value))")
            lines.append("  at \(txid):\(index)")
            lines.append("  \(address(output.scriptPubKey))")
        }
        return Screen.Section("Money in", lines)
    }

    private func moneyOutSection(_ program: ProgramGraph) -> Screen.Section {
        let names = Dictionary(
            program.participants.map { keys in
                (keys.payout, name(of: keys, in: program.definition))
            }, uniquingKeysWith: { first, _ in first })
        let released = program.aggregates.lockOutputs.releasedOrdinal.scriptPubKey
        var lines: [String] = []
        for label in [LockTransaction.release, .collect] {
            guard let transaction = program.graph[.lock(label)] else { continue }
            lines.append("by '\(label.text)':")
            for output in transaction.transaction.outputs {
                let owner: String
                if output.scriptPubKey.isPayToAnchor {
                    owner = "anchor, for whoever raises the fee"
                } else if output.scriptPubKey == released {
                    owner = "the asset, under the operators' release keys"
                } else {
                    owner = names[output.scriptPubKey] ?? "unknown"
                }
                lines.append("  \(ScreenText.amount(output.value)) to \(owner)")
                lines.append("    \(address(output.scriptPubKey))")
            }
        }
        return Screen.Section("Money out", lines)
    }

    private func feeSection(_ program: ProgramGraph) -> Screen.Section {
        var rows = [["transaction", "fee", "of its inputs", "size"]]
        var total = UInt64(0)
        for transaction in program.graph.transactions {
            let paid = (try? Amount.sum(transaction.prevouts.map(\.value))) ?? .zero
            total += transaction.fee.satoshi
            rows.append([
                transaction.label.text, "\(transaction.fee)",
                ScreenText.percent(transaction.fee, of: paid),
                "\(transaction.largestVirtualSize.vbytes) vB",
            ])
        }
        return Screen.Section(
            "Fees at \(program.definition.lock.feeRate), together \(total) sat",
            ScreenText.table(rows))
    }

    private func countSection(_ work: GraphWork) -> Screen.Section {
        let program = work.program
        let sighashes = program.signatures.flatMap { $0.task.sighash.bytes }
        var lines = [
            "transactions: \(program.graph.transactions.count)",
            "signatures: \(program.signatures.count)",
            "one-time keys: "
                + "\(program.participants.reduce(0) { $0 + $1.oneTimeKeys.count })",
            "attempt: \(work.plan.attempt)",
            work.isFirst
                ? "the ceremony is bound to this graph now" : "the graph is the one bound before",
        ]
        lines += ScreenText.digest("graph", program.digest)
        lines += ScreenText.digest(
            "sighashes", TaggedHash("BitVMX/sighashes/v1").hash(sighashes))
        lines += ScreenText.digest(
            "all keys",
            TaggedHash("BitVMX/all-keys/v1").hash(
                program.participants.flatMap(\.digest.bytes)))
        return Screen.Section("Counts and digests", lines)
    }

    // MARK: - Signing

    func signingSections(
        _ program: ProgramGraph, _ others: [AnnouncedNonces], attempt: UInt32
    ) throws(SignerError) -> [Screen.Section] {
        let names = others.map { other in
            program.definition.participants
                .first { $0.identity == other.bundle.envelope.sender }?.name.text ?? "?"
        }
        let nonces = others.flatMap { $0.nonces.flatMap(\.bytes) }
        return [
            ceremonySection(program.definition), worstCaseSection(program),
            Screen.Section(
                "Everybody's nonces",
                ["from \(names.joined(separator: ", ")), \(program.signatures.count) each"]
                    + ScreenText.digest(
                        "nonces", TaggedHash("BitVMX/all-nonces/v1").hash(nonces))),
            Screen.Section(
                "If you agree",
                [
                    "\(program.signatures.count) partial signatures of attempt \(attempt) are "
                        + "released, once and for this request only",
                    "the graph is the one that you agreed to:",
                ] + ScreenText.digest("graph", program.digest)),
        ]
    }

    // MARK: - Reveal

    func revealSections(_ work: RevealWork) -> [Screen.Section] {
        [
            ceremonySection(work.program.definition),
            Screen.Section(
                "The value",
                [Self.variableLine(work.variable)] + valueLines(work)
                    + ScreenText.digest("one-time key", work.key.publicKeyDigest)),
            Screen.Section(
                "If you agree",
                [
                    "the one-time key signs this value, and nothing else for ever",
                    "this cannot be undone",
                ]),
        ]
    }

    /// What the value says; anything that no rule knows is shown as it is.
    private func valueLines(_ work: RevealWork) -> [String] {
        guard work.variable.name == .acceptance else {
            return [
                "the value is:", "  \(ScreenText.grouped(Hex.encode(work.request.message)))",
            ]
        }
        return [
            "it is the txid of the confirmed 'accept' transaction:",
            "  \(work.program.graph[.lock(.accept)]?.txid.description ?? "none")",
            "confirmations proven: \(work.request.proof.headers.count)",
        ]
    }

    /// The line that names a variable with its profile.
    private static func variableLine(_ variable: VariableDeclaration) -> String {
        let use =
            switch variable.parameters {
            case .base16: "base 16"
            case .composition: "chosen chains"
            }
        return "variable: \(variable.name), \(variable.parameters) (\(use))"
    }

    private func address(_ script: Script) -> String {
        ScreenText.address(script, signer.profile.network)
    }

    private func name(of keys: ParticipantKeys, in definition: CeremonyDefinition) -> String {
        let name =
            definition.participants.first { $0.identity == keys.identity }?.name.text ?? "?"
        return keys.identity == signer.profile.identity
            ? "\(name) (you, payout address \(keys.payoutIndex))" : name
    }
}
