package import Primitives
package import RiscV

/// The two sides of a dispute.
package enum DisputeRole: Hashable, Sendable, CaseIterable {
    /// Claims that the program accepts an input.
    case prover
    /// Doubts it.
    case verifier

    /// The other side.
    package var opponent: DisputeRole {
        self == .prover ? .verifier : .prover
    }
}

/// What the prover says about its run: the program halts with 0 at a step.
package struct Claim: Hashable, Sendable {
    /// 1 to the program's step limit.
    package var lastStep: UInt64
    /// The chain after it.
    package var lastHash: Bytes20

    /// A claim with both its parts.
    package init(lastStep: UInt64, lastHash: Bytes20) {
        self.lastStep = lastStep
        self.lastHash = lastHash
    }
}

/// The prover's answer to the first search: one step, with everything in it.
package struct RowOpening: Hashable, Sendable {
    /// The row of the step after `conflictStep`, as `StepOpening` shows it.
    package var row: TraceRow
    /// The chain before the step, signed once more.
    package var stepHash: Bytes20
    /// The chain after the step, signed once more.
    package var nextHash: Bytes20
    /// The step that the verifier's digits stand for, signed as a number.
    package var conflictStep: UInt64

    /// An opening with all its parts.
    package init(row: TraceRow, stepHash: Bytes20, nextHash: Bytes20, conflictStep: UInt64) {
        self.row = row
        self.stepHash = stepHash
        self.nextHash = nextHash
        self.conflictStep = conflictStep
    }

    /// One of the two reads.
    package func read(_ selector: ReadSelector) -> TraceRow.Read {
        switch selector {
        case .first: row.firstRead
        case .second: row.secondRead
        }
    }
}

/// The prover's answer to the second search: the hashes around one write.
package struct ReadOpening: Hashable, Sendable {
    /// The chain before the write, signed once more.
    package var stepHash: Bytes20
    /// The chain after the write, signed once more.
    package var nextHash: Bytes20
    /// The step that the verifier's digits stand for, one before the write's.
    package var writeStep: UInt64

    /// An opening with all its parts.
    package init(stepHash: Bytes20, nextHash: Bytes20, writeStep: UInt64) {
        self.stepHash = stepHash
        self.nextHash = nextHash
        self.writeStep = writeStep
    }
}

/// One of the two reads of a row.
package enum ReadSelector: Hashable, Sendable, CaseIterable {
    /// `read_1`, always of a register.
    case first
    /// `read_2`, of a register or of memory.
    case second
}

/// What one side puts on the table at its turn; every case is a leaf, or one leaf of a kind.
package enum DisputeMove: Hashable, Sendable {
    /// The prover claims a run.
    case commit(Claim)
    /// The verifier doubts it and signs the claimed last step once more.
    case doubt(lastStep: UInt64)
    /// The prover publishes the hashes of a round of the first search.
    case hashes([Bytes20])
    /// The verifier chooses a digit.
    case select(Int)
    /// The prover opens the step after the one that was chosen.
    case open(RowOpening)
    /// The prover shows that the chosen step is not before the claimed last one, and wins.
    case refuse
    /// The verifier proves a lie, and wins.
    case challenge(Challenge)
    /// The verifier begins the second search with the digit of its first round.
    case searchRead(Int)
    /// The prover publishes the hashes of a round of the second search, from its second one on.
    case readHashes([Bytes20])
    /// The verifier chooses a digit of the second search.
    case selectRead(Int)
    /// The prover opens the hashes around the step that was chosen.
    case openRead(ReadOpening)
    /// The prover shows that the second search ended after the first one, and wins.
    case refuseRead
    /// The verifier proves a lie, and wins.
    case readChallenge(ReadChallenge)
}
