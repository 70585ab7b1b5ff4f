package import RiscV

/// What a dispute is about: a program, how long it may run, and how its steps are searched.
package struct DisputeProgram: Hashable, Sendable {
    /// Why a program cannot be disputed in this way.
    package enum Fault: Error, Hashable, Sendable {
        /// The search does not have exactly the steps that the limit needs.
        case shapeOfOtherLimit(stepLimit: UInt64, stepCapacity: UInt64)
    }

    /// What leaf scripts know about the program.
    package let commitment: ProgramCommitment
    /// Most steps that a run may have.
    package let stepLimit: UInt64
    /// How the steps are searched.
    package let shape: SearchShape

    /// Checks that the search fits the limit.
    package init(
        _ commitment: ProgramCommitment, stepLimit: UInt64, shape: SearchShape
    ) throws(Fault) {
        guard stepLimit > 0, stepLimit <= shape.stepCapacity, stepLimit > shape.stepCapacity / 2
        else {
            throw .shapeOfOtherLimit(stepLimit: stepLimit, stepCapacity: shape.stepCapacity)
        }
        self.commitment = commitment
        self.stepLimit = stepLimit
        self.shape = shape
    }

    /// Words of declared input.
    package var inputWordCount: Int {
        commitment.inputWordCount
    }
}

extension ProgramCommitment {
    /// Words of declared input.
    package var inputWordCount: Int {
        inputRange.map { Int(($0.last - $0.start) / 4) + 1 } ?? 0
    }
}
