import Primitives
import TestSupport
import Testing

struct BytewordsVector: Decodable, Sendable {
    let bytes: String
    let words: [String]
}

@Suite("Bytewords")
struct BytewordsTests {
    @Test("256 sorted words of four letters; first and last letter name a word")
    func list() {
        let words = Bytewords.words
        #expect(words.count == 256)
        #expect(words == words.sorted())
        #expect(words.allSatisfy { $0.count == 4 && $0.allSatisfy { ("a"..."z").contains($0) } })
        #expect(Set(words.map { [$0.first, $0.last] }).count == 256)
        #expect(Set(words.map { $0.prefix(3) }).count == 256)
        #expect(Set(words.map { $0.suffix(3) }).count == 256)
    }

    @Test(
        "BCR-2020-012 examples",
        arguments: try Vectors.load(BytewordsVector.self, "bcr-2020-012/bytewords"))
    func example(_ vector: BytewordsVector) throws {
        let bytes = try Hex.decode(vector.bytes)
        #expect(Bytewords.words(for: bytes) == vector.words)
        #expect(Bytewords.bytes(from: vector.words) == bytes)
        #expect(Bytewords.bytes(from: vector.words.map { $0.uppercased() }) == bytes)
    }

    @Test("a digest is named by its first bytes")
    func digest() {
        let digest = SHA256.hash(Array("BitVMX".utf8))
        #expect(Bytewords.words(for: digest).count == 8)
        #expect(
            Bytewords.bytes(from: Bytewords.words(for: digest)) == Array(digest.bytes.prefix(8)))
        #expect(Bytewords.bytes(from: Bytewords.words(for: digest, count: 32)) == digest.bytes)
        #expect(Bytewords.bytes(from: ["able", "abel"]) == nil)
    }
}
