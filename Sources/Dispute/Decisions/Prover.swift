internal import Primitives
internal import RiscV

/// The honest prover: what it does is a function of the table and of its own run.
package struct Prover<Source: ExecutionSource> {
    /// What it defends.
    package let program: DisputeProgram
    /// Its own run, with the input of the table.
    package let source: Source

    /// A prover with its run.
    package init(_ program: DisputeProgram, source: Source) {
        self.program = program
        self.source = source
    }

    /// What to put on the table now.
    ///
    /// - Returns: nil when it is not the prover's turn, or when the program does not accept the
    ///   input, so that there is nothing to claim.
    package func move(on table: DisputeTable) throws(Source.Failure) -> DisputeMove? {
        switch table.phase {
        case .commitment: try claim().map { .commit($0) }
        case .hashes(let round): .hashes(try hashes(round, table.conflictStep))
        case .opening:
            table.mayRefuse ? .refuse : .open(try opening(on: table))
        case .readHashes(let round): .readHashes(try hashes(round, table.writeStep))
        case .readOpening:
            table.mayRefuseRead ? .refuseRead : .openRead(readOpening(on: table))
        case .doubt, .selection, .challenge, .readSelection, .readChallenge, .over: nil
        }
    }

    private func claim() throws(Source.Failure) -> Claim? {
        guard case .halt(returnValue: 0, let step) = source.result, step <= program.stepLimit
        else { return nil }
        return Claim(lastStep: step, lastHash: try source.hash(after: step))
    }

    private func hashes(_ round: Int, _ base: UInt64) throws(Source.Failure) -> [Bytes20] {
        try source.hashes(ofRound: round, from: base, in: program.shape)
    }

    private func opening(on table: DisputeTable) throws(Source.Failure) -> RowOpening {
        let step = table.conflictStep
        let row = try source.row(ofStep: step + 1)
        let a7 = try source.read(at: StepOpening.a7Address, beforeStep: step + 1)
        return RowOpening(
            row: StepOpening.row(opening: row, a7: a7),
            stepHash: table.publishedHash(after: step),
            nextHash: table.publishedHash(after: step + 1), conflictStep: step)
    }

    private func readOpening(on table: DisputeTable) -> ReadOpening {
        let step = table.writeStep
        return ReadOpening(
            stepHash: table.publishedReadHash(after: step),
            nextHash: table.publishedReadHash(after: step + 1), writeStep: step)
    }
}
