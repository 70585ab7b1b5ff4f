/// A value that a challenge leaf reads.
package enum ChallengeValue: String, Hashable, CaseIterable, Sendable {
    case lastStep, lastHash
    case conflictStep, stepHash, nextHash
    case counterAddress, counterMicro, opcode, memoryWitness
    case firstAddress, firstValue, firstLastStep
    case secondAddress, secondValue, secondLastStep
    case writeAddress, writeValue, writeCounter, writeMicro
    case publishedHash, readStepHash, readNextHash, writeStep
    case verifierHash, verifierWriteAddress, verifierWriteValue, verifierCounter, verifierMicro
    case inputWord
    case selections, readSelections

    /// Who committed a value, and when.
    package enum Committer: Hashable, Sendable {
        /// The prover, for the first time.
        case prover
        /// The prover, once more in the opening: the value stands elsewhere already.
        case proverAgain
        /// The verifier, for this challenge.
        case verifier
        /// Whoever gives the word of the input.
        case inputOwner
    }

    /// Who committed it.
    package var committer: Committer {
        switch self {
        case .stepHash, .nextHash, .conflictStep, .readStepHash, .readNextHash, .writeStep:
            .proverAgain
        case .verifierHash, .verifierWriteAddress, .verifierWriteValue, .verifierCounter,
            .verifierMicro, .selections, .readSelections:
            .verifier
        case .inputWord: .inputOwner
        default: .prover
        }
    }

    /// Digits of 4 bits; of selections, of one round.
    package var digitCount: Int {
        switch self {
        case .lastHash, .stepHash, .nextHash, .publishedHash, .readStepHash, .readNextHash,
            .verifierHash:
            40
        case .lastStep, .conflictStep, .firstLastStep, .secondLastStep, .writeStep: 16
        case .counterMicro, .memoryWitness, .writeMicro, .verifierMicro, .selections,
            .readSelections:
            2
        default: 8
        }
    }
}
