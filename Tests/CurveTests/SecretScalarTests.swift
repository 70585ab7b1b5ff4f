import Curve
import Primitives
import TestSupport
import Testing

private let orderBytes: [UInt8] =
    [UInt8](repeating: 0xFF, count: 15) + [0xFE]
    + [
        0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36, 0x41,
        0x41,
    ]

@Suite("Secret numbers, in place")
struct SecretScalarTests {
    @Test("They agree with public numbers in 200 random sums, products and negatives")
    func agreement() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<200 {
            let (a, b) = (randomScalar(&random), randomScalar(&random))
            var sum = try page(a.bytes)
            try sum.withMutableBytes { try SecretScalar.add(b, to: &$0) }
            #expect(bytes(of: sum) == (a + b).bytes)
            var product = try page(a.bytes)
            try product.withMutableBytes { try SecretScalar.multiply(&$0, by: b) }
            #expect(bytes(of: product) == (a * b).bytes)
            var negative = try page(a.bytes)
            try negative.withMutableBytes { try SecretScalar.negate(&$0) }
            #expect(bytes(of: negative) == (-a).bytes)
            let point = try negative.withBytes { try SecretScalar.publicKey(of: $0) }
            #expect(point == (try PublicKey(generatorTimes: -a)))
        }
    }

    @Test(
        "Zero, the order and wrong lengths are no secret numbers",
        arguments: [
            [UInt8](repeating: 0, count: 32), orderBytes, [UInt8](repeating: 1, count: 31),
            [UInt8](repeating: 1, count: 33),
        ])
    func validity(_ number: [UInt8]) throws {
        let secret = try page(number)
        let isValid = secret.withBytes { SecretScalar.isValid($0) }
        #expect(!isValid)
        #expect(throws: SecretScalarError.self) {
            try page(number).withBytes { try SecretScalar.publicKey(of: $0) }
        }
        #expect(throws: SecretKeyError.self) { try discardedKey(number) }
    }

    @Test("A sum of zero is refused")
    func zeroSum() throws {
        var secret = try page(Scalar(5).bytes)
        let refusal = #expect(throws: SecretScalarError.self) {
            try secret.withMutableBytes { try SecretScalar.add(-Scalar(5), to: &$0) }
        }
        #expect(refusal == .outOfRange)
    }

    @Test("A product with zero is refused")
    func zeroProduct() throws {
        var secret = try page(Scalar(5).bytes)
        let refusal = #expect(throws: SecretScalarError.self) {
            try secret.withMutableBytes { try SecretScalar.multiply(&$0, by: Scalar.zero) }
        }
        #expect(refusal == .outOfRange)
    }

    @Test("A secret key lends the bytes that it was made of")
    func lending() throws {
        let key = try secretKey(Scalar(9).bytes)
        let lent = key.withBytes { span in span.indices.map { span[$0] } }
        #expect(lent == Scalar(9).bytes)
        let publicKey = key.publicKey
        #expect(publicKey == (try PublicKey(generatorTimes: Scalar(9))))
    }
}

private func discardedKey(_ number: [UInt8]) throws {
    let key = try secretKey(number)
    _ = key.publicKey
}
