import Curve
import Primitives
import TestSupport
import Testing

/// A signature with the nonce 1: `r` is the generator's x, `s = z + r * d`.
///
/// A nonce that everybody knows, so that the test needs no inverse; never to be used for signing.
private func signature(digest: Bytes32, key: Scalar) throws -> ECDSASignature {
    let r = Scalar(reducing: PublicKey.generator.x)
    let s = Scalar(reducing: digest) + r * key
    return try ECDSASignature(decodingCompact: r.bytes + s.bytes)
}

@Suite("ECDSA signatures")
struct ECDSASignatureTests {
    @Test("A signature is valid for its digest and key alone, with either s")
    func verification() throws {
        var random = SplitMix64(seed: 6)
        for _ in 0..<50 {
            let secret = randomScalar(&random)
            let key = try PublicKey(generatorTimes: secret)
            let digest = SHA256.hash(random.bytes(count: 40))
            let made = try signature(digest: digest, key: secret)
            #expect(key.verify(made, digest: digest))
            #expect(key.verify(made.normalized, digest: digest))
            #expect(!key.verify(made, digest: .zero))
            #expect(!key.negated.verify(made, digest: digest))
            let s = try #require(Scalar(made.compact[32...]))
            let other = try ECDSASignature(
                decodingCompact: Array(made.compact[..<32]) + (-s).bytes)
            #expect(key.verify(other, digest: digest))
            #expect(other.normalized == made.normalized)
        }
    }

    @Test("DER and the 64-byte form hold the same signature")
    func encodings() throws {
        let made = try signature(digest: SHA256.hash([1]), key: Scalar(5))
        #expect(try ECDSASignature(decodingDER: made.der) == made)
        #expect(try ECDSASignature(decodingCompact: made.compact) == made)
        #expect(made.der.first == 0x30)
    }

    @Test("Garbage after or inside the DER form is refused")
    func strictDER() throws {
        let der = try signature(digest: SHA256.hash([1]), key: Scalar(5)).der
        for malformed in [der + [0], Array(der.dropLast()), [], [0x30]] {
            #expect(throws: CurveError.malformedECDSASignature(byteCount: malformed.count)) {
                try ECDSASignature(decodingDER: malformed)
            }
        }
        #expect(throws: CurveError.malformedECDSASignature(byteCount: 64)) {
            try ECDSASignature(decodingCompact: [UInt8](repeating: 0xFF, count: 64))
        }
    }
}
