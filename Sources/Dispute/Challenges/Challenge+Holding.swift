internal import Primitives
internal import RiscV

/// What the leaf of a challenge checks, apart from signatures.
extension Challenge {
    /// Whether the leaf would take these values.
    ///
    /// - Parameter program: Its constants are in the leaf.
    package func holds(for program: DisputeProgram) -> Bool {
        let commitment = program.commitment
        return switch self {
        case .equivocation(let proof): proof.holds(for: program.shape)
        case .traceHash(let proof):
            proof.stepHash.extended(by: proof.write) != proof.nextHash
        case .firstTraceHash(let proof):
            proof.conflictStep == 0
                && BLAKE3Chain.initialHash.extended(by: proof.write) != proof.nextHash
        case .halt(let proof): proof.holds
        case .earlyHalt(let proof):
            proof.opcode == SystemCallRow.opcode && proof.firstValue == SystemCallRow.halt
                && proof.conflictStep &+ 1 != proof.lastStep
        case .addressesSections(let proof): proof.holds(for: commitment.ranges)
        case .entryPoint(let proof):
            proof.conflictStep == 0
                && proof.readCounter
                    != ProgramCounter(address: commitment.entryPoint, micro: 0)
        case .programCounter(let proof):
            proof.write.nextCounter != proof.readCounter
                && proof.previousHash.extended(by: proof.write) == proof.stepHash
        case .opcode(let proof): proof.holds(for: commitment)
        case .futureRead(let proof):
            proof.lastStep != MemoryMap.neverWritten && proof.lastStep > proof.conflictStep
        case .zeroStepRead(let proof): proof.lastStep == 0 && proof.address != 0
        case .inputData(let proof): proof.holds(for: commitment)
        case .initializedData(let proof): proof.holds(for: commitment)
        case .uninitializedData(let proof): proof.holds(for: commitment)
        }
    }
}

extension Equivocation {
    /// Whether the leaf of this round and index would take these values.
    func holds(for shape: SearchShape) -> Bool {
        guard step < shape.stepCapacity, published != opened else { return false }
        let hashed = kind == .stepHash ? step : step + 1
        return shape.place(ofHashAfter: hashed) == .published(round: round, index: index)
    }
}

extension HaltProof {
    fileprivate var holds: Bool {
        conflictStep &+ 1 == lastStep
            && (firstValue != SystemCallRow.halt || secondValue != 0
                || opcode != SystemCallRow.opcode || nextHash != lastHash)
    }
}

extension AddressesProof {
    fileprivate func holds(for ranges: SectionRanges) -> Bool {
        func isWithin(_ address: UInt32, _ allowed: [AddressRange]) -> Bool {
            address % 4 == 0 && allowed.contains { $0.containsWord(at: address) }
        }
        func isAllowed(
            _ address: UInt32, _ kind: MemoryWitness.Kind, memory: [AddressRange]
        ) -> Bool {
            switch kind {
            case .unused: true
            case .register: isWithin(address, ranges.registers)
            case .memory: isWithin(address, memory)
            }
        }
        let readable = ranges.readWrite + ranges.readOnly
        return !isAllowed(firstAddress, memoryWitness.first, memory: readable)
            || !isAllowed(secondAddress, memoryWitness.second, memory: readable)
            || !isAllowed(writeAddress, memoryWitness.write, memory: ranges.readWrite)
            || !isWithin(counterAddress, ranges.code)
    }
}

extension OpcodeProof {
    fileprivate func holds(for commitment: ProgramCommitment) -> Bool {
        guard commitment.code.indices.contains(chunkIndex),
            let word = commitment.code[chunkIndex].word(at: counterAddress)
        else { return false }
        return word != opcode
    }
}

extension InputDataProof {
    fileprivate func holds(for commitment: ProgramCommitment) -> Bool {
        read.lastStep == MemoryMap.neverWritten && read.value != word
            && commitment.initialWord(at: read.address) == .input(wordIndex: wordIndex)
    }
}

extension InitializedDataProof {
    fileprivate func holds(for commitment: ProgramCommitment) -> Bool {
        guard read.lastStep == MemoryMap.neverWritten,
            commitment.initialized.indices.contains(chunkIndex),
            let word = commitment.initialized[chunkIndex].word(at: read.address)
        else { return false }
        return word != read.value
    }
}

extension UninitializedDataProof {
    fileprivate func holds(for commitment: ProgramCommitment) -> Bool {
        // Off the words, a read loses to the check of addresses.
        read.lastStep == MemoryMap.neverWritten && read.value != 0 && read.address % 4 == 0
            && commitment.uninitialized.contains { $0.containsWord(at: read.address) }
    }
}
