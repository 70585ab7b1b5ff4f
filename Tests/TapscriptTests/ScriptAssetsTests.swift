import Bitcoin
import Foundation
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Testing

/// Spends of taproot outputs that Bitcoin Core's functional test made and recorded.
@Suite("A sample of Bitcoin Core's script_assets_test.json")
struct ScriptAssetsTests {
    struct Spend: Decodable, Sendable {
        let scriptSig: String
        let witness: [String]
    }

    struct Vector: Decodable, Sendable {
        let type: String
        let transaction: String
        let prevouts: [String]
        let index: Int
        let flags: String
        let success: Spend?
        let failure: Spend?

        func data(_ spend: Spend) throws -> PrecomputedTransactionData {
            var transaction = try Transaction(decoding: Hex.decode(transaction))
            transaction.inputs[index].scriptSig = try #require(Script(hex: spend.scriptSig))
            transaction.inputs[index].witness = Witness(
                try spend.witness.map { try Hex.decode($0) })
            return try PrecomputedTransactionData(
                transaction: transaction, prevouts: prevouts.map { try Self.output($0) })
        }

        /// An amount and a script as transactions encode them.
        private static func output(_ hex: String) throws -> TxOut {
            var reader = ByteReader(try Hex.decode(hex))
            let satoshi = try reader.readUInt64LE()
            let count = try reader.readCompactSize()
            return TxOut(
                value: try Amount(satoshi),
                scriptPubKey: Script(try reader.read(count: Int(count))))
        }
    }

    /// The sample; or the whole set, where a file with it is named by `BITVMX_SCRIPT_ASSETS`.
    static func vectors() throws -> [Vector] {
        guard let path = ProcessInfo.processInfo.environment["BITVMX_SCRIPT_ASSETS"] else {
            return try Vectors.load(Vector.self, "script/script_assets_sample")
        }
        return try JSONDecoder().decode(
            [Vector].self, from: Data(contentsOf: URL(filePath: path)))
    }

    @Test("Every kind of spend succeeds and fails as in Bitcoin Core")
    func spends() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count >= 230)
        for vector in vectors {
            let flags = try ScriptVerifyFlags.named(vector.flags)
            if let success = vector.success {
                let verdict = Verdict(
                    try vector.data(success), inputIndex: vector.index, flags: flags)
                #expect(verdict == .accepted, "\(vector.type)")
            }
            if let failure = vector.failure {
                let verdict = Verdict(
                    try vector.data(failure), inputIndex: vector.index, flags: flags)
                #expect(verdict != .accepted, "\(vector.type)")
            }
        }
    }
}
