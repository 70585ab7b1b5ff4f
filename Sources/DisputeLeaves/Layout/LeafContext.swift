package import Dispute
package import RiscV

/// What leaf scripts know besides the values that they take.
package struct LeafContext: Hashable, Sendable {
    /// How steps are searched.
    package let shape: SearchShape
    /// Most steps that a run may have.
    package let stepLimit: UInt64
    /// The program; nil where only leaves are wanted that know nothing of it.
    package let commitment: ProgramCommitment?
    /// How the hashes of search rounds are committed.
    package let publishedHashes: CommitmentProfile

    /// The leaves of a program.
    package init(_ program: DisputeProgram, publishedHashes: CommitmentProfile = .base16) {
        shape = program.shape
        stepLimit = program.stepLimit
        commitment = program.commitment
        self.publishedHashes = publishedHashes
    }

    /// Leaves that are the same for all programs that are searched in this way.
    ///
    /// - Parameter stepLimit: 1 to the capacity of the shape.
    package init(
        _ shape: SearchShape, stepLimit: UInt64, publishedHashes: CommitmentProfile = .base16
    ) {
        precondition((1...shape.stepCapacity).contains(stepLimit), "the search covers every run")
        self.shape = shape
        self.stepLimit = stepLimit
        commitment = nil
        self.publishedHashes = publishedHashes
    }

    /// The program, for leaves that are made for one.
    var program: ProgramCommitment {
        guard let commitment else {
            preconditionFailure("leaves that know a program are made of one")
        }
        return commitment
    }
}
