import Curve
import Foundation
import MuSig2
import Primitives
import TestSupport
import Testing

struct SigAggVectors: Decodable, Sendable {
    struct Case: Decodable, Sendable {
        let aggnonce: String
        let nonce_indices: [Int]
        let key_indices: [Int]
        let tweak_indices: [Int]
        let is_xonly: [Bool]
        let psig_indices: [Int]
        let expected: String?
        let error: VectorError?
    }
    let pubkeys: [String]
    let pnonces: [String]
    let tweaks: [String]
    let psigs: [String]
    let msg: String
    let valid_test_cases: [Case]
    let error_test_cases: [Case]

    static func file() throws -> SigAggVectors {
        try Vectors.document(SigAggVectors.self, "bip-0327/sig_agg")
    }

    func session(_ vector: Case) throws -> SessionContext {
        SessionContext(
            aggNonce: try AggNonce(decoding: Hex.decode(vector.aggnonce)),
            keys: try context(
                keys: select(vector.key_indices, of: pubkeys),
                tweaks: select(vector.tweak_indices, of: tweaks), xOnly: vector.is_xonly),
            message: try Hex.decode(msg))
    }
}

@Suite("BIP-327 PartialSigAgg")
struct SigAggTests {
    @Test(
        "Partial signatures aggregate as published",
        arguments: try SigAggVectors.file().valid_test_cases)
    func valid(_ vector: SigAggVectors.Case) throws {
        let file = try SigAggVectors.file()
        let session = try file.session(vector)
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        #expect(try AggNonce(aggregating: nonces) == session.aggNonce)
        let parts = try PartialSignature.decode(select(vector.psig_indices, of: file.psigs))
        let signature = try SchnorrSignature(aggregating: parts, session: session)
        #expect(signature.hex.uppercased() == vector.expected)
        #expect(session.keys.xOnly.verify(signature, message: session.message))
        #expect(try session.signature(aggregating: parts, pubNonces: nonces) == signature)
        try session.checkEach(parts, pubNonces: nonces)
    }

    @Test(
        "A partial signature of the group order fails as published, with the culprit",
        arguments: try SigAggVectors.file().error_test_cases)
    func failing(_ vector: SigAggVectors.Case) throws {
        let file = try SigAggVectors.file()
        let expected = try #require(vector.error?.contribution)
        #expect(throws: expected) {
            try PartialSignature.decode(select(vector.psig_indices, of: file.psigs))
        }
    }

    @Test("Every wrong partial signature names its signer")
    func culprits() throws {
        let file = try SigAggVectors.file()
        let vector = file.valid_test_cases[3]
        let session = try file.session(vector)
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        let parts = try PartialSignature.decode(select(vector.psig_indices, of: file.psigs))
        for signerIndex in parts.indices {
            var wrong = parts
            wrong[signerIndex] = PartialSignature(parts[signerIndex].scalar + .one)
            #expect(
                throws: MuSig2Error.invalidContribution(
                    .partialSignature, signerIndex: signerIndex)
            ) { try session.signature(aggregating: wrong, pubNonces: nonces) }
        }
    }

    @Test("Good partial signatures of other nonces than the aggregated ones blame the aggregate")
    func foreignNonces() throws {
        let file = try SigAggVectors.file()
        let vector = file.valid_test_cases[0]
        let session = try file.session(vector)
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        let parts = try PartialSignature.decode(select(vector.psig_indices, of: file.psigs))
        let other = SessionContext(
            aggNonce: try AggNonce(aggregating: [nonces[0]]), keys: session.keys,
            message: session.message)
        #expect(throws: MuSig2Error.self) {
            try other.signature(aggregating: parts, pubNonces: nonces)
        }
    }

    @Test("Lists of a wrong length are refused")
    func counts() throws {
        let file = try SigAggVectors.file()
        let vector = file.valid_test_cases[0]
        let session = try file.session(vector)
        let nonces = try PubNonce.decode(select(vector.nonce_indices, of: file.pnonces))
        let parts = try PartialSignature.decode(select(vector.psig_indices, of: file.psigs))
        #expect(throws: MuSig2Error.countMismatch(expected: 2, actual: 1)) {
            try session.signature(aggregating: [parts[0]], pubNonces: nonces)
        }
        #expect(throws: MuSig2Error.countMismatch(expected: 2, actual: 3)) {
            try session.checkEach(parts, pubNonces: nonces + [nonces[0]])
        }
        #expect(throws: MuSig2Error.noContribution(.partialSignature)) {
            try SchnorrSignature(aggregating: [], session: session)
        }
    }
}
