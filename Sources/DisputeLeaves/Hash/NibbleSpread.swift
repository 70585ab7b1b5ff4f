/// A coding of 4 bits under which one addition prepares both an exclusive or and a sum.
///
/// Each bit has a weight, and the sum of two codes tells how often each bit was set: 0, 1 or 2.
/// Hence it tells the exclusive or of the two, and also their sum. A carry counts as one more of
/// the lowest bit.
enum NibbleSpread {
    /// Of bits 0 to 3; bit 0 may be counted three times, the others twice.
    private static let weights = [1, 4, 12, 36]
    /// Sums of two codes and a carry are below this.
    static let sumCount = 108

    /// The code of 4 bits.
    static func code(of nibble: Int) -> Int {
        weights.indices.reduce(0) { $0 + (nibble >> $1 & 1) * weights[$1] }
    }

    /// What a sum of codes stands for.
    struct Sum: Sendable {
        /// How often each bit was set.
        let counts: [Int]

        /// - Parameter index: 0..<`sumCount`.
        init(_ index: Int) {
            counts = weights.indices.map { bit in
                let above = bit == 3 ? sumCount : weights[bit + 1]
                return index % above / weights[bit]
            }
        }

        /// Whether two codes alone can have this sum.
        var isWithoutCarry: Bool { counts[0] < 3 }
        /// The sum of the nibbles, with the carry.
        var total: Int { counts.indices.reduce(0) { $0 + counts[$1] << $1 } }
        /// The exclusive or of the nibbles, without a carry.
        var exclusiveOr: Int { counts.indices.reduce(0) { $0 + (counts[$1] & 1) << $1 } }
    }
}
