package import Dispute
package import Tapscript

/// Which challenge a leaf is, with what it knows of the program.
package enum ChallengeKind: Hashable, Sendable {
    case traceHash
    case firstTraceHash
    case halt
    case earlyHalt
    case addressesSections
    case entryPoint
    case programCounter
    /// Index of `ProgramCommitment.code`.
    case opcode(chunkIndex: Int)
    case futureRead(ReadSelector)
    case zeroStepRead(ReadSelector)
    /// A word that its owner signs.
    case inputData(wordIndex: Int)
    /// A word of the input that is the same in every run.
    case constantInput(wordIndex: Int, word: UInt32)
    /// Index of `ProgramCommitment.initialized`.
    case initializedData(chunkIndex: Int, ReadSelector)
    case uninitializedData(ReadSelector)
    /// Round and index from 0.
    case equivocation(Equivocation.Kind, round: Int, index: Int)
    /// The same after the second search.
    case readEquivocation(Equivocation.Kind, round: Int, index: Int)
    case searchEquivocation
    case correctHash
    case readValue(ReadSelector)
    /// A digit of the verifier, in a round from 0; the first one of the second search, too.
    case selection(round: Int)
    /// The prover's answer to a selection past its claim.
    case refuse
    /// The prover's answer to a second selection that is not before the first.
    case refuseRead
}

/// The check of one challenge by script.
///
/// A body: signatures and the Winternitz checks stand before it and leave the layout's digits.
///
/// - Source: docs/protocol/leaves-challenges.md.
package struct ChallengeLeaf: Sendable {
    /// Which challenge.
    package let kind: ChallengeKind
    /// What it reads.
    package let layout: ChallengeLayout
    /// The check alone.
    package let script: AssembledScript

    /// Writes the script of a challenge.
    ///
    /// - Parameters:
    ///   - kind: Its indices are those of the program.
    ///   - program: Its constants go into the script.
    /// - Throws: Never, unless the script of the kind itself is wrong.
    package init(_ kind: ChallengeKind, _ program: DisputeProgram) throws(AssemblerError) {
        self.kind = kind
        layout = Self.layout(of: kind, program.shape)
        var writer = ChallengeWriter(layout: layout, program: program)
        writer.write(kind)
        script = try writer.assembler.finishVerified()
    }

    /// The layout of a challenge.
    package static func layout(of kind: ChallengeKind, _ shape: SearchShape) -> ChallengeLayout {
        let write: [ChallengeValue] = [.writeAddress, .writeValue, .writeCounter, .writeMicro]
        let own: [ChallengeValue] = [
            .verifierWriteAddress, .verifierWriteValue, .verifierCounter, .verifierMicro,
        ]
        switch kind {
        case .traceHash: return ChallengeLayout([.stepHash] + write + [.nextHash])
        case .firstTraceHash: return ChallengeLayout([.conflictStep] + write + [.nextHash])
        case .halt:
            return ChallengeLayout([
                .lastHash, .nextHash, .opcode, .firstValue, .secondValue, .lastStep, .conflictStep,
            ])
        case .earlyHalt:
            return ChallengeLayout([.opcode, .firstValue, .lastStep, .conflictStep])
        case .addressesSections:
            return ChallengeLayout([
                .firstAddress, .secondAddress, .writeAddress, .counterAddress, .memoryWitness,
            ])
        case .entryPoint: return ChallengeLayout([.counterAddress, .counterMicro, .conflictStep])
        case .programCounter:
            return ChallengeLayout(
                [.counterAddress, .counterMicro, .verifierHash] + own + [.stepHash])
        case .opcode: return ChallengeLayout([.opcode, .counterAddress])
        case .equivocation(let kind, _, _):
            return ChallengeLayout([
                .publishedHash, kind == .stepHash ? .stepHash : .nextHash, .conflictStep,
            ])
        case .readEquivocation(let kind, _, _):
            return ChallengeLayout([
                .publishedHash, kind == .stepHash ? .readStepHash : .readNextHash, .writeStep,
            ])
        case .searchEquivocation:
            return ChallengeLayout([.stepHash, .readStepHash, .writeStep, .conflictStep])
        case .correctHash:
            return ChallengeLayout([.readStepHash, .verifierHash] + own + [.readNextHash])
        case .selection:
            return ChallengeLayout([.selections])
        case .refuse:
            return ChallengeLayout(
                selections: [.selections], roundCount: shape.roundCount, [.lastStep])
        case .refuseRead:
            return ChallengeLayout(
                selections: [.selections, .readSelections], roundCount: shape.roundCount, [])
        case .futureRead(let selector), .zeroStepRead(let selector),
            .initializedData(_, let selector), .uninitializedData(let selector),
            .readValue(let selector):
            return readLayout(of: kind, Read(selector), own)
        case .inputData, .constantInput: return readLayout(of: kind, Read(.second), own)
        }
    }

    /// The values of one read.
    struct Read {
        let address: ChallengeValue
        let value: ChallengeValue
        let lastStep: ChallengeValue

        init(_ selector: ReadSelector) {
            switch selector {
            case .first: (address, value, lastStep) = (.firstAddress, .firstValue, .firstLastStep)
            case .second:
                (address, value, lastStep) = (.secondAddress, .secondValue, .secondLastStep)
            }
        }
    }

    private static func readLayout(
        of kind: ChallengeKind, _ read: Read, _ own: [ChallengeValue]
    ) -> ChallengeLayout {
        switch kind {
        case .futureRead: ChallengeLayout([.conflictStep, read.lastStep])
        case .zeroStepRead: ChallengeLayout([read.address, read.lastStep])
        case .inputData:
            ChallengeLayout([read.value, .inputWord, read.address, read.lastStep])
        case .readValue:
            ChallengeLayout(
                [.conflictStep, .writeStep, read.lastStep, read.value, read.address, .readStepHash]
                    + own + [.readNextHash])
        default: ChallengeLayout([read.value, read.address, read.lastStep])
        }
    }
}
