import Primitives
import TestSupport
import Testing
import Winternitz

struct CompositionCodeTests {
    @Test("The picks use every disclosed chain, and each group says all numbers of its bits")
    func table() {
        let picks = CompositionCode.picks
        #expect(picks.reduce(0) { $0 + $1.count } == CompositionCode.disclosedCount)
        #expect(CompositionCode.groups.reduce(0) { $0 + $1.bitCount } == 160)
        #expect(Set(picks.map(\.distance)) == Set(1...CompositionCode.stepCount))
        #expect(picks.count == Int(CompositionCode.stepCount))
        var available = CompositionCode.chainCount
        for group in CompositionCode.groups {
            var ways = 1
            for pick in group.picks {
                ways *= CompositionCode.combinations(pick.count, of: available)
                available -= pick.count
            }
            #expect(ways >= 1 << group.bitCount)
            // Script adds and multiplies below 2^31.
            #expect(ways < 1 << 31)
        }
    }

    @Test("Positions give their message back, in whatever order inside of a pick")
    func roundTrip() throws {
        var random = SplitMix64.announced("composition-round-trip")
        let edges = [[UInt8](repeating: 0, count: 20), [UInt8](repeating: 255, count: 20)]
        for bytes in edges + (0..<500).map({ _ in random.bytes(count: 20) }) {
            let message = try #require(Bytes20(bytes))
            let positions = CompositionCode.positions(of: message)
            for (index, position) in positions.enumerated() {
                #expect((0..<CompositionCode.chainCount - index).contains(position))
            }
            let numbers = CompositionCode.numbers(at: positions)
            #expect(numbers == CompositionCode.numbers(of: message))
            #expect(CompositionCode.message(numbers) == message)
            #expect(
                CompositionCode.message(CompositionCode.numbers(at: turned(positions)))
                    == message)
        }
    }

    /// The same chains, those of each pick in descending order.
    private func turned(_ positions: [Int]) -> [Int] {
        var rest = CompositionCode.chainIndices(at: positions)[...]
        var left = Array(0..<CompositionCode.chainCount)
        return CompositionCode.picks.flatMap { pick in
            let own = rest.prefix(pick.count)
            rest = rest.dropFirst(pick.count)
            return own.reversed().map { chain in
                let position = left.firstIndex(of: chain) ?? 0
                left.remove(at: position)
                return position
            }
        }
    }

    @Test("No signature reaches another message's: some chain would have to go back")
    func noDomination() throws {
        var random = SplitMix64.announced("composition-domination")
        for _ in 0..<500 {
            let first = try #require(Bytes20(random.bytes(count: 20)))
            var changed = first.bytes
            changed[Int.random(in: 0..<20, using: &random)] ^=
                1
                << UInt8.random(
                    in: 0..<8, using: &random)
            let second = try #require(Bytes20(changed))
            let (left, right) = (distances(first), distances(second))
            #expect(left.reduce(0) { $0 + Int($1) } == right.reduce(0) { $0 + Int($1) })
            #expect(zip(left, right).contains { $0 < $1 })
            #expect(zip(left, right).contains { $0 > $1 })
        }
    }

    /// Distance of every chain; 0 where nothing is disclosed.
    private func distances(_ message: Bytes20) -> [UInt8] {
        var distances = [UInt8](repeating: 0, count: CompositionCode.chainCount)
        let indices = CompositionCode.chainIndices(at: CompositionCode.positions(of: message))
        for (index, distance) in zip(indices, CompositionCode.distances) {
            distances[index] = distance
        }
        return distances
    }

    @Test("Numbers beyond a group's bits belong to no message")
    func beyond() throws {
        let message = try #require(Bytes20([UInt8](repeating: 255, count: 20)))
        var numbers = CompositionCode.numbers(of: message)
        for index in numbers.indices {
            numbers[index] += 1
            #expect(CompositionCode.message(numbers) == nil)
            numbers[index] -= 1
        }
    }

    @Test("Keys and signatures survive their encodings; any other length or number is refused")
    func encodings() throws {
        var random = SplitMix64.announced("composition-encodings")
        let chains = (0..<CompositionCode.chainCount).map { _ in
            Bytes20(random.bytes(count: 20)) ?? .zero
        }
        let key = try CompositionPublicKey(chains: chains)
        let encoded = key.encoded()
        #expect(Array(encoded.prefix(3)) == [2, 20, 0])
        #expect(try CompositionPublicKey(decoding: encoded) == key)
        for (index, value) in [(0, 1), (1, 21), (2, 1)] as [(Int, UInt8)] {
            var broken = encoded
            broken[index] = value
            #expect(throws: WinternitzError.self) { try CompositionPublicKey(decoding: broken) }
        }
        #expect(throws: WinternitzError.self) {
            try CompositionPublicKey(decoding: encoded.dropLast())
        }
        #expect(throws: WinternitzError.unknownProfile(2)) {
            try WinternitzPublicKey(decoding: encoded)
        }
        let signature = try CompositionSignature(
            values: Array(chains.prefix(CompositionCode.disclosedCount)))
        #expect(try CompositionSignature(decoding: signature.encoded()) == signature)
        #expect(throws: WinternitzError.self) {
            try CompositionSignature(decoding: signature.encoded() + [0])
        }
        #expect(throws: WinternitzError.self) {
            try CompositionSignature(values: chains)
        }
    }
}
