import Curve
import Primitives
import TestSupport
import Testing

@Suite("Public keys and points")
struct PublicKeyTests {
    @Test("The generator is that of SEC 2")
    func generator() {
        #expect(
            PublicKey.generator.hex
                == "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
    }

    @Test(
        "What is no compressed point is refused",
        arguments: [
            "", "02", "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            "0079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            "020000000000000000000000000000000000000000000000000000000000000005",
            "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30",
            "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800",
        ])
    func malformed(_ hex: String) throws {
        #expect(PublicKey(hex: hex) == nil)
        let bytes = try Hex.decode(hex)
        #expect(throws: CurveError.malformedPublicKey(byteCount: bytes.count)) {
            try PublicKey(decoding: bytes)
        }
    }

    @Test("Multiples of the generator add up as their numbers do")
    func homomorphism() throws {
        var random = SplitMix64(seed: 4)
        for _ in 0..<100 {
            let (a, b) = (randomScalar(&random), randomScalar(&random))
            let (p, q) = (try PublicKey(generatorTimes: a), try PublicKey(generatorTimes: b))
            let sum = try PublicKey(generatorTimes: a + b)
            #expect(try p.adding(q) == sum)
            #expect(try p.tweakAdded(b) == sum)
            #expect(try PublicKey.combine([p, q]) == sum)
            #expect(try p.multiplying(by: b) == PublicKey(generatorTimes: a * b))
            #expect(try p.negated == PublicKey(generatorTimes: -a))
            #expect(p.negated.x == p.x)
            #expect(p.negated.parity == 1 - p.parity)
            #expect(try PublicKey(decoding: p.bytes) == p)
        }
    }

    @Test("Sums that vanish are refused as keys, and are infinity as points")
    func infinity() throws {
        let key = PublicKey.generator
        #expect(throws: CurveError.pointAtInfinity) { try key.adding(key.negated) }
        #expect(throws: CurveError.pointAtInfinity) { try key.tweakAdded(.minusOne) }
        #expect(throws: CurveError.pointAtInfinity) { try key.multiplying(by: .zero) }
        #expect(throws: CurveError.pointAtInfinity) { try PublicKey.combine([]) }
        #expect(throws: CurveError.pointAtInfinity) { try PublicKey(generatorTimes: .zero) }
        #expect(CurvePoint.point(key).adding(.point(key.negated)) == .infinity)
        #expect(CurvePoint.point(key).multiplied(by: .zero) == .infinity)
        #expect(CurvePoint.point(key).tweakAdded(.minusOne) == .infinity)
        #expect(CurvePoint.infinity.tweakAdded(.zero) == .infinity)
        #expect(CurvePoint.infinity.tweakAdded(.one) == .generator)
        #expect(CurvePoint.infinity.multiplied(by: Scalar(2)) == .infinity)
        #expect(CurvePoint.infinity.negated == .infinity)
        #expect(CurvePoint.sum(of: []) == .infinity)
        #expect(CurvePoint.infinity.adding(.generator) == .generator)
    }

    @Test("33 zero bytes are infinity in BIP-327's extended encoding alone")
    func extendedEncoding() throws {
        let zeros = [UInt8](repeating: 0, count: 33)
        #expect(try CurvePoint(decodingExtended: zeros) == .infinity)
        #expect(CurvePoint.infinity.extendedBytes == zeros)
        #expect(try CurvePoint(decodingExtended: PublicKey.generator.bytes) == .generator)
        #expect(throws: CurveError.self) {
            try CurvePoint(decodingExtended: [UInt8](repeating: 0, count: 32))
        }
        #expect(PublicKey(zeros) == nil)
    }

    @Test("Keys are ordered by their bytes")
    func order() throws {
        var random = SplitMix64(seed: 5)
        let keys = try (0..<40).map { _ in
            try PublicKey(generatorTimes: randomScalar(&random))
        }
        let expected = keys.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
        #expect(keys.sorted().map(\.bytes) == expected)
        #expect(Set(keys + keys).count == 40)
    }
}
