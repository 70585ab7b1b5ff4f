import Primitives
import TestSupport
import Testing

@Suite("BLAKE3 of one block, and chains of it")
struct BLAKE3ChainTests {
    struct Message: Decodable {
        let message: String
        let digest: String
    }

    struct Chain: Decodable, Sendable {
        struct Step: Decodable, Sendable {
            let data: String
            let hash: String
        }

        let start: String
        let steps: [Step]
    }

    @Test("messages of every length")
    func messages() throws {
        let vectors = try Vectors.load(Message.self, "blake3/messages")
        #expect(vectors.count == BLAKE3.messageByteLimit + 1)
        for vector in vectors {
            #expect(BLAKE3.hash(try Hex.decode(vector.message)).hex == vector.digest)
        }
    }

    @Test("chains", arguments: BLAKE3Chain.Implementation.allCases)
    func chains(_ implementation: BLAKE3Chain.Implementation) throws {
        try requireAvailable(implementation)
        for vector in try Vectors.load(Chain.self, "blake3/chains") {
            let start = try #require(Bytes20(hex: vector.start))
            let steps = try vector.steps.map { try Self.step(Hex.decode($0.data)) }
            let hashes = BLAKE3Chain.hashes(from: start, by: steps.span, using: implementation)
            #expect(hashes.map(\.hex) == vector.steps.map(\.hash))
            var end = start
            BLAKE3Chain.extend(&end, by: steps.span, using: implementation)
            #expect(end == hashes.last)
        }
    }

    @Test("all implementations agree", arguments: BLAKE3Chain.Implementation.allCases)
    func agreement(_ implementation: BLAKE3Chain.Implementation) throws {
        try requireAvailable(implementation)
        var random = SplitMix64.announced("chain \(implementation.name)")
        let steps = (0..<1000).map { _ in Self.step(random.bytes(count: 13)) }
        var expected = BLAKE3Chain.initialHash
        BLAKE3Chain.extend(&expected, by: steps.span, using: .portable)
        var hash = BLAKE3Chain.initialHash
        BLAKE3Chain.extend(&hash, by: steps.span, using: implementation)
        #expect(hash == expected)
        BLAKE3Chain.extend(&hash, by: steps.span.extracting(0..<0), using: implementation)
        #expect(hash == expected)
    }

    /// What this CPU cannot run is skipped, and says so.
    private func requireAvailable(_ implementation: BLAKE3Chain.Implementation) throws {
        guard implementation.isAvailable else {
            let reason = "\(implementation.name): skipped, this CPU does not offer it"
            print(reason)
            try Test.cancel(Comment(rawValue: reason))
        }
    }

    private static func step(_ data: [UInt8]) -> ChainStep {
        func word(_ start: Int) -> UInt32 {
            data[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        return ChainStep(
            writeAddress: word(0), writeValue: word(4), nextAddress: word(8),
            nextMicro: UInt32(data[12]))
    }
}
