import Bitcoin
import Primitives
import TestSupport

extension Transaction {
    /// A transaction of any shape that can be encoded, from a seeded source.
    static func random(using random: inout SplitMix64) -> Transaction {
        let hasWitness = Bool.random(using: &random)
        var inputs = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            TxIn(
                outPoint: OutPoint(
                    txid: Txid(randomBytes32(&random)),
                    outputIndex: UInt32.random(in: 0...(.max), using: &random)),
                scriptSig: Script(randomBytes(&random)),
                sequence: Sequence(UInt32.random(in: 0...(.max), using: &random)),
                witness: hasWitness ? randomWitness(&random) : .empty)
        }
        if hasWitness, inputs.allSatisfy(\.witness.isEmpty) {
            inputs[0].witness = [[1]]
        }
        let outputs = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            TxOut(value: randomAmount(&random), scriptPubKey: Script(randomBytes(&random)))
        }
        return Transaction(
            version: Int32.random(in: .min...(.max), using: &random), inputs: inputs,
            outputs: outputs,
            lockTime: LockTime(UInt32.random(in: 0...(.max), using: &random)))
    }

    private static func randomAmount(_ random: inout SplitMix64) -> Amount {
        let satoshi = UInt64.random(in: 0...Amount.maximum.satoshi, using: &random)
        return Amount(integerLiteral: satoshi)
    }

    private static func randomBytes32(_ random: inout SplitMix64) -> Bytes32 {
        Bytes32(random.bytes(count: 32)) ?? .zero
    }

    private static func randomBytes(_ random: inout SplitMix64) -> [UInt8] {
        let limit = [0, 1, 34, 260].randomElement(using: &random) ?? 0
        return random.bytes(count: Int.random(in: 0...limit, using: &random))
    }

    private static func randomWitness(_ random: inout SplitMix64) -> Witness {
        Witness((0..<Int.random(in: 0...4, using: &random)).map { _ in randomBytes(&random) })
    }
}
