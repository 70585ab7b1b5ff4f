import Bitcoin
package import Curve
package import Exchange
import Model
package import Primitives
import ProtocolBuilder
package import Protocols

/// The graph that a signer built itself, in front of the one that a request claims.
package struct GraphSubject: Sendable {
    package let program: ProgramGraph
    package let evidence: GraphEvidence
    /// The graph that this ceremony was bound to before; nil at the first time.
    package let boundDigest: Bytes32?
    package let me: XOnlyPublicKey
    package let policy: SignerPolicy

    package init(
        program: ProgramGraph, evidence: GraphEvidence, boundDigest: Bytes32?,
        me: XOnlyPublicKey, policy: SignerPolicy
    ) {
        self.program = program
        self.evidence = evidence
        self.boundDigest = boundDigest
        self.me = me
        self.policy = policy
    }

    var pairs: [(claimed: ClaimedTransaction, rebuilt: GraphTransaction<TransactionLabel>)] {
        Array(zip(evidence.transactions, program.graph.transactions))
    }
}

/// GRF: the claimed graph is, field by field, the one that the signer built itself.
package enum GraphRules {
    package static let all: [Rule<GraphSubject>] =
        comparisons + GraphSafetyRules.all + DestinationRules.all

    static let comparisons: [Rule<GraphSubject>] = [
        names, transactions, txids, sighashes, digest, bound,
    ]

    static let names = Rule<GraphSubject>(
        "GRF-NAMES", "The claimed graph has the same transactions in the same order.",
        exit: .graphDiffers
    ) { subject in
        let expected = subject.program.graph.transactions.map(\.label.text)
        let found = subject.evidence.transactions.map(\.label)
        guard found != expected else { return nil }
        return "the request names \(found.count) transactions "
            + "(\(found.prefix(20).map(printable).joined(separator: ", "))), rebuilt: "
            + expected.joined(separator: ", ")
    }

    static let transactions = Rule<GraphSubject>(
        "GRF-TRANSACTION", "Every claimed transaction is, byte for byte, the rebuilt one.",
        exit: .graphDiffers
    ) { subject in
        for (claimed, rebuilt) in subject.pairs
        where claimed.transaction != rebuilt.transaction.encodedWithoutWitness() {
            return "'\(rebuilt.label.text)': "
                + TransactionDifference.text(
                    claimed: claimed.transaction, rebuilt: rebuilt.transaction)
        }
        return nil
    }

    static let txids = Rule<GraphSubject>(
        "GRF-TXID", "Every claimed txid is the rebuilt one.", exit: .graphDiffers
    ) { subject in
        for (claimed, rebuilt) in subject.pairs where claimed.txid != rebuilt.txid {
            return "'\(rebuilt.label.text)': txid \(claimed.txid), rebuilt \(rebuilt.txid)"
        }
        return nil
    }

    static let sighashes = Rule<GraphSubject>(
        "GRF-SIGHASH", "Every claimed sighash is the rebuilt one.", exit: .graphDiffers
    ) { subject in
        for (claimed, rebuilt) in subject.pairs {
            let expected = subject.program.graph.plan.tasks
                .filter { $0.id.label == rebuilt.label }.map(\.sighash)
            if claimed.sighashes.count != expected.count {
                return "'\(rebuilt.label.text)': \(claimed.sighashes.count) sighashes, "
                    + "rebuilt \(expected.count)"
            }
            for index in expected.indices where claimed.sighashes[index] != expected[index] {
                return "'\(rebuilt.label.text)', signature \(index): sighash "
                    + "\(claimed.sighashes[index]), rebuilt \(expected[index])"
            }
        }
        return nil
    }

    static let digest = Rule<GraphSubject>(
        "GRF-DIGEST", "The claimed graph digest is the rebuilt one.", exit: .graphDiffers
    ) { subject in
        guard subject.evidence.graphDigest != subject.program.digest else { return nil }
        return "claimed \(subject.evidence.graphDigest), rebuilt \(subject.program.digest)"
    }

    static let bound = Rule<GraphSubject>(
        "GRF-BOUND", "A ceremony signs one graph and never another.", exit: .graphDiffers
    ) { subject in
        guard let bound = subject.boundDigest, bound != subject.program.digest else {
            return nil
        }
        return "this ceremony is bound to graph \(bound.hex.prefix(16))…, the request makes "
            + "\(subject.program.digest.hex.prefix(16))…"
    }

    private static func printable(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(40).map { scalar in
                (0x20...0x7E).contains(scalar.value) ? Character(scalar) : "?"
            })
    }
}
