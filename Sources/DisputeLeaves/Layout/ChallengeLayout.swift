/// Which values a challenge leaf reads, and in which order they lie on the stack.
///
/// Script, witness and documentation come from it.
package struct ChallengeLayout: Hashable, Sendable {
    /// One value on the stack.
    package struct Entry: Hashable, Sendable {
        /// What it is.
        package let value: ChallengeValue
        /// Digits of 4 bits, the most significant deepest.
        package let digitCount: Int
    }

    /// Deepest first.
    package let entries: [Entry]

    /// Values of their usual sizes, deepest first.
    init(_ values: [ChallengeValue]) {
        entries = values.map { Entry(value: $0, digitCount: $0.digitCount) }
    }

    /// Selections of all rounds, a byte each, and other values above them.
    init(selections: [ChallengeValue], roundCount: Int, _ values: [ChallengeValue]) {
        entries =
            selections.map { Entry(value: $0, digitCount: $0.digitCount * roundCount) }
            + ChallengeLayout(values).entries
    }

    /// Items that the leaf's body takes.
    package var digitCount: Int {
        entries.reduce(0) { $0 + $1.digitCount }
    }

    /// The items, bottom of the stack first, as minimal numbers.
    ///
    /// - Parameter digits: Of every value of the layout; each as many digits as its entry says.
    package func witness(_ digits: (ChallengeValue) -> [UInt8]) -> [[UInt8]] {
        entries.flatMap { entry in
            let digits = digits(entry.value)
            precondition(digits.count == entry.digitCount, "a value has the digits of its entry")
            return digits.map { $0 == 0 ? [] : [$0] }
        }
    }
}
