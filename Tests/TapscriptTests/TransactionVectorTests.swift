import Bitcoin
import Foundation
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Testing

/// Bitcoin Core's transactions that scripts accept or refuse.
@Suite("Bitcoin Core's tx_valid.json, tx_invalid.json and sighash.json")
struct TransactionVectorTests {
    struct Vector: Decodable, Sendable {
        struct Prevout: Decodable, Sendable {
            let txid: String
            let index: UInt32
            let scriptPubKey: String
            let amount: UInt64
        }

        let prevouts: [Prevout]
        let transaction: String
        let flags: String

        func data() throws -> PrecomputedTransactionData {
            let transaction = try Transaction(decoding: Hex.decode(transaction))
            var outputs: [OutPoint: TxOut] = [:]
            for prevout in prevouts {
                let outPoint = OutPoint(
                    txid: try #require(Txid(hex: prevout.txid)), outputIndex: prevout.index)
                outputs[outPoint] = TxOut(
                    value: try Amount(prevout.amount),
                    scriptPubKey: try #require(Script(hex: prevout.scriptPubKey)))
            }
            return try PrecomputedTransactionData(
                transaction: transaction,
                prevouts: transaction.inputs.map { try #require(outputs[$0.outPoint]) })
        }

        /// Whether all inputs are accepted.
        func isAccepted(_ flags: ScriptVerifyFlags) throws -> Bool {
            let data = try data()
            return data.prevouts.indices.allSatisfy { index in
                Verdict(data, inputIndex: index, flags: flags) == .accepted
            }
        }
    }

    @Test("Valid transactions are accepted under all rules but the named ones")
    func valid() throws {
        let vectors = try Vectors.load(Vector.self, "script/tx_valid")
        #expect(vectors.count == 121)
        for (index, vector) in vectors.enumerated() {
            let excluded = try ScriptVerifyFlags.named(vector.flags)
            let flags = ScriptVerifyFlags.every.subtracting(excluded).trimmed
            #expect(try vector.isAccepted(flags), "vector \(index), without \(vector.flags)")
        }
    }

    @Test("Invalid transactions are refused under the named rules")
    func invalid() throws {
        let vectors = try Vectors.load(Vector.self, "script/tx_invalid")
        #expect(vectors.count == 84)
        for (index, vector) in vectors.enumerated() {
            let flags = try ScriptVerifyFlags.named(vector.flags).completed
            #expect(try !vector.isAccepted(flags), "vector \(index), with \(vector.flags)")
        }
    }

    struct SighashVector: Decodable, Sendable {
        let transaction: String
        let script: String
        let inputIndex: Int
        let type: UInt32
        let sighash: String
    }

    @Test("Sighashes before segwit, of any type")
    func sighashes() throws {
        let vectors = try Vectors.load(SighashVector.self, "script/sighash")
        #expect(vectors.count == 100)
        for vector in vectors {
            let sighash = LegacySighash.hash(
                try Transaction(decoding: Hex.decode(vector.transaction)),
                inputIndex: vector.inputIndex,
                scriptCode: try #require(Script(hex: vector.script)), type: vector.type)
            #expect(Hex.encode(sighash.bytes.reversed()) == vector.sighash)
        }
    }
}
