/// How a search over the steps of a run is divided into rounds.
///
/// A step below `stepCapacity` is a number of `roundCount` digits, the most significant first. In a
/// round the prover publishes the hashes after the steps at which the round's digit changes, and
/// the verifier answers with the digit of the step that is searched for. All rounds have the same
/// number of digits to choose from but the last one, which may have fewer.
///
/// - Source: docs/protocol/search.md.
package struct SearchShape: Hashable, Sendable {
    /// How many digits a full round can choose from: a power of two, 2 to 256.
    package let arity: Int
    /// Bits of a step number.
    package let stepBitCount: Int
    private let roundBitCount: Int

    /// A search that can find every step before some number of steps.
    ///
    /// - Parameters:
    ///   - maxSteps: Steps that a run may take, 1 to 2^63.
    ///   - arity: A power of two, 2 to 256.
    /// - Returns: nil if one of them is out of range.
    package init?(covering maxSteps: UInt64, arity: Int) {
        guard maxSteps >= 1, maxSteps <= 1 << 63, (2...256).contains(arity),
            arity & (arity - 1) == 0
        else { return nil }
        self.arity = arity
        stepBitCount = UInt64.bitWidth - (maxSteps - 1).leadingZeroBitCount
        roundBitCount = arity.trailingZeroBitCount
    }

    /// The smallest power of two that is not below the number of steps covered.
    package var stepCapacity: UInt64 {
        1 << UInt64(stepBitCount)
    }

    /// Rounds of a search; 0 when a run can have one step only.
    package var roundCount: Int {
        (stepBitCount + roundBitCount - 1) / roundBitCount
    }

    /// Bits of a round's digit.
    ///
    /// - Parameter round: From 0.
    package func digitBitCount(ofRound round: Int) -> Int {
        checkRound(round)
        return min(roundBitCount, stepBitCount - round * roundBitCount)
    }

    /// How many digits a round can choose from.
    package func digitLimit(ofRound round: Int) -> Int {
        1 << digitBitCount(ofRound: round)
    }

    /// Hashes that the prover publishes in a round.
    package func hashCount(ofRound round: Int) -> Int {
        digitLimit(ofRound: round) - 1
    }

    /// Hashes of all rounds together.
    package var hashCount: Int {
        (0..<roundCount).reduce(0) { $0 + hashCount(ofRound: $1) }
    }

    /// Bits of a step number that stand after a round's digit.
    package func shift(ofRound round: Int) -> Int {
        checkRound(round)
        return max(0, stepBitCount - (round + 1) * roundBitCount)
    }

    /// Steps from one published hash of a round to the next.
    package func stride(ofRound round: Int) -> UInt64 {
        1 << UInt64(shift(ofRound: round))
    }

    /// The steps whose hashes are published in a round, in order.
    ///
    /// - Parameter base: The step that the digits of the rounds before stand for.
    package func steps(ofRound round: Int, from base: UInt64) -> [UInt64] {
        let stride = stride(ofRound: round)
        return (0..<hashCount(ofRound: round)).map { base + (UInt64($0) + 1) * stride }
    }

    private func checkRound(_ round: Int) {
        precondition((0..<roundCount).contains(round), "a search has the rounds of its shape")
    }
}
