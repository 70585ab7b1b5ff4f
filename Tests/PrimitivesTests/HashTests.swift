import Primitives
import TestSupport
import Testing

struct DigestVector: Decodable, Sendable {
    let message: String
    let repetitions: Int
    let digest: String

    var bytes: [UInt8] {
        Array(repeatElement(Array(message.utf8), count: repetitions).joined())
    }
}

@Suite("Hashes")
struct HashTests {
    @Test(
        "SHA-256, FIPS 180-4 examples",
        arguments: try Vectors.load(DigestVector.self, "hashes/sha256"))
    func sha256(_ vector: DigestVector) throws {
        let bytes = vector.bytes
        #expect(SHA256.hash(bytes).hex == vector.digest)
        #expect(SHA256.hash(bytes.span).hex == vector.digest)
        #expect(SHA256.hash(AnyCollection(bytes)).hex == vector.digest)
        var digest = [UInt8](repeating: 0, count: 32)
        var span = digest.mutableSpan
        SHA256.hash(bytes.span, into: &span)
        #expect(Hex.encode(digest) == vector.digest)
        #expect(SHA256.doubleHash(bytes) == SHA256.hash(digest))
    }

    @Test(
        "SHA-512, FIPS 180-4 examples",
        arguments: try Vectors.load(DigestVector.self, "hashes/sha512"))
    func sha512(_ vector: DigestVector) throws {
        #expect(Hex.encode(SHA512.hash(vector.bytes)) == vector.digest)
    }

    @Test(
        "RIPEMD-160, examples of its authors",
        arguments: try Vectors.load(DigestVector.self, "hashes/ripemd160"))
    func ripemd160(_ vector: DigestVector) throws {
        let bytes = vector.bytes
        #expect(RIPEMD160.hash(bytes).hex == vector.digest)
        #expect(RIPEMD160.hash(bytes.span).hex == vector.digest)
        #expect(Hash160.hash(bytes) == RIPEMD160.hash(SHA256.hash(bytes).bytes))
    }

    @Test("HASH160 of the generator's key is that of BIP-173's examples")
    func hash160() throws {
        let key = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
        #expect(
            Hash160.hash(try Hex.decode(key)).hex == "751e76e8199196d454941c45d1b3a323f1433bd6")
    }

    @Test(
        "SHA-1, FIPS 180-4 examples",
        arguments: try Vectors.load(DigestVector.self, "hashes/sha1"))
    func sha1(_ vector: DigestVector) {
        #expect(SHA1.hash(vector.bytes).hex == vector.digest)
        #expect(SHA1.hash(vector.bytes.span).hex == vector.digest)
    }

    @Test("HASH160 of public bytes is HASH160, for every length around a block")
    func publicHash160() {
        var random = SplitMix64.announced("HASH160 of public bytes")
        for count in 0..<130 {
            let bytes = random.bytes(count: count)
            #expect(Hash160.hash(publicBytes: bytes.span) == Hash160.hash(bytes), "\(count)")
        }
    }

    @Test("a stream in any pieces gives the hash of the whole", arguments: [4, 5, 6] as [UInt64])
    func stream(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for count in 0..<300 {
            let bytes = random.bytes(count: count)
            var stream = SHA256Stream()
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + Int(random.next() % 70))
                stream.update(piece)
                rest = rest.dropFirst(piece.count)
            }
            #expect(stream.finish() == SHA256.hash(bytes), "\(count) bytes, seed \(seed)")
        }
    }

    @Test("a tagged hash is that of BIP-340's definition, in any parts")
    func taggedHash() {
        let tagged = TaggedHash("BIP0340/challenge")
        let tag = SHA256.hash(Array("BIP0340/challenge".utf8)).bytes
        var random = SplitMix64(seed: 7)
        for count in 0..<200 {
            let first = random.bytes(count: count)
            let second = random.bytes(count: Int(random.next() % 100))
            let expected = SHA256.hash(tag + tag + first + second)
            #expect(tagged.hash(first, second) == expected)
            #expect(tagged.hash(first + second) == expected)
            #expect(tagged.hash((first + second).span) == expected)
        }
        #expect(tagged.hash() == SHA256.hash(tag + tag))
    }

    @Test("threads may share a tagged hash")
    func sharedTaggedHash() {
        let tagged = TaggedHash("TapLeaf")
        let expected = (0..<200).map { tagged.hash([UInt8($0)]) }
        let found = ParallelMap.concurrentMap(count: 200) { tagged.hash([UInt8($0)]) }
        #expect(found == expected)
    }
}
