package import Primitives
package import RiscV

/// A run in checkpoints, as a party of a dispute asks about it.
package struct CheckpointedExecution<Storage: CheckpointStorage>: ExecutionSource {
    package typealias Failure = CheckpointFault

    /// How the run ended within the limit.
    package let result: ExecutionResult
    /// The last step within the limit.
    package let lastStep: UInt64
    private let run: CheckpointedRun<Storage>

    /// What is known when a run is over.
    ///
    /// - Parameters:
    ///   - run: Has ended, or has made as many steps as the limit says.
    ///   - stepLimit: Of the program in dispute.
    package init(_ run: CheckpointedRun<Storage>, stepLimit: UInt64) {
        result = run.result(limit: stepLimit)
        lastStep = min(run.lastStep, stepLimit)
        self.run = run
    }

    package func hashes(after steps: [UInt64]) throws(CheckpointFault) -> [Bytes20] {
        try run.hashes(at: steps)
    }

    package func row(ofStep step: UInt64) throws(CheckpointFault) -> TraceRow {
        try run.row(at: step).row
    }

    package func read(
        at address: UInt32, beforeStep step: UInt64
    ) throws(CheckpointFault) -> TraceRow.Read {
        guard let read = try run.read(at: address, beforeStep: step) else {
            preconditionFailure("what is asked for is a register or a word of data")
        }
        return read
    }
}
