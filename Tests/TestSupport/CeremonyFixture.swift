import Bitcoin
import Curve
package import Exchange
package import Model
package import Primitives
import ProtocolBuilder
package import Protocols

/// A whole ceremony of a cardinal lock, made without any signer: the same every time.
package struct CeremonyFixture: Sendable {
    /// What the definition's `secretHash` is the SHA-256 of.
    package static let preimage = [UInt8](repeating: 0x5A, count: 32)

    /// In the definition's canonical order.
    package let operators: [FixtureOperator]
    package let definition: CeremonyDefinition
    /// In the definition's canonical order.
    package let keys: [ParticipantKeys]
    /// The keys bundle of each operator, in the definition's canonical order.
    package let keysBundles: [SignedBundle]
    package let funding: Funding
    package let program: ProgramGraph

    /// Makes the ceremony of operators `op-00`, `op-01`, ….
    ///
    /// - Parameters:
    ///   - seed: Other operators and other keys for another text.
    ///   - lastSigner: Number in the name of the operator that signs last; nil for nobody.
    package init(
        operatorCount: Int = 3, seed: String = "fixture", lastSigner: Int? = nil,
        lock: LockParameters? = nil
    ) throws {
        let named = try (0..<operatorCount).map { index in
            try FixtureOperator(Self.name(index), seed: seed)
        }
        let last = lastSigner.map { named[$0].name }
        try self.init(
            definition: .fixture(operators: named, lastSigner: last, lock: lock),
            operators: named)
    }

    /// Makes the ceremony of a definition.
    ///
    /// - Parameter operators: The definition's participants, in any order.
    package init(definition: CeremonyDefinition, operators: [FixtureOperator]) throws {
        let ordered = definition.participants.compactMap { participant in
            operators.first { $0.identity.xOnly == participant.identity }
        }
        precondition(
            ordered.count == definition.participants.count,
            "a fixture has the secrets of all participants")
        self.operators = ordered
        self.definition = definition
        keys = try ordered.map { try $0.keys(for: definition) }
        let aggregates = try ProgramAggregates(definition: definition, keys: keys)
        funding = Self.funding(of: aggregates)
        program = try ProgramGraph(definition: definition, keys: keys, funding: funding)
        keysBundles = try zip(ordered, keys).map { owner, keys in
            try FixtureBundle.keys(keys, of: owner, in: definition)
        }
    }

    /// `op-07` for 7.
    package static func name(_ index: Int) -> String {
        "op-" + (index < 10 ? "0" : "") + String(index)
    }

    /// A user's transaction that pays what a program asks for, in outputs 0 and 1.
    package static func funding(of aggregates: ProgramAggregates) -> Funding {
        let outputs = aggregates.requestOutputs.map {
            TxOut(value: $0.value, scriptPubKey: $0.script)
        }
        let change = TxOut(value: 5_000, scriptPubKey: .payToWitnessPublicKeyHash(.zero))
        let coin = OutPoint(txid: Txid(SHA256.hash(Array("user".utf8))), outputIndex: 3)
        var input = TxIn(outPoint: coin, sequence: .replaceable)
        input.witness = [[UInt8](repeating: 1, count: 64)]
        return Funding(
            transaction: Transaction(
                version: 2, inputs: [input], outputs: outputs + [change]))
    }

    package var graphDigest: Bytes32 { program.digest }

    /// What a watcher sends along so that a signer can build the graph itself.
    package var evidence: GraphEvidence { Self.evidence(of: program, keysBundles: keysBundles) }

    /// The evidence of any graph.
    package static func evidence(
        of program: ProgramGraph, keysBundles: [SignedBundle]
    ) -> GraphEvidence {
        let transactions = program.graph.transactions.map { transaction in
            ClaimedTransaction(
                label: transaction.label.text,
                transaction: transaction.transaction.encodedWithoutWitness(),
                txid: transaction.txid,
                sighashes: program.graph.plan.tasks
                    .filter { $0.id.label == transaction.label }.map(\.sighash))
        }
        return GraphEvidence(
            keysBundles: keysBundles.map(\.bytes), funding: program.funding,
            graphDigest: program.digest, transactions: transactions)
    }
}
