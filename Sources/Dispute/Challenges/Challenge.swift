package import Primitives
package import RiscV

/// A proof that the prover lied, from the step that it opened: one leaf, or one leaf of a kind.
///
/// A case carries what its leaf needs: values of the prover, replayed as it signed them, and values
/// of the verifier. `holds(for:)` is the meaning of the leaf.
///
/// - Source: docs/protocol/challenges.md.
package enum Challenge: Hashable, Sendable {
    /// A hash that was signed once more is not the one that was published.
    case equivocation(Equivocation)
    /// The hash after the step is not that of the hash before it and the write.
    case traceHash(TraceHashProof)
    /// The same for the first step, before which stands the beginning of every chain.
    case firstTraceHash(FirstTraceHashProof)
    /// The claimed last step is no end with 0, or its hash is not the claimed one.
    case halt(HaltProof)
    /// The program ends at a step that is not the claimed last one.
    case earlyHalt(EarlyHaltProof)
    /// An access or the program counter is where it must not be.
    case addressesSections(AddressesProof)
    /// The first step is not at the program's first instruction.
    case entryPoint(EntryPointProof)
    /// The step is not where the one before it went.
    case programCounter(ProgramCounterProof)
    /// The opcode is not the one of the program.
    case opcode(OpcodeProof)
    /// A read comes from the step itself or a later one.
    case futureRead(FutureReadProof)
    /// A read comes from step 0, which writes nothing.
    case zeroStepRead(ZeroStepReadProof)
    /// A read of input that was never written has not the value of the input.
    case inputData(InputDataProof)
    /// A read of the program's data that was never written has not its value.
    case initializedData(InitializedDataProof)
    /// A read of other data that was never written is not zero.
    case uninitializedData(UninitializedDataProof)
}

/// A published hash and the same one signed once more.
package struct Equivocation: Hashable, Sendable {
    /// Which of the two hashes of an opening it is.
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// The one before the step.
        case stepHash
        /// The one after the step.
        case nextHash
    }

    /// Which one was signed once more.
    package let kind: Kind
    /// Round in which it was published, from 0.
    package let round: Int
    /// Its place among the hashes of that round, from 0.
    package let index: Int
    /// As published by the prover.
    package let published: Bytes20
    /// As opened by the prover.
    package let opened: Bytes20
    /// The step of the opening, signed by the prover.
    package let step: UInt64

    /// A proof with all its parts.
    package init(
        kind: Kind, round: Int, index: Int, published: Bytes20, opened: Bytes20, step: UInt64
    ) {
        self.kind = kind
        self.round = round
        self.index = index
        self.published = published
        self.opened = opened
        self.step = step
    }
}

/// Values of the prover that are no link of the chain.
package struct TraceHashProof: Hashable, Sendable {
    /// Before the step.
    package let stepHash: Bytes20
    /// What the step adds to the chain.
    package let write: ChainStep
    /// After the step.
    package let nextHash: Bytes20

    /// A proof with all its parts.
    package init(
        stepHash: Bytes20, write: ChainStep, nextHash: Bytes20
    ) {
        self.stepHash = stepHash
        self.write = write
        self.nextHash = nextHash
    }
}

/// Values of the prover that are no first link of the chain.
package struct FirstTraceHashProof: Hashable, Sendable {
    /// What the step adds to the chain.
    package let write: ChainStep
    /// After the step.
    package let nextHash: Bytes20
    /// Signed by the prover.
    package let conflictStep: UInt64

    /// A proof with all its parts.
    package init(
        write: ChainStep, nextHash: Bytes20, conflictStep: UInt64
    ) {
        self.write = write
        self.nextHash = nextHash
        self.conflictStep = conflictStep
    }
}

/// Values of the prover that contradict its claim at the last step.
package struct HaltProof: Hashable, Sendable {
    /// As claimed.
    package let lastStep: UInt64
    /// Signed by the prover.
    package let conflictStep: UInt64
    /// What it says a7 holds.
    package let firstValue: UInt32
    /// What it says a0 holds.
    package let secondValue: UInt32
    /// Of the opened row.
    package let opcode: UInt32
    /// Opened by the prover.
    package let nextHash: Bytes20
    /// As claimed.
    package let lastHash: Bytes20

    /// A proof with all its parts.
    package init(
        lastStep: UInt64, conflictStep: UInt64, firstValue: UInt32, secondValue: UInt32,
        opcode: UInt32, nextHash: Bytes20, lastHash: Bytes20
    ) {
        self.lastStep = lastStep
        self.conflictStep = conflictStep
        self.firstValue = firstValue
        self.secondValue = secondValue
        self.opcode = opcode
        self.nextHash = nextHash
        self.lastHash = lastHash
    }
}

/// Values of the prover that end the program before or after its claim does.
package struct EarlyHaltProof: Hashable, Sendable {
    /// As claimed.
    package let lastStep: UInt64
    /// Signed by the prover.
    package let conflictStep: UInt64
    /// What it says a7 holds.
    package let firstValue: UInt32
    /// Of the opened row.
    package let opcode: UInt32

    /// A proof with all its parts.
    package init(
        lastStep: UInt64, conflictStep: UInt64, firstValue: UInt32, opcode: UInt32
    ) {
        self.lastStep = lastStep
        self.conflictStep = conflictStep
        self.firstValue = firstValue
        self.opcode = opcode
    }
}

