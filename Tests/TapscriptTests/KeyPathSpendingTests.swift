import Bitcoin
import Curve
import Primitives
import Tapscript
import TestSupport
import Testing

/// The key-path part of BIP-341's wallet vectors: messages, hashes and signatures.
struct KeyPathSpendingTests {
    struct Prevout: Decodable, Sendable {
        let scriptPubKey: String
        let amount: UInt64
    }

    struct Hashes: Decodable, Sendable {
        let hashAmounts: String
        let hashOutputs: String
        let hashPrevouts: String
        let hashScriptPubkeys: String
        let hashSequences: String
    }

    struct Input: Decodable, Sendable {
        let inputIndex: Int
        let hashType: UInt8
        let merkleRoot: String?
        let internalKey: String
        let sigMsg: String
        let sigHash: String
        let witness: [String]
    }

    struct Document: Decodable, Sendable {
        let unsignedTransaction: String
        let signedTransaction: String
        let prevouts: [Prevout]
        let hashes: Hashes
        let inputs: [Input]

        func prevoutList() throws -> [TxOut] {
            try prevouts.map { prevout in
                TxOut(
                    value: try Amount(prevout.amount),
                    scriptPubKey: Script(try Hex.decode(prevout.scriptPubKey)))
            }
        }

        func cache() throws -> TaprootSighashCache {
            try TaprootSighashCache(
                transaction: Transaction(decoding: Hex.decode(unsignedTransaction)),
                prevouts: prevoutList())
        }
    }

    static func document() throws -> Document {
        try Vectors.document(Document.self, "bip-0341/key-path-spending")
    }

    @Test("Shared hashes, messages and sighashes")
    func sighashes() throws {
        let document = try Self.document()
        let cache = try document.cache()
        #expect(cache.amountsHash.hex == document.hashes.hashAmounts)
        #expect(cache.outputsHash.hex == document.hashes.hashOutputs)
        #expect(cache.prevoutsHash.hex == document.hashes.hashPrevouts)
        #expect(cache.scriptPubKeysHash.hex == document.hashes.hashScriptPubkeys)
        #expect(cache.sequencesHash.hex == document.hashes.hashSequences)
        for input in document.inputs {
            let type = try #require(SighashType(rawValue: input.hashType))
            let message = try cache.message(
                inputIndex: input.inputIndex, type: type, path: .keyPath)
            #expect(Hex.encode(message) == input.sigMsg)
            let sighash = try cache.sighash(
                inputIndex: input.inputIndex, type: type, path: .keyPath)
            #expect(sighash.hex == input.sigHash)
        }
    }

    @Test("Expected signatures are valid under the tweaked key, and in their own input only")
    func signatures() throws {
        let document = try Self.document()
        let cache = try document.cache()
        let prevouts = try document.prevoutList()
        for input in document.inputs {
            let root = try input.merkleRoot.map { try #require(Bytes32(hex: $0)) }
            let internalKey = try #require(XOnlyPublicKey(hex: input.internalKey))
            let key = try internalKey.tapTweaked(merkleRoot: root).outputKey
            #expect(
                prevouts[input.inputIndex].scriptPubKey
                    == .payToTaproot(outputKey: key.bytes32))
            let item = try Hex.decode(try #require(input.witness.first))
            let signature = try #require(SchnorrSignature(item.prefix(64)))
            let type = try #require(SighashType(rawValue: input.hashType))
            #expect(type.witnessItem(signature: signature.bytes) == item)
            #expect(type.taprootSignatureByteCount == item.count)
            let sighash = try cache.sighash(
                inputIndex: input.inputIndex, type: type, path: .keyPath)
            #expect(key.verify(signature, message: sighash))
            let other = try cache.sighash(
                inputIndex: input.inputIndex, type: type, path: .keyPath, annex: [0x50])
            #expect(!key.verify(signature, message: other))
        }
    }

    @Test("The signed transaction is the unsigned one with the expected witnesses")
    func signedTransaction() throws {
        let document = try Self.document()
        let unsigned = try Transaction(decoding: Hex.decode(document.unsignedTransaction))
        let signed = try Transaction(decoding: Hex.decode(document.signedTransaction))
        for input in document.inputs {
            #expect(
                try signed.inputs[input.inputIndex].witness.items
                    == input.witness.map { try Hex.decode($0) })
            #expect(unsigned.inputs[input.inputIndex].witness.isEmpty)
            #expect(
                signed.inputs[input.inputIndex].outPoint
                    == unsigned.inputs[input.inputIndex].outPoint)
        }
    }
}
