package import Bitcoin
package import Model
package import ProtocolBuilder
import Protocols

extension Watcher {
    /// The label of a program's transaction by its name.
    ///
    /// - Throws: `WatcherError.unknownTransaction` with the names that exist.
    package func label(
        _ text: String, of id: CeremonyID
    ) throws(WatcherError) -> TransactionLabel {
        let program = try record(id).definition.program
        guard let label = TransactionLabel(text, of: program) else {
            throw .unknownTransaction(text, known: LockTransaction.allCases.map(\.text))
        }
        return label
    }

    /// A transaction with all its witnesses, checked.
    ///
    /// - Parameter preimage: The user's secret, for transactions that open a hash lock.
    /// - Throws: `WatcherError.notReady` before every signature is there; `.notPublishable` when
    ///   something is missing or wrong, with its name.
    package func completed(
        _ label: TransactionLabel, of id: CeremonyID, preimage: [UInt8]?
    ) throws(WatcherError) -> CompletedTransaction<TransactionLabel> {
        let assessment = try assessment(id)
        guard let program = assessment.program, let signatures = assessment.signatures else {
            throw .notReady(id, wait: nextStep(assessment).text)
        }
        guard let transaction = program.graph[label] else {
            throw .notPublishable(
                label: label.text, reason: "the user makes it, outside the program")
        }
        var material = WitnessMaterial<TransactionLabel>(signatures: signatures)
        for place in transaction.preimagePlaces {
            material.items[place] = preimage
        }
        do throws(AssemblyError<TransactionLabel>) {
            return try program.graph.complete(label, with: material)
        } catch {
            throw .notPublishable(label: label.text, reason: "\(error)")
        }
    }

    /// Blocks that accepting may take: closer to the user's time-out the secret is not revealed.
    package static let acceptanceMargin = 6

    /// Refuses to accept a request that is too young to be spent or too old to be safe.
    ///
    /// Publishing reveals the user's secret; if the user's time-out is due before the transaction
    /// confirms, the user has asset, fee and secret back.
    ///
    /// - Parameter confirmations: Of the request's outputs; 0 in the mempool.
    /// - Throws: `WatcherError.notPublishable`.
    package func checkAcceptance(
        of id: CeremonyID, confirmations: Int
    ) throws(WatcherError) {
        let record = try record(id)
        let label = LockTransaction.accept.text
        if confirmations == 0, record.funding?.transaction.version != 3 {
            throw .notPublishable(
                label: label,
                reason: "the request is not confirmed, and version 3 spends no unconfirmed "
                    + "output of another version")
        }
        let left = Int(record.definition.lock.requestTimeout.value) - confirmations
        guard left <= Self.acceptanceMargin else { return }
        throw .notPublishable(
            label: label,
            reason: "the user can take the request back in \(max(0, left)) blocks; revealing the "
                + "secret needs more than \(Self.acceptanceMargin)")
    }

    /// The transactions to look for in the chain, the user's funding first.
    package func followed(
        _ id: CeremonyID
    ) throws(WatcherError) -> [(label: TransactionLabel, transaction: Transaction)] {
        let assessment = try assessment(id)
        guard let program = assessment.program else {
            throw .notReady(id, wait: nextStep(assessment).text)
        }
        return [(.lock(.request), program.funding.transaction)]
            + program.graph.transactions.map { ($0.label, $0.transaction) }
    }
}

extension GraphTransaction {
    /// Where the witnesses want the preimage of a hash.
    package var preimagePlaces: [WitnessPlace] {
        inputs.enumerated().flatMap { index, input in
            input.spends.flatMap(\.template.items).compactMap { item in
                guard case .preimage = item.kind else { return nil }
                return WitnessPlace(inputIndex: index, name: item.name)
            }
        }
    }
}
