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
        #expect(Base58Check.encode(encoded) == vector.xpub)
    }
}
