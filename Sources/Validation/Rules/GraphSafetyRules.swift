import Bitcoin
import Curve
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Protocols

/// GRF, second half: what the rebuilt graph must be whatever anybody claims.
///
/// The builder obeys these rules; they stand a second time so that a mistake in it cannot be
/// signed.
enum GraphSafetyRules {
    static let all: [Rule<GraphSubject>] = [
        inputs, fees, versions, unspendable, sighashTypes, locks, keys,
    ]

    static let inputs = Rule<GraphSubject>(
        "GRF-INPUTS", "Every input spends the funding or an output of the graph, as they are.",
        exit: .graphDiffers
    ) { subject in
        let funding = subject.program.funding
        var spendable: [OutPoint: TxOut] = [:]
        for index in [funding.ordinalIndex, funding.feeIndex] {
            guard Int(index) < funding.transaction.outputs.count else { continue }
            let outPoint = OutPoint(txid: funding.transaction.txid, outputIndex: index)
            spendable[outPoint] = funding.transaction.outputs[Int(index)]
        }
        for transaction in subject.program.graph.transactions {
            let inputs = zip(transaction.transaction.inputs, transaction.prevouts)
            for (index, (input, prevout)) in inputs.enumerated() {
                let place = "'\(transaction.label.text)' input \(index)"
                guard let spent = spendable[input.outPoint] else {
                    return "\(place) spends \(input.outPoint), which is neither"
                }
                if spent != prevout {
                    return "\(place) says that \(input.outPoint) holds \(prevout.value), or "
                        + "another script than it has"
                }
            }
            for (index, output) in transaction.transaction.outputs.enumerated() {
                spendable[transaction.transaction.outPoint(ofOutput: index)] = output
            }
        }
        return nil
    }

    static let fees = Rule<GraphSubject>(
        "GRF-FEE", "A fee is what inputs leave over: above zero, at most the policy's share.",
        exit: .graphDiffers
    ) { subject in
        feeFault(of: subject.program, policy: subject.policy)
    }

    /// What is wrong with the fee of one of a program's transactions, or nil.
    static func feeFault(of program: ProgramGraph, policy: SignerPolicy) -> String? {
        for transaction in program.graph.transactions {
            let name = transaction.label.text
            do throws(AmountError) {
                let paid = try Amount.sum(transaction.prevouts.map(\.value))
                let received = try Amount.sum(transaction.transaction.outputs.map(\.value))
                let fee = try paid.subtracting(received)
                let limit = paid.satoshi / 100 * policy.feePercentLimit
                if fee == .zero || fee.satoshi > limit {
                    return "'\(name)' pays a fee of \(fee) from \(paid); "
                        + "\(policy.feePercentLimit) percent are allowed"
                }
            } catch {
                return "'\(name)' pays out more than it takes in"
            }
        }
        return nil
    }

    static let versions = Rule<GraphSubject>(
        "GRF-VERSION", "Every transaction has version 3 and no lock time.", exit: .graphDiffers
    ) { subject in
        for transaction in subject.program.graph.transactions {
            let found = transaction.transaction
            if found.version != 3 || found.lockTime != .zero {
                return "'\(transaction.label.text)' has version \(found.version) and lock time "
                    + "\(found.lockTime)"
            }
        }
        return nil
    }

    static let unspendable = Rule<GraphSubject>(
        "GRF-UNSPENDABLE",
        "Every internal key is the unspendable one that the ceremony derives for its place.",
        exit: .graphDiffers
    ) { subject in
        let outputs = subject.program.aggregates.lockOutputs
        for transaction in subject.program.graph.transactions {
            let name = transaction.label.text
            let (spent, made) = internalKeys(of: transaction.label, outputs)
            let found = transaction.inputs.map(\.taproot.description.internalKey)
            if found != spent {
                return "'\(name)' spends outputs with other internal keys than it should"
            }
            for (index, output) in transaction.outputs.enumerated() {
                let expected = index < made.count ? made[index] : nil
                if output.taproot?.description.internalKey != expected {
                    return "'\(name)' output \(index) has another internal key"
                }
            }
        }
        return nil
    }

    private static func internalKeys(
        of label: TransactionLabel, _ outputs: LockOutputs
    ) -> (spent: [XOnlyPublicKey], made: [XOnlyPublicKey]) {
        switch label {
        case .lock(let transaction):
            (
                outputs.internalKeys(spentBy: transaction),
                outputs.internalKeys(madeBy: transaction)
            )
        }
    }

    static let sighashTypes = Rule<GraphSubject>(
        "GRF-SIGHASH-TYPE", "Every signature covers its whole transaction (SIGHASH_DEFAULT).",
        exit: .graphDiffers
    ) { subject in
        for task in subject.program.graph.plan.tasks where task.sighashType != .default {
            return "\(task.id) has sighash type \(task.sighashType)"
        }
        return nil
    }

    static let locks = Rule<GraphSubject>(
        "TIM-LOCKS", "Only collecting the fee waits, for the lock's end of life.",
        exit: .graphDiffers
    ) { subject in
        for transaction in subject.program.graph.transactions {
            let waits = transaction.label == .lock(.collect)
            let expected: Bitcoin.Sequence =
                waits
                ? .blocks(subject.program.definition.lock.endOfLife) : .replaceable
            for (index, input) in transaction.transaction.inputs.enumerated()
            where input.sequence != expected {
                return "'\(transaction.label.text)' input \(index) has sequence "
                    + "\(input.sequence), expected \(expected)"
            }
        }
        return nil
    }

    static let keys = Rule<GraphSubject>(
        "MUS-KEYS", "Every signature is by the aggregate of exactly the participants' keys.",
        exit: .graphDiffers
    ) { subject in
        let operators = subject.program.aggregates.context(.operators)
        let expected = Set(
            subject.program.participants.compactMap { $0.signing[.operators]?.key })
        guard Set(operators.publicKeys) == expected, expected.count == operators.publicKeys.count
        else { return "the aggregated keys are not the participants' keys" }
        for task in subject.program.graph.plan.tasks {
            let isOurs =
                task.owner == .aggregate(.operators) && task.untweakedKey == operators.xOnly
            if !isOurs { return "\(task.id) is for another key" }
        }
        return nil
    }
}
