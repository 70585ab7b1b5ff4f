import Curve
import Foundation
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

struct TweakVectors: Decodable, Sendable {
    struct Case: Decodable, Sendable {
        let key_indices: [Int]
        let nonce_indices: [Int]
        let tweak_indices: [Int]
        let is_xonly: [Bool]
        let signer_index: Int
        let expected: String?
    }
    let sk: String
    let pubkeys: [String]
    let secnonce: String
    let pnonces: [String]
    let aggnonce: String
    let tweaks: [String]
    let msg: String
    let valid_test_cases: [Case]
    let error_test_cases: [Case]

    static func file() throws -> TweakVectors {
        try Vectors.document(TweakVectors.self, "bip-0327/tweak")
    }

    func context(_ vector: Case) throws -> KeyAggContext {
        try MuSig2Tests.context(
            keys: select(vector.key_indices, of: pubkeys),
            tweaks: select(vector.tweak_indices, of: tweaks), xOnly: vector.is_xonly)
    }
}

@Suite("BIP-327 tweaks")
struct TweakTests {
    @Test(
        "Signers of tweaked keys sign as published",
        arguments: try TweakVectors.file().valid_test_cases)
    func valid(_ vector: TweakVectors.Case) throws {
        let file = try TweakVectors.file()
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        let session = SessionContext(
            aggNonce: try AggNonce(decoding: Hex.decode(file.aggnonce)),
            keys: try file.context(vector), message: try Hex.decode(file.msg))
        let signature = try secNonce(file.secnonce).partialSign(
            session, with: try secretKey(try Hex.decode(file.sk)))
        #expect(signature.description.uppercased() == vector.expected)
        #expect(
            signature.verify(
                pubNonce: nonces[vector.signer_index], signerIndex: vector.signer_index,
                session: session))
    }

    @Test(
        "A tweak of the group order is refused",
        arguments: try TweakVectors.file().error_test_cases)
    func failing(_ vector: TweakVectors.Case) throws {
        let file = try TweakVectors.file()
        #expect(throws: MuSig2Error.tweakOutOfRange) { try file.context(vector) }
    }

    @Test("An x-only tweak with BIP-341's number makes BIP-341's output key")
    func taproot() throws {
        let keys = try (1...5).map { try PublicKey(generatorTimes: Scalar(UInt64($0))) }
        for shift in 0..<5 {
            let context = try KeyAggContext(Array(keys[shift...] + keys[..<shift]))
            let root = SHA256.hash([UInt8(shift)])
            let tweaked = try context.applyingTweak(
                try context.xOnly.tapTweak(merkleRoot: root), .xOnly)
            let expected = try context.xOnly.tapTweaked(merkleRoot: root)
            #expect(tweaked.xOnly == expected.outputKey)
            #expect(tweaked.aggregateKey.parity == expected.parity)
        }
    }
}
