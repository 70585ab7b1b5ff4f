internal import Primitives
internal import RiscV

/// What the leaves of every state take.
extension DisputeTable {
    /// The phase that a move leads to.
    ///
    /// - Throws: Why no leaf takes the move.
    func phase(after move: DisputeMove) throws(MoveFault) -> Phase {
        switch (phase, move) {
        case (.commitment, .commit(let claim)):
            guard claim.lastStep >= 1, claim.lastStep <= program.stepLimit else {
                throw .claimOutOfRange(lastStep: claim.lastStep)
            }
            return .doubt
        case (.doubt, .doubt(let lastStep)):
            guard lastStep == claim?.lastStep else { throw .otherLastStep(lastStep) }
            return roundOrOpening(0)
        case (.hashes(let round), .hashes(let hashes)):
            try checkCount(hashes, round)
            return .selection(round: round)
        case (.selection(let round), .select(let digit)):
            try checkDigit(digit, round)
            return roundOrOpening(round + 1)
        case (.opening, .open(let opening)):
            try check(opening)
            return .challenge
        case (.opening, .refuse):
            guard mayRefuse else { throw .nothingToRefuse }
            return .over(winner: .prover)
        case (.challenge, .challenge(let challenge)):
            guard challenge.isProven(on: self) else { throw .notProven }
            return .over(winner: .verifier)
        case (.challenge, .searchRead(let digit)):
            guard program.shape.roundCount > 0 else { throw .notNow }
            try checkDigit(digit, 0)
            return readRoundOrOpening(1)
        default:
            return try readPhase(after: move)
        }
    }

    private func readPhase(after move: DisputeMove) throws(MoveFault) -> Phase {
        switch (phase, move) {
        case (.readHashes(let round), .readHashes(let hashes)):
            try checkCount(hashes, round)
            return .readSelection(round: round)
        case (.readSelection(let round), .selectRead(let digit)):
            try checkDigit(digit, round)
            return readRoundOrOpening(round + 1)
        case (.readOpening, .openRead(let opening)):
            guard opening.writeStep == writeStep else { throw .otherStep(opening.writeStep) }
            return .readChallenge
        case (.readOpening, .refuseRead):
            guard mayRefuseRead else { throw .nothingToRefuse }
            return .over(winner: .prover)
        case (.readChallenge, .readChallenge(let challenge)):
            guard challenge.isProven(on: self) else { throw .notProven }
            return .over(winner: .verifier)
        default:
            throw .notNow
        }
    }

    /// Whether the verifier chose a step that is not before the claimed last one.
    package var mayRefuse: Bool {
        guard let claim, phase == .opening else { return false }
        return program.shape.isAtOrAfter(search.digits, step: claim.lastStep)
    }

    /// Whether the second search ended after the first one.
    ///
    /// The same step is not refused: there the prover may have published two different hashes.
    package var mayRefuseRead: Bool {
        phase == .readOpening && search.digits.lexicographicallyPrecedes(readSearch.digits)
    }

    private func roundOrOpening(_ round: Int) -> Phase {
        round < program.shape.roundCount ? .hashes(round: round) : .opening
    }

    private func readRoundOrOpening(_ round: Int) -> Phase {
        round < program.shape.roundCount ? .readHashes(round: round) : .readOpening
    }

    private func checkCount(_ hashes: [Bytes20], _ round: Int) throws(MoveFault) {
        guard hashes.count == program.shape.hashCount(ofRound: round) else {
            throw .hashCount(hashes.count)
        }
    }

    private func checkDigit(_ digit: Int, _ round: Int) throws(MoveFault) {
        guard digit >= 0, digit < program.shape.digitLimit(ofRound: round) else {
            throw .digitOutOfRange(digit)
        }
    }

    private func check(_ opening: RowOpening) throws(MoveFault) {
        guard opening.conflictStep == conflictStep, opening.row.stepNumber == conflictStep + 1
        else { throw .otherStep(opening.conflictStep) }
        if let finding = StepOpening.finding(in: opening.row) { throw .row(finding) }
    }
}

extension DisputeTable {
    /// The hash that the prover has published for a step of the first search.
    ///
    /// - Parameter step: The conflict step or the one after it.
    func publishedHash(after step: UInt64) -> Bytes20 {
        publishedHash(after: step, in: search)
    }

    /// The hash that the prover has published for a step of the second search.
    ///
    /// - Parameter step: The write step or the one after it.
    func publishedReadHash(after step: UInt64) -> Bytes20 {
        publishedHash(after: step, in: readSearch)
    }

    private func publishedHash(after step: UInt64, in log: SearchLog) -> Bytes20 {
        switch program.shape.place(ofHashAfter: step) {
        case .start:
            return BLAKE3Chain.initialHash
        case .end:
            guard let claim else { preconditionFailure("a search comes after a claim") }
            return claim.lastHash
        case .published(let round, let index):
            return log.hashes[round][index]
        }
    }
}
