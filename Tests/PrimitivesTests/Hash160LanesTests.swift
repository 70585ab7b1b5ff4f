import CHash
import Primitives
import TestSupport
import Testing

@Suite("Many-lane hashes agree with libcrypto")
struct Hash160LanesTests {
    static let laneCounts = 0...70

    @Test("HASH160 chains of random lengths", arguments: HashImplementation.allCases)
    func chains(_ implementation: HashImplementation) throws {
        var random = try generator(for: implementation, seed: 0x160)
        for laneCount in Self.laneCounts {
            for limit in [UInt8(15), 40] {
                let values = (0..<laneCount).map { _ in random.bytes20() }
                let steps = random.bytes(count: laneCount).map { $0 % (limit + 1) }
                expectChains(values, steps, implementation)
            }
        }
    }

    @Test("The longest chains, equal and unequal", arguments: HashImplementation.allCases)
    func longChains(_ implementation: HashImplementation) throws {
        var random = try generator(for: implementation, seed: 0x255)
        for laneCount in [1, 7, 17, 33] {
            let values = (0..<laneCount).map { _ in random.bytes20() }
            expectChains(values, [UInt8](repeating: 255, count: laneCount), implementation)
            expectChains(values, random.bytes(count: laneCount), implementation)
        }
    }

    @Test("More lanes than one batch", arguments: HashImplementation.allCases)
    func manyLanes(_ implementation: HashImplementation) throws {
        var random = try generator(for: implementation, seed: 0x5000)
        let values = (0..<5000).map { _ in random.bytes20() }
        let steps = random.bytes(count: values.count).map { $0 % 4 }
        expectChains(values, steps, implementation)
    }

    @Test("Secret memory gives the same chains as public memory")
    func secretMemory() {
        var random = SplitMix64(seed: 0x5EC)
        let values = (0..<23).map { _ in random.bytes20() }
        let steps = random.bytes(count: 23).map { $0 % 16 }
        var flat = values.flatMap(\.bytes)
        var span = flat.mutableSpan
        Hash160Lanes.iterate(&span, steps: steps)

        var expected = values
        Hash160Lanes.iterate(&expected, steps: steps)
        #expect(flat == expected.flatMap(\.bytes))
    }

    @Test("SHA-256 of every short length", arguments: HashImplementation.allCases)
    func sha256(_ implementation: HashImplementation) throws {
        var random = try generator(for: implementation, seed: 0x256)
        for laneCount in Self.laneCounts {
            let messageSize = laneCount % (Int(BVX_SHA256_LANES_MESSAGE_LIMIT) + 1)
            let messages = (0..<laneCount).map { _ in random.bytes(count: messageSize) }
            var digests = [UInt8](repeating: 0, count: 32 * laneCount)
            let status = unsafe bvx_sha256_lanes(
                implementation.code, &digests, messages.flatMap { $0 }, messageSize, laneCount)
            #expect(status == 1)
            #expect(digests == messages.flatMap { SHA256.hash($0).bytes }, "\(laneCount) lanes")
        }
    }

    @Test("RIPEMD-160 of 32 bytes", arguments: HashImplementation.allCases)
    func ripemd160(_ implementation: HashImplementation) throws {
        var random = try generator(for: implementation, seed: 0x61)
        for laneCount in Self.laneCounts {
            let messages = (0..<laneCount).map { _ in random.bytes(count: 32) }
            var digests = [UInt8](repeating: 0, count: 20 * laneCount)
            let status = unsafe bvx_ripemd160_lanes(
                implementation.code, &digests, messages.flatMap { $0 }, laneCount)
            #expect(status == 1)
            #expect(digests == messages.flatMap { RIPEMD160.hash($0).bytes }, "\(laneCount) lanes")
        }
    }

    @Test("A message of 56 bytes does not fit one block and is refused untouched")
    func tooLong() {
        var digest = [UInt8](repeating: 7, count: 32)
        let message = [UInt8](repeating: 1, count: 56)
        #expect(unsafe bvx_sha256_lanes(BVX_HASH_AUTOMATIC, &digest, message, 56, 1) == 0)
        #expect(digest == [UInt8](repeating: 7, count: 32))
    }

    @Test("An unknown or absent implementation is refused")
    func unknownImplementation() {
        let unknown = bvx_hash_implementation(rawValue: 99)
        #expect(bvx_hash_implementation_is_available(unknown) == 0)
        var value = [UInt8](repeating: 7, count: 20)
        #expect(unsafe bvx_hash160_iterate_lanes(unknown, &value, [1], 1) == 0)
        #expect(value == [UInt8](repeating: 7, count: 20))
    }

    @Test("Automatic is an available implementation and says its name")
    func automatic() {
        let names = HashImplementation.allCases.dropFirst().filter(\.isAvailable).map(\.name)
        #expect(names.contains(HashImplementation.automatic.name))
        #expect(HashImplementation.portable.isAvailable)
    }

    private func generator(
        for implementation: HashImplementation, seed: UInt64
    ) throws -> SplitMix64 {
        guard implementation.isAvailable else {
            let reason = "\(implementation.name): skipped, this CPU does not offer it"
            print(reason)
            try Test.cancel(Comment(rawValue: reason))
        }
        print("\(implementation.name): seed \(seed)")
        return SplitMix64(seed: seed)
    }

    private func expectChains(
        _ values: [Bytes20], _ steps: [UInt8], _ implementation: HashImplementation
    ) {
        var found = values
        Hash160Lanes.iterate(&found, steps: steps, using: implementation)
        let expected = zip(values, steps).map { value, count in
            (0..<count).reduce(value) { link, _ in Hash160.hash(link.bytes) }
        }
        #expect(found == expected, "\(values.count) lanes")
    }
}

extension SplitMix64 {
    fileprivate mutating func bytes20() -> Bytes20 {
        Bytes20(bytes(count: Bytes20.byteCount)) ?? .zero
    }
}

extension HashImplementation {
    fileprivate var code: bvx_hash_implementation {
        switch self {
        case .automatic: BVX_HASH_AUTOMATIC
        case .portable: BVX_HASH_PORTABLE
        case .avx2: BVX_HASH_AVX2
        case .shaInstructionsAndAVX2: BVX_HASH_SHANI_AVX2
        case .avx512: BVX_HASH_AVX512
        }
    }
}
