internal import Primitives
package import RiscV

/// Everything that both sides have put on the table: the public state of a dispute.
///
/// It grows by moves that the leaf scripts would take, and refuses all others. What a party does is
/// a function of the table and of its own run, so that a party that was restarted goes on as if it
/// had not been.
package struct DisputeTable: Hashable, Sendable {
    /// Whose turn it is, and what can be done.
    package enum Phase: Hashable, Sendable {
        /// The prover claims.
        case commitment
        /// The verifier doubts or lets the time run out.
        case doubt
        /// The prover publishes hashes of a round, from 0.
        case hashes(round: Int)
        /// The verifier chooses a digit of a round, from 0.
        case selection(round: Int)
        /// The prover opens a step or refuses.
        case opening
        /// The verifier proves a lie, or begins the second search.
        case challenge
        /// The prover publishes hashes of a round of the second search, from 1.
        case readHashes(round: Int)
        /// The verifier chooses a digit of a round of the second search, from 1.
        case readSelection(round: Int)
        /// The prover opens two hashes or refuses.
        case readOpening
        /// The verifier proves a lie.
        case readChallenge
        /// Nothing follows.
        case over(winner: DisputeRole)

        /// Who moves, or loses when the time has run out; nil when somebody has won.
        package var turn: DisputeRole? {
            switch self {
            case .commitment, .hashes, .opening, .readHashes, .readOpening: .prover
            case .doubt, .selection, .challenge, .readSelection, .readChallenge: .verifier
            case .over: nil
            }
        }
    }

    /// What the dispute is about.
    package let program: DisputeProgram
    /// The words of the declared input, as the machine reads them.
    package let inputWords: [UInt32]
    /// All moves, in order.
    package private(set) var moves: [DisputeMove] = []
    /// What comes next.
    package private(set) var phase = Phase.commitment
    /// The prover's claim.
    package private(set) var claim: Claim?
    /// The search for the step.
    package private(set) var search = SearchLog()
    /// The step that the prover opened.
    package private(set) var opening: RowOpening?
    /// The search for the write of a read; the hashes of its first round are those of `search`.
    package private(set) var readSearch = SearchLog()
    /// The hashes that the prover opened.
    package private(set) var readOpening: ReadOpening?

    /// A table with nothing but the input on it.
    ///
    /// - Parameter inputWords: As many as the program declares.
    package init(_ program: DisputeProgram, inputWords: [UInt32]) {
        precondition(
            inputWords.count == program.inputWordCount, "the input is what the program declares")
        self.program = program
        self.inputWords = inputWords
    }

    /// Who moves next, or loses when the time has run out; nil when somebody has won.
    package var turn: DisputeRole? {
        phase.turn
    }

    /// The step on which the first search has ended, or the first step of the part that is left.
    package var conflictStep: UInt64 {
        program.shape.step(of: search.digits)
    }

    /// The same of the second search.
    package var writeStep: UInt64 {
        program.shape.step(of: readSearch.digits)
    }

    /// Puts a move on the table.
    ///
    /// - Throws: Why no leaf takes it; the table is as it was.
    package mutating func append(_ move: DisputeMove) throws(MoveFault) {
        let next = try phase(after: move)
        switch move {
        case .commit(let claim): self.claim = claim
        case .hashes(let hashes): search.hashes.append(hashes)
        case .select(let digit): search.digits.append(digit)
        case .open(let opening): self.opening = opening
        case .searchRead(let digit):
            readSearch.hashes = Array(search.hashes.prefix(1))
            readSearch.digits = [digit]
        case .readHashes(let hashes): readSearch.hashes.append(hashes)
        case .selectRead(let digit): readSearch.digits.append(digit)
        case .openRead(let opening): readOpening = opening
        case .doubt, .refuse, .challenge, .refuseRead, .readChallenge: break
        }
        moves.append(move)
        phase = next
    }

    /// The table as it was after its first moves.
    ///
    /// - Parameter count: At most the number of moves.
    package func prefix(_ count: Int) -> DisputeTable {
        precondition((0...moves.count).contains(count), "a prefix is not longer than the whole")
        var table = DisputeTable(program, inputWords: inputWords)
        for move in moves.prefix(count) {
            do throws(MoveFault) {
                try table.append(move)
            } catch {
                preconditionFailure("moves on a table were taken once and are taken again")
            }
        }
        return table
    }
}

/// Why a move cannot be made: no leaf of the state takes it.
package enum MoveFault: Error, Hashable, Sendable {
    /// Another kind of move is due.
    case notNow
    /// The last step of a claim is 0 or beyond the limit.
    case claimOutOfRange(lastStep: UInt64)
    /// The verifier signed another last step than the prover.
    case otherLastStep(UInt64)
    /// A round has another number of hashes.
    case hashCount(Int)
    /// A round has no such digit.
    case digitOutOfRange(Int)
    /// The number that the prover signed is not the step that the verifier chose.
    case otherStep(UInt64)
    /// No instruction's leaf takes the row.
    case row(StepOpening.Finding)
    /// The chosen step is none that may be refused.
    case nothingToRefuse
    /// The values of a challenge are not those on the table, or they prove nothing.
    case notProven
}
