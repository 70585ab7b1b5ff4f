import Curve
import Foundation
import MuSig2
import Primitives
import TestSupport
import Testing

struct KeySortVectors: Decodable {
    let pubkeys: [String]
    let sorted_pubkeys: [String]
}

struct KeyAggVectors: Decodable, Sendable {
    struct Valid: Decodable, Sendable {
        let key_indices: [Int]
        let expected: String
    }
    struct Failing: Decodable, Sendable {
        let key_indices: [Int]
        let tweak_indices: [Int]
        let is_xonly: [Bool]
        let error: VectorError
        let comment: String?
    }
    let pubkeys: [String]
    let tweaks: [String]
    let valid_test_cases: [Valid]
    let error_test_cases: [Failing]

    static func file() throws -> KeyAggVectors {
        try Vectors.document(KeyAggVectors.self, "bip-0327/key_agg")
    }
}

@Suite("BIP-327 KeySort and KeyAgg")
struct KeyAggTests {
    @Test("Keys sort as published")
    func keySort() throws {
        let vector = try Vectors.document(KeySortVectors.self, "bip-0327/key_sort")
        let keys = try vector.pubkeys.map { try #require(PublicKey(hex: $0)) }
        #expect(KeySort.sorted(keys).map { $0.hex.uppercased() } == vector.sorted_pubkeys)
    }

    @Test("Keys aggregate as published", arguments: try KeyAggVectors.file().valid_test_cases)
    func valid(_ vector: KeyAggVectors.Valid) throws {
        let file = try KeyAggVectors.file()
        let context = try KeyAggContext(
            decoding: select(vector.key_indices, of: file.pubkeys))
        #expect(context.xOnly.hex.uppercased() == vector.expected)
    }

    @Test(
        "Bad keys and tweaks fail as published",
        arguments: try KeyAggVectors.file().error_test_cases)
    func failing(_ vector: KeyAggVectors.Failing) throws {
        let file = try KeyAggVectors.file()
        let expected =
            vector.error.contribution
            ?? (vector.comment == "tweaked to infinity"
                ? .aggregateKeyAtInfinity : .tweakOutOfRange)
        #expect(throws: expected) {
            try context(
                keys: select(vector.key_indices, of: file.pubkeys),
                tweaks: select(vector.tweak_indices, of: file.tweaks), xOnly: vector.is_xonly)
        }
    }

    @Test("No keys have no aggregate")
    func empty() {
        #expect(throws: MuSig2Error.noContribution(.publicKey)) { try KeyAggContext([]) }
    }

    @Test("Sorted keys aggregate to one key in whatever order they came")
    func order() throws {
        var random = SplitMix64(seed: 11)
        var keys = try (0..<7).map { _ in
            try PublicKey(generatorTimes: Scalar(random.next()))
        }
        let expected = try KeyAggContext(KeySort.sorted(keys)).aggregateKey
        for _ in 0..<20 {
            keys.shuffle(using: &random)
            #expect(try KeyAggContext(KeySort.sorted(keys)).aggregateKey == expected)
        }
        #expect(try KeyAggContext(KeySort.sorted(keys).reversed()).aggregateKey != expected)
    }

    @Test("A coefficient is known for every key, and for no other")
    func coefficients() throws {
        let keys = try (1...4).map { try PublicKey(generatorTimes: Scalar(UInt64($0))) }
        let context = try KeyAggContext(keys)
        let terms = try keys.map { key in
            CurvePoint.point(key).multiplied(by: try #require(context.coefficient(of: key)))
        }
        #expect(CurvePoint.sum(of: terms) == .point(context.aggregateKey))
        #expect(context.coefficient(of: try PublicKey(generatorTimes: Scalar(5))) == nil)
    }
}
