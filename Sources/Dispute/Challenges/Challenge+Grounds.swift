internal import Primitives
internal import RiscV

/// Whether a challenge speaks of what is on the table.
extension Challenge {
    /// Whether the verifier wins with it: its values of the prover are those that the prover
    /// committed to, and its leaf takes them.
    package func isProven(on table: DisputeTable) -> Bool {
        holds(for: table.program) && isGrounded(on: table)
    }

    private func isGrounded(on table: DisputeTable) -> Bool {
        guard let claim = table.claim, let opening = table.opening else { return false }
        let row = opening.row
        return switch self {
        case .equivocation(let proof): proof.isGrounded(in: table.search, opening)
        case .traceHash(let proof): proof == TraceHashProof(opening)
        case .firstTraceHash(let proof): proof == FirstTraceHashProof(opening)
        case .halt(let proof): proof == HaltProof(opening, claim)
        case .earlyHalt(let proof): proof == EarlyHaltProof(opening, claim)
        case .addressesSections(let proof): proof == AddressesProof(row)
        case .entryPoint(let proof): proof == EntryPointProof(opening)
        case .programCounter(let proof):
            proof.readCounter == row.readCounter && proof.stepHash == opening.stepHash
        case .opcode(let proof):
            proof.counterAddress == row.readCounter.address && proof.opcode == row.opcode
        case .futureRead(let proof): proof == FutureReadProof(opening, proof.selector)
        case .zeroStepRead(let proof): proof == ZeroStepReadProof(opening, proof.selector)
        case .inputData(let proof):
            table.inputWords.indices.contains(proof.wordIndex)
                && proof.word == table.inputWords[proof.wordIndex]
                && proof.read == row.secondRead
        case .initializedData(let proof): proof.read == opening.read(proof.selector)
        case .uninitializedData(let proof): proof.read == opening.read(proof.selector)
        }
    }
}

extension ReadChallenge {
    /// Whether the verifier wins with it: its values of the prover are those that the prover
    /// committed to, and its leaf takes them.
    package func isProven(on table: DisputeTable) -> Bool {
        holds(for: table.program) && isGrounded(on: table)
    }

    private func isGrounded(on table: DisputeTable) -> Bool {
        guard let opening = table.opening, let readOpening = table.readOpening else {
            return false
        }
        return switch self {
        case .equivocation(let proof): proof.isGrounded(in: table.readSearch, readOpening)
        case .searchEquivocation(let proof):
            proof == SearchEquivocationProof(opening, readOpening)
        case .correctHash(let proof):
            proof.proverHash == readOpening.stepHash && proof.nextHash == readOpening.nextHash
        case .readValue(let proof):
            proof
                == ReadValueProof(
                    opening, readOpening, selector: proof.selector, write: proof.write)
        }
    }
}

extension Equivocation {
    fileprivate func isGrounded(in log: SearchLog, _ opening: RowOpening) -> Bool {
        isPublished(in: log) && step == opening.conflictStep
            && opened == (kind == .stepHash ? opening.stepHash : opening.nextHash)
    }

    fileprivate func isGrounded(in log: SearchLog, _ opening: ReadOpening) -> Bool {
        isPublished(in: log) && step == opening.writeStep
            && opened == (kind == .stepHash ? opening.stepHash : opening.nextHash)
    }

    private func isPublished(in log: SearchLog) -> Bool {
        log.hashes.indices.contains(round) && log.hashes[round].indices.contains(index)
            && log.hashes[round][index] == published
    }
}
