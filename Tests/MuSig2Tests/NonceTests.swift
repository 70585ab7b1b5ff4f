import Curve
import Foundation
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

struct NonceAggVectors: Decodable, Sendable {
    struct Valid: Decodable, Sendable {
        let pnonce_indices: [Int]
        let expected: String
    }
    struct Failing: Decodable, Sendable {
        let pnonce_indices: [Int]
        let error: VectorError
    }
    let pnonces: [String]
    let valid_test_cases: [Valid]
    let error_test_cases: [Failing]

    static func file() throws -> NonceAggVectors {
        try Vectors.document(NonceAggVectors.self, "bip-0327/nonce_agg")
    }
}

struct NonceGenVectors: Decodable, Sendable {
    struct Case: Decodable, Sendable {
        let rand_: String
        let sk: String?
        let pk: String
        let aggpk: String?
        let msg: String?
        let extra_in: String?
        let expected_secnonce: String
        let expected_pubnonce: String
    }
    let test_cases: [Case]
}

@Suite("BIP-327 nonces")
struct NonceTests {
    @Test(
        "Nonces aggregate as published", arguments: try NonceAggVectors.file().valid_test_cases)
    func valid(_ vector: NonceAggVectors.Valid) throws {
        let file = try NonceAggVectors.file()
        let encoded = try select(vector.pnonce_indices, of: file.pnonces)
        let aggregate = try AggNonce(aggregatingEncoded: encoded)
        #expect(Hex.encode(aggregate.bytes).uppercased() == vector.expected)
        #expect(try AggNonce(decoding: aggregate.bytes) == aggregate)
        #expect(try AggNonce(aggregatingEncoded: encoded.reversed()) == aggregate)
    }

    @Test(
        "Bad nonces fail as published, with the culprit",
        arguments: try NonceAggVectors.file().error_test_cases)
    func failing(_ vector: NonceAggVectors.Failing) throws {
        let file = try NonceAggVectors.file()
        let expected = try #require(vector.error.contribution)
        #expect(throws: expected) {
            try AggNonce(aggregatingEncoded: select(vector.pnonce_indices, of: file.pnonces))
        }
    }

    @Test("No nonces have no aggregate")
    func empty() {
        #expect(throws: MuSig2Error.noContribution(.pubNonce)) {
            try AggNonce(aggregating: [])
        }
    }

    @Test(
        "Nonces are generated as published",
        arguments: try Vectors.document(NonceGenVectors.self, "bip-0327/nonce_gen").test_cases)
    func generation(_ vector: NonceGenVectors.Case) throws {
        let randomness = try page(try Hex.decode(vector.rand_))
        let input = NonceInput(
            aggregateKey: try vector.aggpk.map { try #require(Bytes32(hex: $0)) },
            message: try vector.msg.map { try Hex.decode($0) },
            extraInput: try vector.extra_in.map { try Hex.decode($0) })
        let publicKey = try #require(PublicKey(hex: vector.pk))
        let nonce: SecNonce
        if let secret = vector.sk {
            nonce = try SecNonce.generate(
                randomness: randomness, key: try secretKey(try Hex.decode(secret)), input: input)
        } else {
            nonce = try SecNonce.generate(
                randomness: randomness, publicKey: publicKey, input: input)
        }
        let pubNonce = nonce.pubNonce
        let boundKey = nonce.publicKey
        #expect(Hex.encode(pubNonce.bytes).uppercased() == vector.expected_pubnonce)
        #expect(boundKey == publicKey)
        // The secret half has no way out; its published numbers have the published points.
        let expected = try secNonce(vector.expected_secnonce).pubNonce
        #expect(pubNonce == expected)
    }
}
