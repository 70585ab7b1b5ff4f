import Curve
import Foundation
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

struct DetSignVectors: Decodable, Sendable {
    struct Case: Decodable, Sendable {
        let rand: String?
        let aggothernonce: String
        let key_indices: [Int]
        let tweaks: [String]
        let is_xonly: [Bool]
        let msg_index: Int
        let signer_index: Int
        let expected: [String]?
        let error: VectorError?
        let comment: String?
    }
    let sk: String
    let pubkeys: [String]
    let msgs: [String]
    let valid_test_cases: [Case]
    let error_test_cases: [Case]

    static func file() throws -> DetSignVectors {
        try Vectors.document(DetSignVectors.self, "bip-0327/det_sign")
    }

    func request(_ vector: Case) throws -> DeterministicSign.Request {
        DeterministicSign.Request(
            aggOtherNonce: try AggNonce(decoding: Hex.decode(vector.aggothernonce)),
            keys: try context(
                keys: select(vector.key_indices, of: pubkeys),
                tweaks: vector.tweaks.map { try Hex.decode($0) }, xOnly: vector.is_xonly),
            message: try Hex.decode(msgs[vector.msg_index]),
            randomness: try vector.rand.map { try #require(Bytes32(hex: $0)) })
    }

    func sign(_ vector: Case) throws -> DeterministicSign.Result {
        try DeterministicSign.sign(
            try request(vector), with: try secretKey(try Hex.decode(sk)))
    }
}

@Suite("BIP-327 DeterministicSign")
struct DeterministicSignTests {
    @Test(
        "The last signer signs as published",
        arguments: try DetSignVectors.file().valid_test_cases)
    func valid(_ vector: DetSignVectors.Case) throws {
        let file = try DetSignVectors.file()
        let result = try file.sign(vector)
        let made = [result.pubNonce.description, result.signature.description]
        #expect(made.map { $0.uppercased() } == vector.expected)
        let others = try PubNonce(decoding: Hex.decode(vector.aggothernonce))
        let request = try file.request(vector)
        let session = SessionContext(
            aggNonce: try AggNonce(aggregating: [result.pubNonce, others]), keys: request.keys,
            message: request.message)
        #expect(
            result.signature.verify(
                pubNonce: result.pubNonce, signerIndex: vector.signer_index, session: session))
    }

    @Test(
        "Bad requests fail as published",
        arguments: try DetSignVectors.file().error_test_cases)
    func failing(_ vector: DetSignVectors.Case) throws {
        let file = try DetSignVectors.file()
        switch vector.comment {
        case "the signer's key is not among the keys":
            #expect(throws: PartialSignError.signerNotAmongKeys) { try file.sign(vector) }
        case "first half is infinity":
            #expect(throws: PartialSignError.otherNonceAtInfinity) { try file.sign(vector) }
        case "tweak of the group order":
            #expect(throws: MuSig2Error.tweakOutOfRange) { try file.sign(vector) }
        case "tag 0x04":
            #expect(throws: MuSig2Error.invalidContribution(.aggNonce, signerIndex: nil)) {
                try file.sign(vector)
            }
        default:
            let expected = try #require(vector.error?.contribution)
            #expect(throws: expected) { try file.sign(vector) }
        }
    }

    @Test("The same request gives the same bytes, any other request another nonce")
    func determinism() throws {
        let file = try DetSignVectors.file()
        let nonces = try file.valid_test_cases.map { try file.sign($0).pubNonce }
        #expect(try file.sign(file.valid_test_cases[0]).pubNonce == nonces[0])
        #expect(Set(nonces).count == nonces.count)
    }
}
