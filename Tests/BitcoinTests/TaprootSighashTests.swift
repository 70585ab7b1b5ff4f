import Bitcoin
import Primitives
import TestSupport
import Testing

struct TaprootSighashTests {
    struct Vector: Decodable, Sendable {
        let transaction: String
        let prevouts: [PrevoutVector]
        let inputIndex: Int
        let hashType: UInt8
        let leafHash: String?
        let codeSeparatorPosition: UInt32?
        let annex: String?
        let sigMsg: String
        let sigHash: String
    }

    @Test(
        "Script paths, annexes and code separators equal those of a second implementation",
        arguments: try Vectors.load(Vector.self, "bip-0341/script-path-and-annex"))
    func scriptPath(_ vector: Vector) throws {
        let cache = try TaprootSighashCache(
            transaction: Transaction(hex: vector.transaction),
            prevouts: vector.prevouts.map { try $0.prevout() })
        let type = try #require(SighashType(rawValue: vector.hashType))
        let path: TaprootSpendPath =
            if let leafHash = vector.leafHash, let position = vector.codeSeparatorPosition {
                .scriptPath(leafHash: try bytes32(leafHash), codeSeparatorPosition: position)
            } else {
                .keyPath
            }
        let annex = try vector.annex.map { try bytes($0) }
        let message = try cache.message(
            inputIndex: vector.inputIndex, type: type, path: path, annex: annex)
        #expect(Hex.encode(message) == vector.sigMsg)
        let sighash = try cache.sighash(
            inputIndex: vector.inputIndex, type: type, path: path, annex: annex)
        #expect(sighash.hex == vector.sigHash)
        #expect(
            try Sighash.taproot(
                transaction: Transaction(hex: vector.transaction), inputIndex: vector.inputIndex,
                prevouts: vector.prevouts.map { try $0.prevout() }, type: type, path: path,
                annex: annex) == sighash)
    }

    static func transaction(inputCount: Int, outputCount: Int) -> Transaction {
        Transaction(
            version: 3,
            inputs: (0..<inputCount).map { index in
                TxIn(outPoint: OutPoint(txid: .zero, outputIndex: UInt32(index)))
            },
            outputs: (0..<outputCount).map { _ in TxOut(value: 330, scriptPubKey: .payToAnchor) })
    }

    static func prevouts(_ count: Int) -> [TxOut] {
        (0..<count).map { _ in
            TxOut(value: 1_000, scriptPubKey: .payToTaproot(outputKey: .zero))
        }
    }

    @Test(
        "A single output that does not exist is an error",
        arguments: [SighashType.single, .singleAnyoneCanPay])
    func singleWithoutOutput(_ type: SighashType) throws {
        let cache = try TaprootSighashCache(
            transaction: Self.transaction(inputCount: 2, outputCount: 1),
            prevouts: Self.prevouts(2))
        _ = try cache.sighash(inputIndex: 0, type: type, path: .keyPath)
        #expect(throws: SighashError.singleWithoutOutput(inputIndex: 1, outputCount: 1)) {
            try cache.sighash(inputIndex: 1, type: type, path: .keyPath)
        }
    }

    @Test("Inputs, prevouts and annexes that do not fit are errors")
    func misuse() throws {
        let transaction = Self.transaction(inputCount: 2, outputCount: 2)
        #expect(throws: SighashError.prevoutCountMismatch(prevoutCount: 1, inputCount: 2)) {
            try TaprootSighashCache(transaction: transaction, prevouts: Self.prevouts(1))
        }
        let cache = try TaprootSighashCache(transaction: transaction, prevouts: Self.prevouts(2))
        for index in [-1, 2] {
            #expect(throws: SighashError.inputIndexOutOfRange(inputIndex: index, inputCount: 2)) {
                try cache.sighash(inputIndex: index, path: .keyPath)
            }
        }
        for annex in [[], [0x51]] as [[UInt8]] {
            #expect(throws: SighashError.invalidAnnex) {
                try cache.sighash(inputIndex: 0, path: .keyPath, annex: annex)
            }
        }
    }

    @Test("Every field that a type covers changes the sighash, and no other does")
    func coverage() throws {
        let base = Self.transaction(inputCount: 2, outputCount: 2)
        var otherInput = base
        otherInput.inputs[1].sequence = Sequence(5)
        var otherOutput = base
        otherOutput.outputs[1].value = 331
        var ownOutput = base
        ownOutput.outputs[0].value = 331
        for type in SighashType.allCases {
            let hash = { (transaction: Transaction) throws(SighashError) in
                try Sighash.taproot(
                    transaction: transaction, inputIndex: 0, prevouts: Self.prevouts(2),
                    type: type, path: .keyPath)
            }
            let expected = try hash(base)
            let coversAll = [.default, .all, .allAnyoneCanPay].contains(type)
            let coversNone = [.none, .noneAnyoneCanPay].contains(type)
            #expect(try (hash(otherInput) == expected) == type.isAnyoneCanPay, "\(type)")
            #expect(try (hash(otherOutput) == expected) != coversAll, "\(type)")
            #expect(try (hash(ownOutput) == expected) == coversNone, "\(type)")
        }
    }

    @Test("5,000 inputs take about as long per input as 500 do", .timeLimit(.minutes(1)))
    func linearTime() throws {
        let clock = ContinuousClock()
        let durations = try [500, 5_000].map { count in
            let transaction = Self.transaction(inputCount: count, outputCount: count)
            let prevouts = Self.prevouts(count)
            return try clock.measure {
                let cache = try TaprootSighashCache(transaction: transaction, prevouts: prevouts)
                for index in 0..<count {
                    _ = try cache.sighash(inputIndex: index, type: .single, path: .keyPath)
                }
            }
        }
        // Ten times the inputs would take a hundred times as long if each hashed the transaction.
        #expect(durations[1] < durations[0] * 40 + .milliseconds(200))
    }

    @Test("A signature carries its type unless that is the default")
    func witnessItem() {
        let signature = [UInt8](repeating: 1, count: 64)
        #expect(SighashType.default.witnessItem(signature: signature) == signature)
        #expect(SighashType.all.witnessItem(signature: signature) == signature + [1])
        #expect(SighashType.default.taprootSignatureByteCount == 64)
        #expect(SighashType.singleAnyoneCanPay.taprootSignatureByteCount == 65)
    }
}
