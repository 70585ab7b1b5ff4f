package import Primitives
package import RiscV

/// What a party knows of its own run of the program.
///
/// A store of checkpoints answers it for long runs, an array of rows for short ones. The answers
/// to the same question must always be the same: what a party does depends on nothing else but
/// them and the table.
package protocol ExecutionSource<Failure> {
    /// Why an answer may be missing, such as a damaged file.
    associatedtype Failure: Error

    /// How the run ended.
    var result: ExecutionResult { get }

    /// The number of the last step; one that failed counts. At least 1.
    var lastStep: UInt64 { get }

    /// The chain after some steps.
    ///
    /// - Parameter steps: In ascending order, each from 0 to `lastStep`.
    /// - Returns: One hash for each step.
    func hashes(after steps: [UInt64]) throws(Failure) -> [Bytes20]

    /// The row of a step.
    ///
    /// - Parameter step: 1 to `lastStep`.
    func row(ofStep step: UInt64) throws(Failure) -> TraceRow

    /// What a register or a word of memory held before a step, and the last step that wrote it.
    ///
    /// This is asked of steps that fail too, whose rows say nothing.
    ///
    /// - Parameters:
    ///   - address: Of a register as traces name it, or of a word that a program may read; a
    ///     multiple of 4.
    ///   - step: 1 to `lastStep`.
    /// - Returns: The read that the step would make there.
    func read(at address: UInt32, beforeStep step: UInt64) throws(Failure) -> TraceRow.Read
}

extension ExecutionSource {
    /// The chain after one step.
    func hash(after step: UInt64) throws(Failure) -> Bytes20 {
        let hashes = try hashes(after: [step])
        precondition(hashes.count == 1, "a source answers every step")
        return hashes[0]
    }

    /// The hashes of a round as this run has them.
    ///
    /// Steps after the end of the run get the hash of the last one that was asked for.
    func hashes(
        ofRound round: Int, from base: UInt64, in shape: SearchShape
    ) throws(Failure) -> [Bytes20] {
        let wanted = shape.steps(ofRound: round, from: base)
        let first = min(base, lastStep)
        let existing = [first] + wanted.prefix { $0 <= lastStep }
        var hashes = try hashes(after: existing)
        precondition(hashes.count == existing.count, "a source answers every step")
        let last = hashes[hashes.count - 1]
        hashes.removeFirst()
        return hashes + Array(repeating: last, count: wanted.count - hashes.count)
    }
}
