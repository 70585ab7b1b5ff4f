import Primitives
import TestSupport
import Winternitz

/// What somebody who has seen signatures of one key can disclose: how far from its end each chain is
/// known.
struct Reach {
    private var known = [UInt8](repeating: 0, count: CompositionCode.chainCount)

    init(_ messages: [Bytes20]) {
        for message in messages {
            let chains = CompositionCode.chainIndices(at: CompositionCode.positions(of: message))
            for (chain, distance) in zip(chains, CompositionCode.distances) {
                known[chain] = max(known[chain], distance)
            }
        }
    }

    /// A choice of chains that is within reach, in the order of the picks; inside a pick they ascend.
    func choice(_ random: inout SplitMix64) -> [Int]? {
        var left = Set(known.indices)
        var chosen: [UInt8: [Int]] = [:]
        // The farthest are the scarcest.
        for pick in CompositionCode.picks.sorted(by: { $0.distance > $1.distance }) {
            let candidates = left.filter { known[$0] >= pick.distance }.sorted()
            guard candidates.count >= pick.count else { return nil }
            let own = candidates.shuffled(using: &random).prefix(pick.count)
            left.subtract(own)
            chosen[pick.distance] = own.sorted()
        }
        return CompositionCode.picks.flatMap { chosen[$0.distance] ?? [] }
    }

    /// What chains in the order of the picks say; nil where no message has them.
    func message(_ chains: [Int]) -> Bytes20? {
        var left = Array(0..<CompositionCode.chainCount)
        let positions = chains.map { chain in
            let position = left.firstIndex(of: chain) ?? 0
            left.remove(at: position)
            return position
        }
        return CompositionCode.message(CompositionCode.numbers(at: positions))
    }

    /// A chain's value at a distance, from a signature that goes as far.
    static func value(
        of chain: Int, at distance: UInt8, from seen: [(chains: [Int], values: [Bytes20])]
    ) -> Bytes20? {
        for (chains, values) in seen {
            guard let index = chains.firstIndex(of: chain),
                CompositionCode.distances[index] >= distance
            else { continue }
            return (distance..<CompositionCode.distances[index]).reduce(values[index]) { value, _ in
                Hash160.hash(value.bytes)
            }
        }
        return nil
    }
}
