package import Bitcoin

/// The first field in which two transactions differ, in words.
package enum TransactionDifference {
    package static func text(claimed bytes: [UInt8], rebuilt: Transaction) -> String {
        let claimed: Transaction
        do throws(TransactionError) {
            claimed = try Transaction(decoding: bytes)
        } catch {
            return "the claimed bytes are not a transaction: \(error)"
        }
        return header(claimed, rebuilt) ?? inputs(claimed, rebuilt) ?? outputs(claimed, rebuilt)
            ?? "the encodings differ"
    }

    private static func header(_ claimed: Transaction, _ rebuilt: Transaction) -> String? {
        if claimed.version != rebuilt.version {
            return "version \(claimed.version), rebuilt \(rebuilt.version)"
        }
        if claimed.lockTime != rebuilt.lockTime {
            return "lock time \(claimed.lockTime), rebuilt \(rebuilt.lockTime)"
        }
        if claimed.inputs.count != rebuilt.inputs.count {
            return "\(claimed.inputs.count) inputs, rebuilt \(rebuilt.inputs.count)"
        }
        guard claimed.outputs.count != rebuilt.outputs.count else { return nil }
        return "\(claimed.outputs.count) outputs, rebuilt \(rebuilt.outputs.count)"
    }

    private static func inputs(_ claimed: Transaction, _ rebuilt: Transaction) -> String? {
        for (index, (left, right)) in zip(claimed.inputs, rebuilt.inputs).enumerated() {
            if left.outPoint != right.outPoint {
                return "input \(index) spends \(left.outPoint), rebuilt "
                    + "\(right.outPoint)"
            }
            if left.sequence != right.sequence {
                return "input \(index) has sequence \(left.sequence), rebuilt \(right.sequence)"
            }
        }
        return nil
    }

    private static func outputs(_ claimed: Transaction, _ rebuilt: Transaction) -> String? {
        for (index, (left, right)) in zip(claimed.outputs, rebuilt.outputs).enumerated() {
            if left.value != right.value {
                return "output \(index) holds \(left.value), rebuilt \(right.value)"
            }
            if left.scriptPubKey != right.scriptPubKey {
                return "output \(index) pays to script \(left.scriptPubKey.hex), rebuilt "
                    + right.scriptPubKey.hex
            }
        }
        return nil
    }
}
