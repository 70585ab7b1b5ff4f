import Bitcoin
import Primitives
import TestSupport
import Testing

struct SegwitV0SighashTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let transaction: String
        let inputIndex: Int
        let scriptCode: String
        let amount: UInt64
        let hashType: UInt8
        let preimage: String
        let sigHash: String

        var testDescription: String { name }
    }

    @Test(
        "BIP-143 examples", arguments: try Vectors.load(Vector.self, "bip-0143/sighashes"))
    func examples(_ vector: Vector) throws {
        let transaction = try Transaction(hex: vector.transaction)
        let type = try #require(SighashType(rawValue: vector.hashType))
        let scriptCode = Script(try bytes(vector.scriptCode))
        let cache = SegwitV0SighashCache(transaction: transaction)
        let message = try cache.message(
            inputIndex: vector.inputIndex, scriptCode: scriptCode,
            amount: Amount(vector.amount), type: type)
        #expect(Hex.encode(message) == vector.preimage)
        let sighash = try Sighash.segwitV0(
            transaction: transaction, inputIndex: vector.inputIndex, scriptCode: scriptCode,
            amount: Amount(vector.amount), type: type)
        #expect(sighash.hex == vector.sigHash)
    }

    @Test("The default type and inputs that do not exist are errors")
    func misuse() throws {
        let transaction = TaprootSighashTests.transaction(inputCount: 1, outputCount: 1)
        #expect(throws: SighashError.defaultOutsideTaproot) {
            try Sighash.segwitV0(
                transaction: transaction, inputIndex: 0, scriptCode: .empty, amount: 1,
                type: .default)
        }
        #expect(throws: SighashError.inputIndexOutOfRange(inputIndex: 1, inputCount: 1)) {
            try Sighash.segwitV0(
                transaction: transaction, inputIndex: 1, scriptCode: .empty, amount: 1,
                type: .all)
        }
    }
}
