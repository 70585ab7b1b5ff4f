/// What the verifier answers in a round, and what it goes on with.
package struct SegmentChoice: Hashable, Sendable {
    /// Goes on the table.
    package let digit: Int
    /// The step that all digits so far stand for.
    package let base: UInt64
    /// The step that the search goes for as far as is known.
    package let selected: UInt64
}

extension SearchShape {
    /// The choice of the first search: towards the last step before the first difference.
    ///
    /// - Parameters:
    ///   - round: From 0.
    ///   - base: The step that the digits so far stand for.
    ///   - selected: The step that the search goes for; it never goes beyond.
    ///   - firstDifference: Index of the first hash of the round that differs; nil if none does.
    package func choice(
        inRound round: Int, from base: UInt64, selected: UInt64, firstDifference: Int?
    ) -> SegmentChoice {
        let index = UInt64(firstDifference ?? hashCount(ofRound: round)) + 1
        let difference = base + index * stride(ofRound: round)
        return choice(ofStep: min(selected, difference - 1), inRound: round, from: base)
    }

    /// The choice of the second search: towards the last difference that is not after the step on
    /// which the first search ended.
    ///
    /// - Parameters:
    ///   - round: From 0.
    ///   - base: The step that the digits so far stand for.
    ///   - selected: The step that the search goes for unless there is a later difference.
    ///   - lastDifference: Index of the last hash of the round that differs; nil if none does.
    ///   - conflictStep: Where the first search ended; this one never goes beyond.
    package func readChoice(
        inRound round: Int, from base: UInt64, selected: UInt64, lastDifference: Int?,
        conflictStep: UInt64
    ) -> SegmentChoice {
        let index = lastDifference.map { UInt64($0) + 1 } ?? 0
        let difference = base + index * stride(ofRound: round)
        return choice(
            ofStep: min(max(selected, difference), conflictStep), inRound: round, from: base)
    }

    private func choice(
        ofStep step: UInt64, inRound round: Int, from base: UInt64
    ) -> SegmentChoice {
        let digit = digit(of: step, inRound: round)
        return SegmentChoice(
            digit: digit, base: base + UInt64(digit) * stride(ofRound: round), selected: step)
    }
}
