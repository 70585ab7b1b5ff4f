import Curve
import Primitives
import TestSupport
import Testing

private let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"

@Suite("Numbers modulo the group order")
struct ScalarTests {
    @Test("Exact decoding ends below the group order")
    func range() throws {
        #expect(Scalar(try #require(Bytes32(hex: order))) == nil)
        let last = try #require(
            Bytes32(hex: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140"))
        #expect(Scalar(last) == .minusOne)
        #expect(Scalar([UInt8](repeating: 0, count: 31)) == nil)
        #expect(Scalar(Bytes32.zero) == .zero)
    }

    @Test(
        "Reduction subtracts the order once, and only where it must",
        arguments: [
            (order, "0000000000000000000000000000000000000000000000000000000000000000"),
            (
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364142",
                "0000000000000000000000000000000000000000000000000000000000000001"
            ),
            (
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140"
            ),
            (
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "000000000000000000000000000000014551231950b75fc4402da1732fc9bebe"
            ),
            (
                "ffffffffffffffffffffffffffffffff00000000000000000000000000000000",
                "000000000000000000000000000000004551231950b75fc4402da1732fc9bebf"
            ),
        ])
    func reduction(_ number: String, _ expected: String) throws {
        let bytes = try #require(Bytes32(hex: number))
        #expect(Scalar(reducing: bytes).description == expected)
        var secret = try page(bytes.bytes)
        try secret.withMutableBytes { try SecretScalar.reduce(&$0) }
        #expect(hexadecimal(secret) == expected)
    }

    @Test("Zero and one are neutral, and a number and its negative cancel")
    func identities() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<200 {
            let number = randomScalar(&random)
            #expect(number + .zero == number)
            #expect(Scalar.zero + number == number)
            #expect(number * .one == number)
            #expect(number * .zero == .zero)
            #expect(Scalar.zero * number == .zero)
            #expect(number + -number == .zero)
            #expect(number * .minusOne == -number)
        }
        #expect(-Scalar.zero == .zero)
        #expect(Scalar.minusOne + .one == .zero)
        #expect(Scalar(3) * Scalar(5) == Scalar(15))
    }

    @Test("Multiplication distributes over addition")
    func distribution() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<200 {
            let (a, b, c) = (
                randomScalar(&random), randomScalar(&random), randomScalar(&random)
            )
            #expect(a * (b + c) == a * b + a * c)
        }
    }
}

/// A number below the group order.
func randomScalar(_ random: inout SplitMix64) -> Scalar {
    Bytes32(random.bytes(count: 32)).map(Scalar.init(reducing:)) ?? .one
}

private func hexadecimal(_ page: borrowing SecretPage) -> String {
    Hex.encode(bytes(of: page))
}
