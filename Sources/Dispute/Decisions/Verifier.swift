internal import Primitives
internal import RiscV

/// The honest verifier: what it does is a function of the table and of its own run.
package struct Verifier<Source: ExecutionSource> {
    /// What it watches over.
    package let program: DisputeProgram
    /// Its own run, with the input of the table and the program's step limit.
    package let source: Source

    /// A verifier with its run.
    package init(_ program: DisputeProgram, source: Source) {
        self.program = program
        self.source = source
    }

    /// What to put on the table now.
    ///
    /// - Returns: nil when it is not the verifier's turn, when the claim is true, or when there is
    ///   nothing to prove; then the prover wins as the time runs out.
    package func move(on table: DisputeTable) throws(Source.Failure) -> DisputeMove? {
        guard let claim = table.claim else { return nil }
        switch table.phase {
        case .doubt:
            return try doubts(claim) ? .doubt(lastStep: claim.lastStep) : nil
        case .selection(let round):
            return .select(try choice(inRound: round, claim, table).digit)
        case .challenge:
            return try challenge(on: table)
        case .readSelection(let round):
            return try readChoice(inRound: round, on: table).map { .selectRead($0.digit) }
        case .readChallenge:
            return try readChallenge(on: table).map { .readChallenge($0) }
        case .commitment, .hashes, .opening, .readHashes, .readOpening, .over:
            return nil
        }
    }

    /// Whether a claim is not what this run says: in result, last step or last hash.
    ///
    /// A valid input with a wrong claim is doubted as well.
    package func doubts(_ claim: Claim) throws(Source.Failure) -> Bool {
        guard source.result == .halt(returnValue: 0, step: claim.lastStep) else { return true }
        return try source.hash(after: claim.lastStep) != claim.lastHash
    }

    /// The choice of a round of the first search.
    ///
    /// The step that the search goes for follows from the digits so far: a difference that was
    /// found is the end of the part that is left.
    private func choice(
        inRound round: Int, _ claim: Claim, _ table: DisputeTable
    ) throws(Source.Failure) -> SegmentChoice {
        let shape = program.shape
        let base = table.conflictStep
        let length = round == 0 ? shape.stepCapacity : shape.stride(ofRound: round - 1)
        let selected = min(min(claim.lastStep, source.lastStep) - 1, base + (length - 1))
        let own = try source.hashes(ofRound: round, from: base, in: shape)
        let theirs = table.search.hashes[round]
        return shape.choice(
            at: SearchPosition(round: round, base: base, selected: selected),
            firstDifference: own.indices.first { own[$0] != theirs[$0] })
    }

    /// The choice of a round of the second search; nil if it should not have been begun.
    ///
    /// Hashes after the step on which the first search ended are not looked at: they may all be
    /// lies, and they say nothing about what was written before.
    private func readChoice(
        inRound round: Int, on table: DisputeTable
    ) throws(Source.Failure) -> SegmentChoice? {
        guard let conflict = try readConflict(on: table) else { return nil }
        let shape = program.shape
        let base = table.writeStep
        let own = try source.hashes(ofRound: round, from: base, in: shape)
        let theirs = table.readSearch.hashes[round]
        let steps = shape.steps(ofRound: round, from: base)
        return shape.readChoice(
            at: SearchPosition(
                round: round, base: base, selected: max(conflict.writeStep - 1, base)),
            lastDifference: own.indices.last {
                steps[$0] <= table.conflictStep && own[$0] != theirs[$0]
            },
            conflictStep: table.conflictStep)
    }
}
