import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import ProtocolBuilder
import Protocols
import SignerCore
import TestSupport
import Testing
import Validation
import Winternitz

@Suite("Signer: graphs and keys that are not what was agreed")
struct GraphRefusalTests {
    private typealias Mutation = (
        name: String, change: (GraphEvidence) throws -> GraphEvidence, rules: Set<String>
    )

    @Test("Every single changed field of the evidence")
    func evidence() throws {
        let ceremony = try SignerCeremony(operatorCount: 3)
        try ceremony.register()
        let sound = try ceremony.evidence()
        let who = ceremony.operators[1]
        for mutation in Self.mutations(sound) {
            let request = try who.request(
                .nonces, NoncesRequest(attempt: 1, evidence: mutation.change(sound)),
                ceremony.id)
            let error = try who.refusal(of: request.bytes)
            switch error {
            case .refused(let report):
                #expect(
                    mutation.rules.contains(report.errors.first?.rule.text ?? ""),
                    "\(mutation.name): \(report.errors.map(\.rule.text))")
            case .program, .exchange:
                #expect(mutation.rules.contains("form"), "\(mutation.name): \(error)")
            default: Issue.record("\(mutation.name): \(error)")
            }
        }
        // The sound evidence is still accepted: none of the refusals has left a trace.
        try who.answer(ceremony.noncesRequest(who))
    }

    private static func mutations(_ sound: GraphEvidence) -> [Mutation] {
        fundingMutations + keysMutations + claimMutations
            + sound.transactions.indices.flatMap { transactionMutations($0, sound) }
    }

    private static var fundingMutations: [Mutation] {
        [
            (
                "funding amount",
                {
                    try $0.changing(output: 0) {
                        TxOut(value: 9_999, scriptPubKey: $0.scriptPubKey)
                    }
                },
                ["FUN-AMOUNTS"]
            ),
            (
                "funding script",
                {
                    try $0.changing(output: 1) {
                        TxOut(value: $0.value, scriptPubKey: .payToAnchor)
                    }
                },
                ["FUN-SCRIPTS"]
            ),
            (
                "funding input",
                { evidence in
                    var transaction = evidence.funding.transaction
                    transaction.inputs[0].outPoint = OutPoint(txid: .zero, outputIndex: 0)
                    return evidence.changing(funding: Funding(transaction: transaction))
                }, ["GRF-TRANSACTION"]
            ),
            (
                "asset index",
                {
                    $0.changing(
                        funding: Funding(transaction: $0.funding.transaction, ordinalIndex: 2))
                },
                ["FUN-AMOUNTS", "FUN-SCRIPTS"]
            ),
            (
                "both indices",
                {
                    $0.changing(
                        funding: Funding(transaction: $0.funding.transaction, ordinalIndex: 1))
                },
                ["FUN-OUTPUTS"]
            ),
            (
                "fee index",
                {
                    $0.changing(funding: Funding(transaction: $0.funding.transaction, feeIndex: 77))
                },
                ["FUN-OUTPUTS"]
            ),
            (
                "indices exchanged",
                {
                    $0.changing(
                        funding: Funding(
                            transaction: $0.funding.transaction, ordinalIndex: 1, feeIndex: 0))
                }, ["FUN-AMOUNTS"]
            ),
        ]
    }

    private static var keysMutations: [Mutation] {
        [
            (
                "keys bundle missing",
                { $0.changing(keysBundles: Array($0.keysBundles.dropLast())) }, ["KEY-COUNT"]
            ),
            (
                "keys bundle twice",
                { $0.changing(keysBundles: $0.keysBundles + [$0.keysBundles[0]]) }, ["KEY-COUNT"]
            ),
            (
                "keys in another order",
                { $0.changing(keysBundles: $0.keysBundles.reversed()) }, ["KEY-COUNT"]
            ),
            (
                "a byte of a keys bundle",
                { evidence in
                    var bundles = evidence.keysBundles
                    bundles[0][bundles[0].count / 2] ^= 1
                    return evidence.changing(keysBundles: bundles)
                }, ["form"]
            ),
        ]
    }

    private static var claimMutations: [Mutation] {
        [
            ("graph digest", { $0.changing(graphDigest: .zero) }, ["GRF-DIGEST"]),
            (
                "transaction missing",
                { $0.changing(transactions: Array($0.transactions.dropLast())) }, ["GRF-NAMES"]
            ),
            (
                "transactions in another order",
                { $0.changing(transactions: $0.transactions.reversed()) }, ["GRF-NAMES"]
            ),
        ]
    }

    private static func transactionMutations(
        _ index: Int, _ sound: GraphEvidence
    ) -> [Mutation] {
        let claimed = sound.transactions[index]
        let name = claimed.label
        var mutations: [Mutation] = [
            (
                "\(name): label", { $0.changing(index, label: "other") }, ["GRF-NAMES"]
            ),
            (
                "\(name): txid", { $0.changing(index, txid: .zero) }, ["GRF-TXID"]
            ),
            (
                "\(name): sighash missing",
                { $0.changing(index, sighashes: Array(claimed.sighashes.dropLast())) },
                ["GRF-SIGHASH"]
            ),
        ]
        for position in claimed.sighashes.indices {
            var changed = claimed.sighashes
            changed[position] = .zero
            mutations.append(
                (
                    "\(name): sighash \(position)",
                    { $0.changing(index, sighashes: changed) }, ["GRF-SIGHASH"]
                ))
        }
        guard let transaction = try? Transaction(decoding: claimed.transaction) else {
            return mutations
        }
        for (field, changed) in transaction.singleFieldChanges {
            mutations.append(
                (
                    "\(name): \(field)",
                    { $0.changing(index, transaction: changed.encodedWithoutWitness()) },
                    ["GRF-TRANSACTION"]
                ))
        }
        return mutations
    }

    @Test("A bound ceremony takes no other graph, even one that is sound in itself")
    func bound() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        let who = ceremony.operators[0]
        try who.answer(ceremony.noncesRequest(who))
        try who.signer.abort(who.signer.proposeAbort(ceremony.id))
        let program = try ceremony.program()
        var transaction = program.funding.transaction
        transaction.inputs[0].outPoint = OutPoint(txid: .zero, outputIndex: 8)
        let other = try ProgramGraph(
            definition: ceremony.definition, keys: program.participants,
            funding: Funding(transaction: transaction))
        let request = try who.request(
            .nonces,
            NoncesRequest(
                attempt: 2,
                evidence: CeremonyFixture.evidence(
                    of: other, keysBundles: ceremony.keysBundles)),
            ceremony.id)
        #expect(try who.refusal(of: request.bytes).firstRule == "GRF-BOUND")
    }

    @Test("Two participants with one key, a key without proof, my keys changed by a relay")
    func keys() throws {
        let ceremony = try SignerCeremony(operatorCount: 3)
        try ceremony.register()
        let who = ceremony.operators[0]
        let announced = try ceremony.keysBundles.map { try AnnouncedKeys(decoding: $0.bytes) }
        let copied = announced[2].keys.changing(signing: announced[1].keys.signing)
        let chains = announced[2].keys.changing(oneTimeKeys: announced[1].keys.oneTimeKeys)
        let payout = announced[2].keys.changing(payout: announced[0].keys.payout)
        let cases: [(ParticipantKeys, String)] = [
            (copied, "KEY-POSSESSION"), (chains, "KEY-CHAINS"), (payout, "KEY-PAYOUT"),
        ]
        for (keys, rule) in cases {
            let forged = try ceremony.operators[2].forge(
                announced[2].bundle.envelope.changing(payload: KeysResponse(keys: keys).encoded()))
            let error = try refusal(ceremony, who, replacing: 2, by: forged.bytes)
            #expect(error.firstRule == rule)
        }
        // A relaying watcher has no identity key of a signer: its own signature names itself.
        let relayed = try FixtureBundle.sign(
            announced[2].bundle.envelope.changing(sender: who.watcher.xOnly), with: who.watcher)
        let error = try refusal(ceremony, who, replacing: 2, by: relayed.bytes)
        #expect(error.firstRule == "KEY-COUNT")
        let mine = try who.forge(
            announced[0].bundle.envelope.changing(
                payload: KeysResponse(
                    keys: announced[0].keys.changing(payout: .payToTaproot(outputKey: .zero))
                )
                .encoded()))
        #expect(try refusal(ceremony, who, replacing: 0, by: mine.bytes).firstRule == "KEY-MINE")
    }

    @Test("A peer's one-time key of an earlier ceremony")
    func reusedOneTimeKey() throws {
        let ceremony = try SignerCeremony(operatorCount: 2)
        try ceremony.register()
        try ceremony.releaseNonces()
        let (who, peer) = (ceremony.operators[0], ceremony.operators[1])
        let old = try AnnouncedKeys(decoding: ceremony.keysBundles[1].bytes).keys
        let second = try CeremonyDefinition(
            network: .regtest, title: "second", instance: [UInt8](repeating: 7, count: 16),
            participants: ceremony.definition.participants, lastSigner: nil,
            lock: .fixture().changing(\.secretHash, to: SHA256.hash([7])))
        let bundles = try ceremony.operators.map { operatorOf in
            try operatorOf.answer(
                operatorOf.request(
                    .registration, RegistrationRequest(definition: second), second.id))
        }
        let fresh = try AnnouncedKeys(decoding: bundles[1].bytes).keys
        let forged = try peer.forge(
            bundles[1].envelope.changing(
                payload: KeysResponse(keys: fresh.changing(oneTimeKeys: old.oneTimeKeys))
                    .encoded()))
        let keysBundles = [bundles[0], forged]
        let keys = try keysBundles.map { try AnnouncedKeys(decoding: $0.bytes).keys }
        let aggregates = try ProgramAggregates(definition: second, keys: keys)
        let program = try ProgramGraph(
            definition: second, keys: keys, funding: CeremonyFixture.funding(of: aggregates))
        let request = try who.request(
            .nonces,
            NoncesRequest(
                attempt: 1,
                evidence: CeremonyFixture.evidence(of: program, keysBundles: keysBundles)),
            second.id)
        #expect(try who.refusal(of: request.bytes).firstRule == "KEY-REGISTRY")
    }

    private func refusal(
        _ ceremony: SignerCeremony, _ who: SignerOperator, replacing index: Int,
        by bundle: [UInt8]
    ) throws -> SignerError {
        let sound = try ceremony.evidence()
        var bundles = sound.keysBundles
        bundles[index] = bundle
        let request = try who.request(
            .nonces,
            NoncesRequest(attempt: 1, evidence: sound.changing(keysBundles: bundles)),
            ceremony.id)
        return try who.refusal(of: request.bytes)
    }
}
