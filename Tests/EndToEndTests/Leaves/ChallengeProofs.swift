import Dispute
import DisputeLeaves
import Primitives
import RiscV
import TestSupport

/// Makes challenges that hold for a program, one of each kind.
struct ChallengeProofs {
    let program: DisputeProgram
    var random: SplitMix64

    private mutating func word() -> UInt32 {
        UInt32(truncatingIfNeeded: random.next())
    }

    private mutating func hash() -> Bytes20 {
        Bytes20(random.bytes(count: 20)) ?? BLAKE3Chain.initialHash
    }

    private mutating func step() -> ChainStep {
        ChainStep(
            writeAddress: word(), writeValue: word(), nextAddress: word(), nextMicro: word() % 8)
    }

    private func neverWritten(_ address: UInt32, _ value: UInt32) -> TraceRow.Read {
        TraceRow.Read(address: address, value: value, lastStep: MemoryMap.neverWritten)
    }

    /// A proof from an opened row; nil for other kinds.
    mutating func challenge(_ kind: ChallengeKind) -> Challenge? {
        switch kind {
        case .traceHash:
            .traceHash(TraceHashProof(stepHash: hash(), write: step(), nextHash: hash()))
        case .firstTraceHash:
            .firstTraceHash(
                FirstTraceHashProof(write: step(), nextHash: hash(), conflictStep: 0))
        case .halt:
            .halt(
                HaltProof(
                    lastStep: 1001, conflictStep: 1000, firstValue: 93, secondValue: 1,
                    opcode: 0x73, nextHash: hash(), lastHash: hash()))
        case .earlyHalt:
            .earlyHalt(
                EarlyHaltProof(lastStep: 1500, conflictStep: 1000, firstValue: 93, opcode: 0x73))
        case .addressesSections:
            .addressesSections(
                AddressesProof(
                    firstAddress: 0xF000_0010, secondAddress: 0x10, writeAddress: 0xF000_0010,
                    memoryWitness: MemoryWitness(.register, .memory, .register),
                    counterAddress: program.commitment.entryPoint))
        case .entryPoint:
            .entryPoint(
                EntryPointProof(
                    readCounter: ProgramCounter(
                        address: program.commitment.entryPoint + 4, micro: 0), conflictStep: 0))
        case .programCounter: programCounter()
        case .opcode(let index):
            .opcode(
                OpcodeProof(
                    chunkIndex: index, counterAddress: program.commitment.code[index].start,
                    opcode: program.commitment.code[index].words[0] ^ 1))
        case .equivocation(let opened, let round, let index):
            .equivocation(equivocation(opened, round, index))
        default: read(kind)
        }
    }

    private mutating func programCounter() -> Challenge {
        let (previous, write) = (hash(), step())
        return .programCounter(
            ProgramCounterProof(
                previousHash: previous, write: write,
                readCounter: ProgramCounter(address: write.nextAddress ^ 4, micro: 0),
                stepHash: previous.extended(by: write)))
    }

    private mutating func equivocation(
        _ kind: Equivocation.Kind, _ round: Int, _ index: Int
    ) -> Equivocation {
        let hashed = UInt64(index + 1) << UInt64(program.shape.shift(ofRound: round))
        return Equivocation(
            kind: kind, round: round, index: index, published: hash(), opened: hash(),
            step: kind == .stepHash ? hashed : hashed - 1)
    }

    private mutating func read(_ kind: ChallengeKind) -> Challenge? {
        let commitment = program.commitment
        switch kind {
        case .futureRead(let selector):
            return .futureRead(
                FutureReadProof(selector: selector, lastStep: 1001, conflictStep: 1000))
        case .zeroStepRead(let selector):
            return .zeroStepRead(
                ZeroStepReadProof(selector: selector, address: 0xF000_0010, lastStep: 0))
        case .inputData(let index):
            return .inputData(
                InputDataProof(
                    wordIndex: index, word: word() | 1,
                    read: neverWritten(inputAddress(index), word() & ~1)))
        case .constantInput(let index, let constant):
            return .inputData(
                InputDataProof(
                    wordIndex: index, word: constant,
                    read: neverWritten(inputAddress(index), constant ^ 1)))
        case .initializedData(let index, let selector):
            let chunk = commitment.initialized[index]
            return .initializedData(
                InitializedDataProof(
                    chunkIndex: index, selector: selector,
                    read: neverWritten(chunk.start, chunk.words[0] ^ 1)))
        case .uninitializedData(let selector):
            guard let range = commitment.uninitialized.first else { return nil }
            return .uninitializedData(
                UninitializedDataProof(selector: selector, read: neverWritten(range.start, 1)))
        default: return nil
        }
    }

    private func inputAddress(_ index: Int) -> UInt32 {
        (program.commitment.inputRange?.start ?? 0) + 4 * UInt32(index)
    }

    /// A proof from the second search; nil for other kinds.
    mutating func readChallenge(_ kind: ChallengeKind) -> ReadChallenge? {
        switch kind {
        case .readEquivocation(let opened, let round, let index):
            return .equivocation(equivocation(opened, round, index))
        case .searchEquivocation:
            return .searchEquivocation(
                SearchEquivocationProof(
                    stepHash: hash(), readStepHash: hash(), writeStep: 1000, conflictStep: 1000))
        case .correctHash:
            let (verifier, write) = (hash(), step())
            return .correctHash(
                CorrectHashProof(
                    proverHash: hash(), verifierHash: verifier, write: write,
                    nextHash: verifier.extended(by: write)))
        case .readValue(let selector):
            let (before, write) = (hash(), step())
            return .readValue(
                ReadValueProof(
                    selector: selector,
                    read: TraceRow.Read(
                        address: write.writeAddress, value: write.writeValue ^ 1, lastStep: 501),
                    stepHash: before, write: write, nextHash: before.extended(by: write),
                    writeStep: 500, conflictStep: 1000))
        default: return nil
        }
    }
}
