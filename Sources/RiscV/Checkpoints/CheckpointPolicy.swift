/// How many checkpoints a run leaves behind.
package struct CheckpointPolicy: Hashable, Sendable {
    /// Steps between two checkpoints at first.
    package let spacing: UInt64
    /// Bytes that all of them may take.
    ///
    /// When they take more, those between multiples of the spacing are joined with the next, then
    /// the spacing is doubled; a single one is kept whatever its size.
    package let byteBudget: Int

    /// Every 2^22 steps, within 280 MB: a step of a run of 2^29 steps is then at hand in a fraction
    /// of a second.
    package static let standard = CheckpointPolicy(spacing: 1 << 22, byteBudget: 280_000_000)

    /// A policy with all its parts.
    ///
    /// - Parameters:
    ///   - spacing: At least 1.
    ///   - byteBudget: Not negative.
    package init(spacing: UInt64, byteBudget: Int) {
        precondition(spacing > 0, "checkpoints have a distance")
        precondition(byteBudget >= 0, "a budget is not negative")
        self.spacing = spacing
        self.byteBudget = byteBudget
    }
}
