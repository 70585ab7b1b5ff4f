import Bitcoin
import Model
import ProtocolBuilder
import Protocols

/// DST: money goes inside the graph, to the participants' cold addresses or to an anchor.
enum DestinationRules {
    static let all: [Rule<GraphSubject>] = [outputs, anchors, asset, mine]

    static let outputs = Rule<GraphSubject>(
        "DST-OUTPUTS", "Every output is the program's own, a participant's payout or an anchor."
    ) { subject in
        let lock = subject.program.aggregates.lockOutputs
        var known = Set(subject.program.participants.map(\.payout))
        known.formUnion([
            lock.lockedOrdinal.scriptPubKey, lock.lockedFee.scriptPubKey,
            lock.releasedOrdinal.scriptPubKey, .payToAnchor,
        ])
        for transaction in subject.program.graph.transactions {
            for (index, output) in transaction.transaction.outputs.enumerated()
            where !known.contains(output.scriptPubKey) {
                return "'\(transaction.label.text)' output \(index) pays "
                    + "\(output.value) to an unknown script"
            }
        }
        return nil
    }

    static let anchors = Rule<GraphSubject>(
        "DST-ANCHOR", "Every transaction has one anchor, of 240 satoshi."
    ) { subject in
        for transaction in subject.program.graph.transactions {
            let anchors = transaction.transaction.outputs.filter(\.scriptPubKey.isPayToAnchor)
            if anchors.count != 1 || anchors.first?.value != 240 {
                let values = anchors.map { "\($0.value)" }.joined(separator: ", ")
                return "'\(transaction.label.text)' has \(anchors.count) anchors"
                    + (anchors.isEmpty ? "" : " of \(values)")
            }
        }
        return nil
    }

    static let asset = Rule<GraphSubject>(
        "DST-ASSET", "The asset stays whole: accepted and released with its exact value."
    ) { subject in
        let lock = subject.program.aggregates.lockOutputs
        let value = subject.program.definition.lock.ordinalAmount
        let places: [(LockTransaction, Script)] = [
            (.accept, lock.lockedOrdinal.scriptPubKey),
            (.release, lock.releasedOrdinal.scriptPubKey),
        ]
        for (label, script) in places {
            let outputs = subject.program.graph[.lock(label)]?.transaction.outputs ?? []
            let found = outputs.filter { $0.scriptPubKey == script }
            if found.count != 1 || found.first?.value != value || outputs.first != found.first {
                return "'\(label.text)' does not carry the asset's \(value) in output 0"
            }
        }
        return nil
    }

    static let mine = Rule<GraphSubject>(
        "DST-MINE", "I am paid my share by every transaction that pays out."
    ) { subject in
        guard
            let mine = subject.program.participants.first(where: { $0.identity == subject.me })
        else { return "I am not a participant" }
        for label in [LockTransaction.release, .collect] {
            let outputs = subject.program.graph[.lock(label)]?.transaction.outputs ?? []
            let payouts = Set(subject.program.participants.map(\.payout))
            let shares = outputs.filter { payouts.contains($0.scriptPubKey) }.map(\.value)
            let own = outputs.filter { $0.scriptPubKey == mine.payout }.map(\.value)
            guard own.count == 1, let share = own.first, let largest = shares.max() else {
                return "'\(label.text)' does not pay me"
            }
            // The satoshis that do not divide go to the first participants, one each.
            if share.satoshi + 1 < largest.satoshi {
                return "'\(label.text)' pays me \(share), somebody else \(largest)"
            }
        }
        return nil
    }
}
