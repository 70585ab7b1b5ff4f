internal import Primitives
internal import RiscV

/// A read whose value is not the true one, and where the truth comes from.
struct ReadConflict {
    enum Origin {
        /// Nobody has written the word, and the prover does not say so either.
        case initial(ProgramCommitment.InitialWord)
        /// The later of the steps that wrote it in truth and for the prover.
        case step(UInt64)
    }

    let selector: ReadSelector
    let origin: Origin

    /// The step of the write that is searched for.
    var writeStep: UInt64 {
        switch origin {
        case .initial: 1
        case .step(let step): step
        }
    }
}

/// The second search and its decision.
extension Verifier {
    /// The first read of the opened row with a false value.
    ///
    /// Reads that the row does not use are ignored; so are false steps with true values.
    func readConflict(on table: DisputeTable) throws(Source.Failure) -> ReadConflict? {
        guard let opening = table.opening else { return nil }
        let witness = opening.row.memoryWitness
        for selector in ReadSelector.allCases {
            let kind = selector == .first ? witness.first : witness.second
            guard kind != .unused else { continue }
            let given = opening.read(selector)
            guard let initial = program.commitment.initialWord(at: given.address) else {
                continue
            }
            let truth = try source.read(
                at: given.address, beforeStep: opening.conflictStep + 1)
            guard truth.value != given.value else { continue }
            // No step has the number 0; a row that names it loses to another challenge before.
            let steps = [truth.lastStep, given.lastStep].filter {
                $0 != MemoryMap.neverWritten && $0 != 0
            }
            return ReadConflict(
                selector: selector, origin: steps.max().map { .step($0) } ?? .initial(initial))
        }
        return nil
    }

    /// The first read challenge that the table proves.
    func readChallenge(on table: DisputeTable) throws(Source.Failure) -> ReadChallenge? {
        guard let opening = table.opening, let readOpening = table.readOpening,
            let conflict = try readConflict(on: table)
        else { return nil }
        let step = readOpening.writeStep
        guard step < source.lastStep else { return nil }
        let equivocations = equivocations(
            readOpening.stepHash, readOpening.nextHash, at: step, in: table.readSearch
        ).map { ReadChallenge.equivocation($0) }
        let write = try source.row(ofStep: step + 1).chainStep
        let others: [ReadChallenge] = [
            .searchEquivocation(SearchEquivocationProof(opening, readOpening)),
            .correctHash(
                CorrectHashProof(
                    proverHash: readOpening.stepHash,
                    verifierHash: try source.hash(after: step), write: write,
                    nextHash: readOpening.nextHash)),
            .readValue(
                ReadValueProof(
                    opening, readOpening, selector: conflict.selector, write: write)),
        ]
        return (equivocations + others).first { $0.isProven(on: table) }
    }
}
