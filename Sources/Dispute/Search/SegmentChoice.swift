/// Where a search stands when the verifier has to choose.
package struct SearchPosition: Hashable, Sendable {
    /// From 0.
    package let round: Int
    /// The step that the digits so far stand for.
    package let base: UInt64
    /// The step that the search goes for as far as is known; not before the base.
    package let selected: UInt64

    /// A position with all its parts.
    package init(round: Int, base: UInt64, selected: UInt64) {
        self.round = round
        self.base = base
        self.selected = selected
    }
}

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
    ///   - position: Its selected step is the last one that the search may end at.
    ///   - firstDifference: Index of the first hash of the round that differs; nil if none does.
    package func choice(at position: SearchPosition, firstDifference: Int?) -> SegmentChoice {
        let index = UInt64(firstDifference ?? hashCount(ofRound: position.round)) + 1
        let difference = position.base + index * stride(ofRound: position.round)
        return choice(ofStep: min(position.selected, difference - 1), at: position)
    }

    /// The choice of the second search: towards the last difference that is not after the step on
    /// which the first search ended.
    ///
    /// - Parameters:
    ///   - position: Its selected step is where the search goes if there is no later difference.
    ///   - lastDifference: Index of the last hash of the round that differs; nil if none does.
    ///   - conflictStep: Where the first search ended; this one never goes beyond.
    package func readChoice(
        at position: SearchPosition, lastDifference: Int?, conflictStep: UInt64
    ) -> SegmentChoice {
        let index = lastDifference.map { UInt64($0) + 1 } ?? 0
        let difference = position.base + index * stride(ofRound: position.round)
        return choice(
            ofStep: min(max(position.selected, difference), conflictStep), at: position)
    }

    private func choice(ofStep step: UInt64, at position: SearchPosition) -> SegmentChoice {
        let digit = digit(of: step, inRound: position.round)
        return SegmentChoice(
            digit: digit,
            base: position.base + UInt64(digit) * stride(ofRound: position.round), selected: step)
    }
}
