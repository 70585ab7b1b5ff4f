import Curve
import Foundation
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

struct SignVerifyVectors: Decodable, Sendable {
    struct Valid: Decodable, Sendable {
        let key_indices: [Int]
        let nonce_indices: [Int]
        let aggnonce_index: Int
        let msg_index: Int
        let signer_index: Int
        let expected: String
    }
    struct SignFailing: Decodable, Sendable {
        let key_indices: [Int]
        let aggnonce_index: Int
        let msg_index: Int
        let secnonce_index: Int
        let error: VectorError
    }
    struct VerifyFailing: Decodable, Sendable {
        let sig: String
        let key_indices: [Int]
        let nonce_indices: [Int]
        let msg_index: Int
        let signer_index: Int
        let error: VectorError?
    }
    let sk: String
    let pubkeys: [String]
    let secnonces: [String]
    let pnonces: [String]
    let aggnonces: [String]
    let msgs: [String]
    let valid_test_cases: [Valid]
    let sign_error_test_cases: [SignFailing]
    let verify_fail_test_cases: [VerifyFailing]
    let verify_error_test_cases: [VerifyFailing]

    static func file() throws -> SignVerifyVectors {
        try Vectors.document(SignVerifyVectors.self, "bip-0327/sign_verify")
    }

    func key() throws -> SecretKey { try secretKey(try Hex.decode(sk)) }
}

@Suite("BIP-327 Sign and PartialSigVerify")
struct SignVerifyTests {
    @Test(
        "Partial signatures are made and accepted as published",
        arguments: try SignVerifyVectors.file().valid_test_cases)
    func valid(_ vector: SignVerifyVectors.Valid) throws {
        let file = try SignVerifyVectors.file()
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        let aggNonce = try AggNonce(decoding: Hex.decode(file.aggnonces[vector.aggnonce_index]))
        #expect(try AggNonce(aggregating: nonces) == aggNonce)
        let session = SessionContext(
            aggNonce: aggNonce,
            keys: try KeyAggContext(decoding: select(vector.key_indices, of: file.pubkeys)),
            message: try Hex.decode(file.msgs[vector.msg_index]))
        let signature = try secNonce(file.secnonces[0]).partialSign(
            session, with: try file.key())
        #expect(signature.description.uppercased() == vector.expected)
        #expect(
            signature.verify(
                pubNonce: nonces[vector.signer_index], signerIndex: vector.signer_index,
                session: session))
    }

    @Test(
        "Signing fails as published",
        arguments: try SignVerifyVectors.file().sign_error_test_cases)
    func signFailing(_ vector: SignVerifyVectors.SignFailing) throws {
        let file = try SignVerifyVectors.file()
        func sign() throws {
            let session = SessionContext(
                aggNonce: try AggNonce(
                    decoding: Hex.decode(file.aggnonces[vector.aggnonce_index])),
                keys: try KeyAggContext(decoding: select(vector.key_indices, of: file.pubkeys)),
                message: try Hex.decode(file.msgs[vector.msg_index]))
            _ = try secNonce(file.secnonces[vector.secnonce_index]).partialSign(
                session, with: try file.key())
        }
        if let expected = vector.error.contribution {
            #expect(throws: expected) { try sign() }
        } else if vector.secnonce_index == 1 {
            #expect(throws: SecretsError.nonceOutOfRange) { try sign() }
        } else {
            #expect(throws: PartialSignError.signerNotAmongKeys) { try sign() }
        }
    }

    @Test(
        "Wrong partial signatures are refused as published",
        arguments: try SignVerifyVectors.file().verify_fail_test_cases)
    func verifyFailing(_ vector: SignVerifyVectors.VerifyFailing) throws {
        let file = try SignVerifyVectors.file()
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        let session = SessionContext(
            aggNonce: try AggNonce(aggregating: nonces),
            keys: try KeyAggContext(decoding: select(vector.key_indices, of: file.pubkeys)),
            message: try Hex.decode(file.msgs[vector.msg_index]))
        let bytes = try Hex.decode(vector.sig)
        guard let signature = try? PartialSignature(decoding: bytes) else {
            #expect(Scalar(bytes) == nil)
            return
        }
        #expect(
            !signature.verify(
                pubNonce: nonces[vector.signer_index], signerIndex: vector.signer_index,
                session: session))
    }

    @Test(
        "Malformed nonces and keys fail as published, with the culprit",
        arguments: try SignVerifyVectors.file().verify_error_test_cases)
    func verifyErrors(_ vector: SignVerifyVectors.VerifyFailing) throws {
        let file = try SignVerifyVectors.file()
        let expected = try #require(vector.error?.contribution)
        #expect(throws: expected) {
            _ = try AggNonce(aggregatingEncoded: select(vector.nonce_indices, of: file.pnonces))
            _ = try KeyAggContext(decoding: select(vector.key_indices, of: file.pubkeys))
        }
    }
}
