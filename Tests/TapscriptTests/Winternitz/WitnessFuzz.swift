import Primitives
import TestSupport

/// Changes of a witness that a script and its decoder must judge alike.
enum WitnessFuzz {
    /// Encodings of small numbers, right and wrong.
    private static let numbers: [[UInt8]] = [
        [], [0], [0x80], [1], [2], [3], [7], [14], [15], [16], [17], [0x81], [0x8F], [0xFF],
        [0, 0],
        [0, 0x80], [1, 0], [5, 0], [15, 0], [1, 0x80], [1, 0, 0, 0], [1, 0, 0, 0, 0],
        [15, 0, 0, 0, 0, 0], [0, 0, 0, 0x80],
    ]

    /// A witness with one or two items changed, or with an item too many or too few.
    static func changed(_ witness: [[UInt8]], _ random: inout SplitMix64) -> [[UInt8]] {
        var changed = witness
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let index = Int.random(in: changed.indices, using: &random)
            switch Int.random(in: 0..<24, using: &random) {
            case 0: changed.remove(at: index)
            case 1: changed.insert(changed[index], at: index)
            case 2: changed.swapAt(index, Int.random(in: changed.indices, using: &random))
            default: changed[index] = item(changed[index], witness, &random)
            }
        }
        return changed
    }

    private static func item(
        _ item: [UInt8], _ witness: [[UInt8]], _ random: inout SplitMix64
    ) -> [UInt8] {
        guard item.count >= 20 else {
            return Int.random(in: 0..<3, using: &random) == 0
                ? [UInt8.random(in: 0...60, using: &random)]
                : numbers[Int.random(in: numbers.indices, using: &random)]
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return Hash160.hash(item).bytes
        case 1: return item + [0]
        case 2: return Array(item.dropLast())
        case 3: return []
        case 4: return witness[Int.random(in: witness.indices, using: &random)]
        default:
            var changed = item
            changed[Int.random(in: changed.indices, using: &random)] ^= 1
            return changed
        }
    }
}
