/// Steps as digits, and where their hashes are published.
extension SearchShape {
    /// Where the hash after a step is to be found on the table.
    package enum HashPlace: Hashable, Sendable {
        /// Nowhere: the chain begins with a constant.
        case start
        /// Among the hashes of a round, both counted from 0.
        case published(round: Int, index: Int)
        /// In the claim: the last step of all is in no round.
        case end
    }

    /// The digit of a step that a round searches for.
    ///
    /// - Parameter step: Digits above the round's are ignored.
    package func digit(of step: UInt64, inRound round: Int) -> Int {
        Int(truncatingIfNeeded: step >> UInt64(shift(ofRound: round)))
            & (digitLimit(ofRound: round) - 1)
    }

    /// All digits of a step.
    ///
    /// - Parameter step: Below `stepCapacity`.
    package func digits(of step: UInt64) -> [Int] {
        precondition(step < stepCapacity, "a step has the digits of its search")
        return (0..<roundCount).map { digit(of: step, inRound: $0) }
    }

    /// The step that some digits stand for; those of later rounds count as 0.
    ///
    /// - Parameter digits: At most one per round, each below the round's limit.
    package func step(of digits: some Collection<Int>) -> UInt64 {
        digits.enumerated().reduce(0) { base, place in
            base + UInt64(place.element) * stride(ofRound: place.offset)
        }
    }

    /// Where the hash after a step is published by a search that goes for it or for the step
    /// before it.
    ///
    /// - Parameter step: At most `stepCapacity`.
    package func place(ofHashAfter step: UInt64) -> HashPlace {
        precondition(step <= stepCapacity, "a search knows the steps that it covers")
        guard step < stepCapacity else { return .end }
        let digits = digits(of: step)
        guard let round = digits.lastIndex(where: { $0 != 0 }) else { return .start }
        return .published(round: round, index: digits[round] - 1)
    }

    /// Whether digits stand for a step that is not before another, as a script finds it out.
    ///
    /// - Parameters:
    ///   - digits: One per round, each below the round's limit.
    ///   - step: Any number; digits never reach one from `stepCapacity` on.
    package func isAtOrAfter(_ digits: [Int], step: UInt64) -> Bool {
        precondition(digits.count == roundCount, "a step has one digit for every round")
        guard step < stepCapacity else { return false }
        return !digits.lexicographicallyPrecedes(self.digits(of: step))
    }
}
