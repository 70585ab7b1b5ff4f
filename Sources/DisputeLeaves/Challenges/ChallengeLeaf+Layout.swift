internal import Dispute

extension ChallengeLeaf {
    private static let proverStep: [LeafValue] = [
        .writeAddress, .writeValue, .writeCounter, .writeMicro,
    ]
    private static let verifierStep: [LeafValue] = [
        .verifierWriteAddress, .verifierWriteValue, .verifierCounter, .verifierMicro,
    ]

    /// The layout of a challenge: what the body reads, and above it what is only committed.
    package static func layout(of kind: ChallengeKind, _ context: LeafContext) -> LeafLayout {
        switch kind {
        case .traceHash: return LeafLayout([.stepHash] + proverStep + [.nextHash])
        case .firstTraceHash: return LeafLayout([.conflictStep] + proverStep + [.nextHash])
        case .halt:
            return LeafLayout([
                .lastHash, .nextHash, .opcode, .firstValue, .secondValue, .lastStep, .conflictStep,
            ])
        case .earlyHalt: return LeafLayout([.opcode, .firstValue, .lastStep, .conflictStep])
        case .addressesSections:
            return LeafLayout([
                .firstAddress, .secondAddress, .writeAddress, .counterAddress, .memoryWitness,
            ])
        case .entryPoint: return LeafLayout([.counterAddress, .counterMicro, .conflictStep])
        case .programCounter:
            return LeafLayout(
                [.counterAddress, .counterMicro, .verifierHash] + verifierStep + [.stepHash])
        case .opcode: return LeafLayout([.opcode, .counterAddress])
        case .equivocation(let kind, let round, let index):
            return LeafLayout([
                .read(.hash(round: round, index: index), context.publishedHashes),
                .read(kind == .stepHash ? .stepHash : .nextHash), .read(.conflictStep),
            ])
        case .readEquivocation(let kind, let round, let index):
            return LeafLayout([
                .read(.hash(ofReadRound: round, index: index), context.publishedHashes),
                .read(kind == .stepHash ? .readStepHash : .readNextHash), .read(.writeStep),
            ])
        case .searchEquivocation:
            return LeafLayout([.stepHash, .readStepHash, .writeStep, .conflictStep])
        case .correctHash:
            return LeafLayout([.readStepHash, .verifierHash] + verifierStep + [.readNextHash])
        case .futureRead, .zeroStepRead, .inputData, .constantInput, .initializedData,
            .uninitializedData, .readValue:
            return readLayout(of: kind)
        case .claim, .doubt, .selection, .readSelection, .readOpening, .refuse, .refuseRead:
            return moveLayout(of: kind, context)
        }
    }

    private static func moveLayout(
        of kind: ChallengeKind, _ context: LeafContext
    ) -> LeafLayout {
        let rounds = 0..<context.shape.roundCount
        let selections = rounds.map { LeafValue.selection(round: $0) }
        let readSelections = rounds.map { LeafValue.readSelection(round: $0) }
        switch kind {
        case .claim: return LeafLayout([.read(.lastStep), .committed(.lastHash)])
        case .doubt: return LeafLayout([.lastStep, .doubtedLastStep])
        case .selection(let round): return LeafLayout([.selection(round: round)])
        case .readSelection(let round): return LeafLayout([.readSelection(round: round)])
        case .refuse: return LeafLayout(selections + [.lastStep])
        case .refuseRead: return LeafLayout(selections + readSelections)
        default:
            return LeafLayout(
                (readSelections + [.writeStep]).map { .read($0) }
                    + [.committed(.readStepHash), .committed(.readNextHash)])
        }
    }

    private static func readLayout(of kind: ChallengeKind) -> LeafLayout {
        switch kind {
        case .futureRead(let selector):
            return LeafLayout([.conflictStep, Read(selector).lastStep])
        case .zeroStepRead(let selector):
            return LeafLayout([Read(selector).address, Read(selector).lastStep])
        case .inputData(let index):
            let read = Read(.second)
            return LeafLayout([read.value, .input(wordIndex: index), read.address, read.lastStep])
        case .readValue(let selector):
            let read = Read(selector)
            return LeafLayout(
                [.conflictStep, .writeStep, read.lastStep, read.value, read.address, .readStepHash]
                    + verifierStep + [.readNextHash])
        case .initializedData(_, let selector), .uninitializedData(let selector):
            let read = Read(selector)
            return LeafLayout([read.value, read.address, read.lastStep])
        default:
            let read = Read(.second)
            return LeafLayout([read.value, read.address, read.lastStep])
        }
    }
}
