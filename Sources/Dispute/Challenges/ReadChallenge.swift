package import Primitives
package import RiscV

/// A proof that the prover lied, from the hashes at which the second search ended.
///
/// - Source: docs/protocol/challenges.md.
package enum ReadChallenge: Hashable, Sendable {
    /// A hash that was signed once more is not the one that was published.
    case equivocation(Equivocation)
    /// Both searches ended at the same step with different hashes.
    case searchEquivocation(SearchEquivocationProof)
    /// A false hash before a true one.
    case correctHash(CorrectHashProof)
    /// The write is not what was read, or was read too late.
    case readValue(ReadValueProof)
}

/// Two hashes of the prover for one step.
package struct SearchEquivocationProof: Hashable, Sendable {
    /// Opened after the first search.
    package let stepHash: Bytes20
    /// Opened after the second search.
    package let readStepHash: Bytes20
    /// Of the second search, signed by the prover.
    package let writeStep: UInt64
    /// Of the first search, signed by the prover.
    package let conflictStep: UInt64

    /// A proof with all its parts.
    package init(
        stepHash: Bytes20, readStepHash: Bytes20, writeStep: UInt64, conflictStep: UInt64
    ) {
        self.stepHash = stepHash
        self.readStepHash = readStepHash
        self.writeStep = writeStep
        self.conflictStep = conflictStep
    }
}

/// A link of the verifier's chain to the prover's hash.
package struct CorrectHashProof: Hashable, Sendable {
    /// Opened by the prover, before the step.
    package let proverHash: Bytes20
    /// The verifier's, before the step.
    package let verifierHash: Bytes20
    /// What the verifier's step adds to the chain.
    package let write: ChainStep
    /// Opened by the prover, after the step.
    package let nextHash: Bytes20

    /// A proof with all its parts.
    package init(
        proverHash: Bytes20, verifierHash: Bytes20, write: ChainStep, nextHash: Bytes20
    ) {
        self.proverHash = proverHash
        self.verifierHash = verifierHash
        self.write = write
        self.nextHash = nextHash
    }
}

/// A write of the verifier and the read of the prover that it contradicts.
package struct ReadValueProof: Hashable, Sendable {
    /// Which read it is.
    package let selector: ReadSelector
    /// The read of the opened row.
    package let read: TraceRow.Read
    /// Opened by the prover, before the write.
    package let stepHash: Bytes20
    /// What the verifier's step adds to the chain.
    package let write: ChainStep
    /// Opened by the prover, after the write.
    package let nextHash: Bytes20
    /// Of the second search, signed by the prover.
    package let writeStep: UInt64
    /// Of the first search, signed by the prover.
    package let conflictStep: UInt64

    /// A proof with all its parts.
    package init(
        selector: ReadSelector, read: TraceRow.Read, stepHash: Bytes20, write: ChainStep,
        nextHash: Bytes20, writeStep: UInt64, conflictStep: UInt64
    ) {
        self.selector = selector
        self.read = read
        self.stepHash = stepHash
        self.write = write
        self.nextHash = nextHash
        self.writeStep = writeStep
        self.conflictStep = conflictStep
    }
}
