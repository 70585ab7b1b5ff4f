import Bitcoin
import Curve
import Primitives
import Tapscript
import TestSupport

/// Random transactions around the spend of one output.
struct RandomTransaction {
    private(set) var transaction: Transaction
    private var prevouts: [TxOut]
    let inputIndex: Int

    /// One or two inputs and outputs, with the versions, locks and sequences that rules ask about.
    init(_ random: inout SplitMix64) throws {
        let versions: [Int32] = [2, 2, 2, 1, 0, 3, -1, .min]
        let sequences: [UInt32] = [
            0xFFFF_FFFF, 0xFFFF_FFFE, 0, 1, 10, 0xFFFF, 0x40_0000, 0x40_000A, 0x8000_0000, 0x1_0005,
        ]
        let locks: [UInt32] = [0, 1, 100, 499_999_999, 500_000_000, 1_700_000_000, .max]
        let inputCount = Int.random(in: 1...2, using: &random)
        inputIndex = Int.random(in: 0..<inputCount, using: &random)
        transaction = Transaction(version: Self.any(versions, &random), inputs: [], outputs: [])
        transaction.lockTime = LockTime(Self.any(locks, &random))
        prevouts = []
        for _ in 0..<inputCount {
            let txid = Txid(SHA256.hash(random.bytes(count: 8)))
            transaction.inputs.append(
                TxIn(
                    outPoint: OutPoint(txid: txid, outputIndex: 0),
                    sequence: Sequence(Self.any(sequences, &random))))
            prevouts.append(
                TxOut(
                    value: try Amount(UInt64.random(in: 0...1_000_000, using: &random)),
                    scriptPubKey: Script([0x51])))
        }
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            transaction.outputs.append(
                TxOut(value: 1000, scriptPubKey: Script([0x51])))
        }
    }

    /// The transaction once it spends an output.
    func data(
        _ scriptPubKey: Script, witness: [[UInt8]] = [], scriptSig: Script = .empty
    ) throws -> PrecomputedTransactionData {
        var transaction = transaction
        var prevouts = prevouts
        prevouts[inputIndex].scriptPubKey = scriptPubKey
        transaction.inputs[inputIndex].witness = Witness(witness)
        transaction.inputs[inputIndex].scriptSig = scriptSig
        return try PrecomputedTransactionData(transaction: transaction, prevouts: prevouts)
    }

    static func any<Value>(_ values: [Value], _ random: inout SplitMix64) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}
