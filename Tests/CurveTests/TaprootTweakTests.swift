import Curve
import Foundation
import Primitives
import TestSupport
import Testing

/// A case of BIP-341's scriptPubKey vectors, without its tree.
struct TaprootVector: Decodable, Sendable {
    let internalKey: String
    let merkleRoot: String?
    let tweak: String
    let outputKey: String
}

@Suite("Taproot keys")
struct TaprootTweakTests {
    @Test(
        "Output keys are those of BIP-341's vectors",
        arguments: try Vectors.load(TaprootVector.self, "bip-0341/script-pub-key"))
    func outputKey(_ vector: TaprootVector) throws {
        let key = try #require(XOnlyPublicKey(hex: vector.internalKey))
        let root = try vector.merkleRoot.map { try #require(Bytes32(hex: $0)) }
        #expect(try key.tapTweak(merkleRoot: root).description == vector.tweak)
        let (outputKey, parity) = try key.tapTweaked(merkleRoot: root)
        #expect(outputKey.hex == vector.outputKey)
        let full = try key.lifted.tweakAdded(key.tapTweak(merkleRoot: root))
        #expect(full.parity == parity)
    }

    @Test("An empty tree and no tree differ from a tree of root zero")
    func emptyRoot() throws {
        let without = try XOnlyPublicKey.nums.tapTweaked(merkleRoot: nil)
        let zero = try XOnlyPublicKey.nums.tapTweaked(merkleRoot: .zero)
        #expect(without.outputKey != zero.outputKey)
    }

    @Test("H is the hash of the uncompressed generator")
    func nums() throws {
        let y = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
        let generator = [4] + PublicKey.generator.x.bytes + (try Hex.decode(y))
        #expect(XOnlyPublicKey.nums.bytes32 == SHA256.hash(generator))
    }

    @Test("An unspendable key is H plus a number that follows from the digest alone")
    func unspendable() throws {
        let digest = SHA256.hash(Array("ceremony".utf8))
        let key = XOnlyPublicKey.unspendable(derivedFrom: digest)
        let offset = Scalar(reducing: TaggedHash("BitVMX/unspendable").hash(digest.bytes))
        #expect(try XOnlyPublicKey.nums.lifted.tweakAdded(offset).xOnly == key)
        #expect(key == .unspendable(derivedFrom: digest))
        #expect(key != .unspendable(derivedFrom: .zero))
        #expect(key != .nums)
    }

    @Test("An x-only key stands for the point with even y")
    func lifting() throws {
        let key = try PublicKey(generatorTimes: Scalar(6))
        #expect(key.xOnly.lifted.parity == 0)
        #expect(key.xOnly == key.negated.xOnly)
        #expect(XOnlyPublicKey(key.x) == key.xOnly)
        #expect(throws: CurveError.malformedXOnlyPublicKey(byteCount: 31)) {
            try XOnlyPublicKey(decoding: [UInt8](repeating: 1, count: 31))
        }
        #expect(
            XOnlyPublicKey(hex: "eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34")
                == nil)
    }
}
