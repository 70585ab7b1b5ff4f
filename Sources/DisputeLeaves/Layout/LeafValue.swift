/// A value that somebody commits with a one-time key of its own in a dispute.
///
/// One name space for all leaves: where two leaves name the same value, they check the same key.
///
/// - Source: docs/protocol/leaves-layouts.md.
package enum LeafValue: Hashable, Sendable {
    /// A field of the row that the prover opens.
    case row(RowField)
    /// A word of the input, counted from 0.
    case input(wordIndex: Int)
    /// The prover's claim.
    case lastStep, lastHash
    /// The claimed last step, signed by the verifier when it doubts.
    case doubtedLastStep
    /// A hash that the prover publishes in the first search, both counted from 0.
    case hash(round: Int, index: Int)
    /// The verifier's digit of a round of the first search.
    case selection(round: Int)
    /// What the prover signs once more when it opens a row.
    case conflictStep, stepHash, nextHash
    /// A hash of the second search; those of its round 0 are the first search's.
    case readHash(round: Int, index: Int)
    /// The verifier's digit of a round of the second search.
    case readSelection(round: Int)
    /// What the prover signs once more after the second search.
    case writeStep, readStepHash, readNextHash
    /// What the verifier shows with a challenge: a hash and the step after it.
    case verifierHash, verifierWriteAddress, verifierWriteValue, verifierCounter, verifierMicro

    /// Who commits a value, and whether it stands elsewhere already.
    package enum Committer: String, Hashable, Sendable {
        /// The prover, for the first time.
        case prover
        /// The prover, once more: the value stands elsewhere already.
        case proverAgain = "prover again"
        /// The verifier.
        case verifier
        /// Whoever gives the word of the input.
        case inputOwner = "input owner"
    }

    /// Who commits it.
    package var committer: Committer {
        switch self {
        case .conflictStep, .stepHash, .nextHash, .writeStep, .readStepHash, .readNextHash:
            .proverAgain
        case .doubtedLastStep, .selection, .readSelection, .verifierHash, .verifierWriteAddress,
            .verifierWriteValue, .verifierCounter, .verifierMicro:
            .verifier
        case .input: .inputOwner
        case .row, .lastStep, .lastHash, .hash, .readHash: .prover
        }
    }

    /// Bytes of the committed message; numbers have their most significant byte first.
    package var byteCount: Int {
        switch self {
        case .row(let field): field.byteCount
        case .selection, .readSelection, .verifierMicro: 1
        case .input, .verifierWriteAddress, .verifierWriteValue, .verifierCounter: 4
        case .lastStep, .doubtedLastStep, .conflictStep, .writeStep: 8
        case .lastHash, .hash, .stepHash, .nextHash, .readHash, .readStepHash, .readNextHash,
            .verifierHash:
            20
        }
    }

    /// Digits of 4 bits of the message.
    package var digitCount: Int {
        2 * byteCount
    }

    /// A hash published in the second search, by its true place.
    static func hash(ofReadRound round: Int, index: Int) -> LeafValue {
        round == 0 ? .hash(round: 0, index: index) : .readHash(round: round, index: index)
    }
}

/// Fields of the opened row by the names that challenges have for them.
extension LeafValue {
    package static let writeAddress = LeafValue.row(.writeAddress)
    package static let writeValue = LeafValue.row(.writeValue)
    package static let writeCounter = LeafValue.row(.nextAddress)
    package static let writeMicro = LeafValue.row(.nextMicro)
    package static let memoryWitness = LeafValue.row(.memoryWitness)
    package static let firstAddress = LeafValue.row(.firstAddress)
    package static let firstValue = LeafValue.row(.firstValue)
    package static let firstLastStep = LeafValue.row(.firstLastStep)
    package static let secondAddress = LeafValue.row(.secondAddress)
    package static let secondValue = LeafValue.row(.secondValue)
    package static let secondLastStep = LeafValue.row(.secondLastStep)
    package static let counterAddress = LeafValue.row(.readAddress)
    package static let counterMicro = LeafValue.row(.readMicro)
    package static let opcode = LeafValue.row(.opcode)
}
