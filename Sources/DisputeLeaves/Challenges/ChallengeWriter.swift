internal import Dispute
internal import Primitives
internal import RiscV
internal import Tapscript

/// Writes the script of one challenge.
struct ChallengeWriter {
    /// What was written so far.
    var assembler: Assembler
    /// What the layout reads.
    let values: [LeafValue: Items]
    let context: LeafContext

    /// The digits of a value of the layout.
    func digits(_ value: LeafValue) -> Items {
        guard let digits = values[value] else {
            preconditionFailure("the layout has what the script reads")
        }
        return digits
    }

    /// Writes everything.
    mutating func write(_ kind: ChallengeKind) {
        switch kind {
        case .traceHash: checkLink(.different, from: .stepHash, Self.proverStep, to: .nextHash)
        case .firstTraceHash: writeFirstTraceHash()
        case .halt: writeHalt()
        case .earlyHalt: writeEarlyHalt()
        case .addressesSections: writeAddresses()
        case .entryPoint: writeEntryPoint()
        case .programCounter: writeProgramCounter()
        case .opcode(let index):
            check(.opcode, at: .counterAddress, in: context.program.code[index])
        case .futureRead(let selector): writeFutureRead(.init(selector))
        case .zeroStepRead(let selector):
            let read = ChallengeLeaf.Read(selector)
            assembler.verifyConstant(digits(read.lastStep), Digits.of(UInt64(0)))
            assembler.verify(.move(assembler.isAnySet(digits(read.address))))
        case .inputData(let index): writeInput(index, word: nil)
        case .constantInput(let index, let word): writeInput(index, word: word)
        case .initializedData(let index, let selector):
            let read = ChallengeLeaf.Read(selector)
            verifyNeverWritten(read)
            check(read.value, at: read.address, in: context.program.initialized[index])
        case .uninitializedData(let selector): writeUninitialized(.init(selector))
        case .equivocation(let kind, let round, let index):
            verifyStep(.conflictStep, kind, round: round, index: index)
            verifyEquivocation(
                .hash(round: round, index: index), kind == .stepHash ? .stepHash : .nextHash)
        case .readEquivocation(let kind, let round, let index):
            verifyStep(.writeStep, kind, round: round, index: index)
            verifyEquivocation(
                .hash(ofReadRound: round, index: index),
                kind == .stepHash ? .readStepHash : .readNextHash)
        case .searchEquivocation:
            assembler.verifyEqual(digits(.writeStep), .move, digits(.conflictStep), .move)
            verifyDifferent(.stepHash, .readStepHash)
        case .correctHash: writeCorrectHash()
        case .readValue(let selector): writeReadValue(.init(selector))
        case .claim, .doubt, .selection, .readSelection, .readOpening, .refuse, .refuseRead:
            writeMove(kind)
        }
    }

    // MARK: Hashes

    static let proverStep: [LeafValue] = [
        .writeAddress, .writeValue, .writeCounter, .writeMicro,
    ]
    static let verifierStep: [LeafValue] = [
        .verifierWriteAddress, .verifierWriteValue, .verifierCounter, .verifierMicro,
    ]

    /// Compares the hash after a step with a given one.
    mutating func checkLink(
        _ demand: BLAKE3Fragment.Demand, from hash: LeafValue, _ step: [LeafValue],
        to next: LeafValue
    ) {
        let message = ([hash] + step).flatMap { digits($0).map { Operand.move($0) } }
        BLAKE3Fragment.check(
            demand, message: message, hash: digits(next).map { .move($0) }, &assembler)
    }

    /// Fails unless two values differ; consumes them.
    mutating func verifyDifferent(_ left: LeafValue, _ right: LeafValue) {
        let isSame = assembler.isSame(digits(left), .move, digits(right), .move)
        assembler.verify(.move(assembler.not(.move(isSame))))
    }

    /// Fails unless a published hash differs from one that was signed once more; consumes both.
    private mutating func verifyEquivocation(_ published: LeafValue, _ opened: LeafValue) {
        switch context.publishedHashes {
        case .base16: verifyDifferent(published, opened)
        case .chosenChains:
            assembler.verify(.different, positions: digits(published), digits: digits(opened))
        }
    }

    private mutating func writeFirstTraceHash() {
        let start = BLAKE3Chain.initialHash.bytes.flatMap { byte in
            [Operand.number(Int64(byte >> 4)), .number(Int64(byte & 15))]
        }
        let step = Self.proverStep.flatMap { digits($0).map { Operand.move($0) } }
        BLAKE3Fragment.check(
            .different, message: start + step, hash: digits(.nextHash).map { .move($0) },
            &assembler)
        assembler.verifyConstant(digits(.conflictStep), Digits.of(UInt64(0)))
    }

    private mutating func writeProgramCounter() {
        let isSame = assembler.isSame(
            digits(.counterAddress) + digits(.counterMicro), .move,
            digits(.verifierCounter) + digits(.verifierMicro), .copy)
        assembler.verify(.move(assembler.not(.move(isSame))))
        checkLink(.equal, from: .verifierHash, Self.verifierStep, to: .stepHash)
    }

    private mutating func writeCorrectHash() {
        let isSame = assembler.isSame(
            digits(.readStepHash), .move, digits(.verifierHash), .copy)
        assembler.verify(.move(assembler.not(.move(isSame))))
        checkLink(.equal, from: .verifierHash, Self.verifierStep, to: .readNextHash)
    }

    private mutating func writeReadValue(_ read: ChallengeLeaf.Read) {
        let step = digits(.writeStep)
        let last = digits(read.lastStep)
        let address = digits(.verifierWriteAddress)
        assembler.verify(
            .move(assembler.isSmaller(step, .copy, digits(.conflictStep), .move)))
        let isOfStep = assembler.isSuccessor(step, .copy, last, .copy)
        let isNever = assembler.isConstant(last, .copy, Digits.of(UInt64.max))
        let isLater = assembler.isSmaller(step, .move, last, .move)
        let isSameValue = assembler.isSame(
            digits(read.value), .move, digits(.verifierWriteValue), .copy)
        let isSameAddress = assembler.isSame(digits(read.address), .move, address, .copy)
        let copies = assembler.copy(address)
        let writes = assembler.isAnySet(copies)
        // The read claims this step, and the write is another.
        let isSame = assembler.and(.move(isSameValue), .copy(isSameAddress))
        let isOther = assembler.not(.move(isSame))
        let isFalse = assembler.and(.move(isOther), .copy(isOfStep))
        // The read claims an earlier step or none, and here is a write to its address.
        let isNotLater = assembler.not(.move(isLater))
        let isEarlier = assembler.or(.move(isNotLater), .move(isNever))
        let isElsewhere = assembler.not(.move(isOfStep))
        let isMissed = assembler.allOf([isSameAddress, writes, isEarlier, isElsewhere])
        assembler.verify(.move(assembler.or(.move(isMissed), .move(isFalse))))
        checkLink(.equal, from: .readStepHash, Self.verifierStep, to: .readNextHash)
    }
}