/// Where the prover's row reads, writes and executes.
package struct AddressesProof: Hashable, Sendable {
    /// Of the first read.
    package let firstAddress: UInt32
    /// Of the second read.
    package let secondAddress: UInt32
    /// Of the write.
    package let writeAddress: UInt32
    /// Of what kind these are.
    package let memoryWitness: MemoryWitness
    /// Where the instruction stands.
    package let counterAddress: UInt32

    /// A proof with all its parts.
    package init(
        firstAddress: UInt32, secondAddress: UInt32, writeAddress: UInt32,
        memoryWitness: MemoryWitness, counterAddress: UInt32
    ) {
        self.firstAddress = firstAddress
        self.secondAddress = secondAddress
        self.writeAddress = writeAddress
        self.memoryWitness = memoryWitness
        self.counterAddress = counterAddress
    }
}

/// Where the prover says that the program begins.
package struct EntryPointProof: Hashable, Sendable {
    /// Of the opened row.
    package let readCounter: ProgramCounter
    /// Signed by the prover.
    package let conflictStep: UInt64

    /// A proof with all its parts.
    package init(
        readCounter: ProgramCounter, conflictStep: UInt64
    ) {
        self.readCounter = readCounter
        self.conflictStep = conflictStep
    }
}

/// The verifier's step before the opened one, and where the prover says that it led.
package struct ProgramCounterProof: Hashable, Sendable {
    /// The chain before the verifier's step.
    package let previousHash: Bytes20
    /// What the verifier's step adds to the chain.
    package let write: ChainStep
    /// Of the opened row.
    package let readCounter: ProgramCounter
    /// Opened by the prover.
    package let stepHash: Bytes20

    /// A proof with all its parts.
    package init(
        previousHash: Bytes20, write: ChainStep, readCounter: ProgramCounter, stepHash: Bytes20
    ) {
        self.previousHash = previousHash
        self.write = write
        self.readCounter = readCounter
        self.stepHash = stepHash
    }
}

/// An instruction that the program does not have.
package struct OpcodeProof: Hashable, Sendable {
    /// Of `ProgramCommitment.code`.
    package let chunkIndex: Int
    /// Where the instruction stands, of the opened row.
    package let counterAddress: UInt32
    /// Of the opened row.
    package let opcode: UInt32

    /// A proof with all its parts.
    package init(
        chunkIndex: Int, counterAddress: UInt32, opcode: UInt32
    ) {
        self.chunkIndex = chunkIndex
        self.counterAddress = counterAddress
        self.opcode = opcode
    }
}

/// A read that comes too late.
package struct FutureReadProof: Hashable, Sendable {
    /// Which read it is.
    package let selector: ReadSelector
    /// Of that read.
    package let lastStep: UInt64
    /// Signed by the prover.
    package let conflictStep: UInt64

    /// A proof with all its parts.
    package init(
        selector: ReadSelector, lastStep: UInt64, conflictStep: UInt64
    ) {
        self.selector = selector
        self.lastStep = lastStep
        self.conflictStep = conflictStep
    }
}

/// A read that comes from nowhere.
package struct ZeroStepReadProof: Hashable, Sendable {
    /// Which read it is.
    package let selector: ReadSelector
    /// Of that read.
    package let address: UInt32
    /// Of that read.
    package let lastStep: UInt64

    /// A proof with all its parts.
    package init(
        selector: ReadSelector, address: UInt32, lastStep: UInt64
    ) {
        self.selector = selector
        self.address = address
        self.lastStep = lastStep
    }
}

/// A read of input; always the second one of a row.
package struct InputDataProof: Hashable, Sendable {
    /// Which word of the input it is.
    package let wordIndex: Int
    /// As its owner signed it, or as the program has it.
    package let word: UInt32
    /// The second read of the opened row.
    package let read: TraceRow.Read

    /// A proof with all its parts.
    package init(
        wordIndex: Int, word: UInt32, read: TraceRow.Read
    ) {
        self.wordIndex = wordIndex
        self.word = word
        self.read = read
    }
}

/// A read of what the program begins with.
package struct InitializedDataProof: Hashable, Sendable {
    /// Of `ProgramCommitment.initialized`.
    package let chunkIndex: Int
    /// Which read it is; of memory always the second.
    package let selector: ReadSelector
    /// The read.
    package let read: TraceRow.Read

    /// A proof with all its parts.
    package init(
        chunkIndex: Int, selector: ReadSelector, read: TraceRow.Read
    ) {
        self.chunkIndex = chunkIndex
        self.selector = selector
        self.read = read
    }
}

/// A read of what begins as zero.
package struct UninitializedDataProof: Hashable, Sendable {
    /// Which read it is; of memory always the second.
    package let selector: ReadSelector
    /// The read.
    package let read: TraceRow.Read

    /// A proof with all its parts.
    package init(
        selector: ReadSelector, read: TraceRow.Read
    ) {
        self.selector = selector
        self.read = read
    }
}
