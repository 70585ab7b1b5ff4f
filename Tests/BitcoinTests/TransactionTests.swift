import Bitcoin
import Primitives
import TestSupport
import Testing

struct TransactionTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let encoded: String
        let txid: String
        let wtxid: String
        let weight: Int
        let inputCount: Int
        let outputCount: Int
        let witnessItemCount: Int

        var testDescription: String { name }
    }

    @Test(
        "Known transactions are read whole, named, weighed and written back",
        arguments: try Vectors.load(Vector.self, "transactions/transactions"))
    func known(_ vector: Vector) throws {
        let transaction = try Transaction(hex: vector.encoded)
        #expect(Hex.encode(transaction.encoded()) == vector.encoded)
        #expect(transaction.txid.hex == vector.txid)
        #expect(transaction.wtxid.hex == vector.wtxid)
        #expect(transaction.weight == Weight(vector.weight))
        #expect(transaction.virtualSize == VirtualSize((vector.weight + 3) / 4))
        #expect(transaction.byteCount == vector.encoded.utf8.count / 2)
        #expect(transaction.baseByteCount == transaction.encodedWithoutWitness().count)
        #expect(transaction.inputs.count == vector.inputCount)
        #expect(transaction.outputs.count == vector.outputCount)
        #expect(
            transaction.inputs.reduce(0) { $0 + $1.witness.items.count }
                == vector.witnessItemCount)
        #expect(transaction.isCoinbase == (vector.name == "genesis coinbase"))
    }

    @Test(
        "The form without witness reads back as the same transaction without witness",
        arguments: try Vectors.load(Vector.self, "transactions/transactions"))
    func withoutWitness(_ vector: Vector) throws {
        let transaction = try Transaction(hex: vector.encoded)
        let stripped = try Transaction(decoding: transaction.encodedWithoutWitness())
        #expect(!stripped.hasWitness)
        #expect(stripped.txid == transaction.txid)
        #expect(stripped.wtxid.bytes == transaction.txid.bytes)
    }

    @Test(
        "A transaction cut short at any length, or with a byte too many, is an error",
        arguments: try Vectors.load(Vector.self, "transactions/transactions"))
    func truncated(_ vector: Vector) throws {
        let whole = try bytes(vector.encoded)
        for count in 0..<whole.count {
            #expect(throws: TransactionError.self, "\(count) bytes") {
                try Transaction(decoding: Array(whole.prefix(count)))
            }
        }
        #expect(throws: TransactionError.encoding(.trailingBytes(1))) {
            try Transaction(decoding: whole + [0])
        }
    }

    @Test(
        "Whatever a changed byte still reads as is written back as it was read",
        arguments: try Vectors.load(Vector.self, "transactions/transactions"))
    func mutated(_ vector: Vector) throws {
        let whole = try bytes(vector.encoded)
        for index in whole.indices {
            for flip: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = whole
                changed[index] ^= flip
                guard let transaction = try? Transaction(decoding: changed) else { continue }
                #expect(transaction.encoded() == changed, "byte \(index)")
                #expect(transaction.byteCount == changed.count)
            }
        }
    }

    @Test("1,000 random transactions survive encoding and decoding")
    func randomRoundTrip() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SplitMix64(seed: seed)
        for run in 0..<1_000 {
            let transaction = Transaction.random(using: &random)
            let encoded = transaction.encoded()
            let decoded = try Transaction(decoding: encoded)
            #expect(decoded == transaction, "seed \(seed), run \(run)")
            #expect(transaction.byteCount == encoded.count, "seed \(seed), run \(run)")
            #expect(
                transaction.baseByteCount == transaction.encodedWithoutWitness().count,
                "seed \(seed), run \(run)")
        }
    }

    @Test("Random bytes are a transaction or an error")
    func randomBytes() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...200, using: &random)
            let input = [2, 0, 0, 0] + random.bytes(count: count)
            guard let transaction = try? Transaction(decoding: input) else { continue }
            #expect(transaction.encoded() == input, "seed \(seed)")
        }
    }
}
