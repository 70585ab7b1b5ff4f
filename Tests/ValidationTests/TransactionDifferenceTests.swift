import Bitcoin
import ProtocolBuilder
import Protocols
import TestSupport
import Testing
import Validation

@Suite("Differences of transactions")
struct TransactionDifferenceTests {
    static func accept() throws -> Transaction {
        try CeremonyFixture(operatorCount: 2).program.graph.transactions[0].transaction
    }

    @Test("the first field that differs is named")
    func fields() throws {
        let rebuilt = try Self.accept()
        func text(_ change: (inout Transaction) -> Void) -> String {
            var claimed = rebuilt
            change(&claimed)
            return TransactionDifference.text(
                claimed: claimed.encodedWithoutWitness(), rebuilt: rebuilt)
        }
        let expected = [
            (text { $0.version = 2 }, "version 2, rebuilt 3"),
            (text { $0.lockTime = LockTime(7) }, "lock time"),
            (text { $0.inputs.removeLast() }, "1 inputs, rebuilt 2"),
            (text { $0.outputs.removeLast() }, "2 outputs, rebuilt 3"),
            (text { $0.inputs[1].outPoint = .null }, "input 1 spends"),
            (text { $0.inputs[0].sequence = .final }, "input 0 has sequence"),
            (text { $0.outputs[0].value = 1 }, "output 0 holds"),
            (text { $0.outputs[2].scriptPubKey = .empty }, "output 2 pays to script"),
            (text { $0.inputs[0].scriptSig = .payToAnchor }, "the encodings differ"),
        ]
        for (found, start) in expected {
            #expect(found.hasPrefix(start), "\(found)")
        }
    }

    @Test("bytes that are no transaction are called so")
    func noise() throws {
        let rebuilt = try Self.accept()
        for bytes in [[], [1], Array(rebuilt.encodedWithoutWitness().dropLast())] {
            let text = TransactionDifference.text(claimed: bytes, rebuilt: rebuilt)
            #expect(text.hasPrefix("the claimed bytes are not a transaction"))
        }
    }
}
