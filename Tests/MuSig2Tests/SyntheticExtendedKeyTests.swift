import Curve
import Foundation
import MuSig2
import Primitives
import TestSupport
import Testing

struct SyntheticKeyVector: Decodable, Sendable {
    let aggregate_pubkey: String
    let keys: [String]
    let xpub: String
}

@Suite("BIP-328 synthetic extended keys")
struct SyntheticExtendedKeyTests {
    @Test(
        "An aggregate key becomes the published extended key",
        arguments: try Vectors.load(SyntheticKeyVector.self, "bip-0328/vectors"))
    func vector(_ vector: SyntheticKeyVector) throws {
        let context = try KeyAggContext(decoding: vector.keys.map { try Hex.decode($0) })
        #expect(context.aggregateKey.hex == vector.aggregate_pubkey)
        let key = SyntheticExtendedKey(aggregateKey: context.aggregateKey)
        let encoded = key.encoded(version: 0x0488_B21E)
        #expect(encoded.count == 78)
        #expect(base58Check(encoded) == vector.xpub)
    }

    /// Base58 with a checksum of four bytes; for short inputs that do not start with a zero byte.
    private func base58Check(_ payload: [UInt8]) -> String {
        let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
        var digits: [Int] = []
        for byte in payload + SHA256.doubleHash(payload).bytes.prefix(4) {
            var carry = Int(byte)
            for index in digits.indices {
                carry += digits[index] << 8
                digits[index] = carry % 58
                carry /= 58
            }
            while carry > 0 {
                digits.append(carry % 58)
                carry /= 58
            }
        }
        return String(digits.reversed().map { alphabet[$0] })
    }
}
