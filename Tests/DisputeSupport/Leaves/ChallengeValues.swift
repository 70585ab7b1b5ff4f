package import Dispute
package import DisputeLeaves
package import Primitives
package import RiscV

/// The values of a challenge as digits, which tests change one by one.
package struct ChallengeValues {
    package var digits: [LeafValue: [UInt8]] = [:]

    /// No values.
    package init() {}

    package subscript(word value: LeafValue) -> UInt32 {
        get { UInt32(truncatingIfNeeded: number(value)) }
        set { set(value, UInt64(newValue), count: 8) }
    }

    package subscript(step value: LeafValue) -> UInt64 {
        get { number(value) }
        set { set(value, newValue, count: 16) }
    }

    package subscript(byte value: LeafValue) -> UInt8 {
        get { UInt8(truncatingIfNeeded: number(value)) }
        set { set(value, UInt64(newValue), count: 2) }
    }

    package subscript(hash value: LeafValue) -> Bytes20 {
        get { Bytes20(bytes(value)) ?? BLAKE3Chain.initialHash }
        set { digits[value] = newValue.bytes.flatMap { [$0 >> 4, $0 & 15] } }
    }

    package func bytes(_ value: LeafValue) -> [UInt8] {
        let digits = digits[value] ?? []
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    // MARK: Digits of searches

    package mutating func setSelections(_ digits: [Int]) {
        for (round, digit) in digits.enumerated() {
            self[byte: .selection(round: round)] = UInt8(digit)
        }
    }

    package mutating func setReadSelections(_ digits: [Int]) {
        for (round, digit) in digits.enumerated() {
            self[byte: .readSelection(round: round)] = UInt8(digit)
        }
    }

    package func selections(_ shape: SearchShape) -> [Int] {
        (0..<shape.roundCount).map { Int(self[byte: .selection(round: $0)]) }
    }

    package func readSelections(_ shape: SearchShape) -> [Int] {
        (0..<shape.roundCount).map { Int(self[byte: .readSelection(round: $0)]) }
    }

    /// The published hash that an equivocation compares.
    package static func published(of kind: ChallengeKind, _ round: Int, _ index: Int) -> LeafValue {
        if case .readEquivocation = kind, round > 0 {
            return .readHash(round: round, index: index)
        }
        return .hash(round: round, index: index)
    }

    /// All values that are not of one round or word.
    package static let plain: [LeafValue] =
        [
            .lastStep, .lastHash, .conflictStep, .stepHash, .nextHash, .writeStep, .readStepHash,
            .readNextHash, .verifierHash, .verifierWriteAddress, .verifierWriteValue,
            .verifierCounter, .verifierMicro,
        ] + RowField.allCases.map { .row($0) }

    private func number(_ value: LeafValue) -> UInt64 {
        (digits[value] ?? []).reduce(0) { $0 << 4 | UInt64($1) }
    }

    private mutating func set(_ value: LeafValue, _ number: UInt64, count: Int) {
        digits[value] = (0..<count).reversed().map { UInt8(number >> UInt64(4 * $0) & 15) }
    }

    // MARK: Meaning

    package var proverStep: ChainStep {
        get {
            ChainStep(
                writeAddress: self[word: .writeAddress], writeValue: self[word: .writeValue],
                nextAddress: self[word: .writeCounter],
                nextMicro: UInt32(self[byte: .writeMicro]))
        }
        set {
            self[word: .writeAddress] = newValue.writeAddress
            self[word: .writeValue] = newValue.writeValue
            self[word: .writeCounter] = newValue.nextAddress
            self[byte: .writeMicro] = UInt8(truncatingIfNeeded: newValue.nextMicro)
        }
    }

    package var verifierStep: ChainStep {
        get {
            ChainStep(
                writeAddress: self[word: .verifierWriteAddress],
                writeValue: self[word: .verifierWriteValue],
                nextAddress: self[word: .verifierCounter],
                nextMicro: UInt32(self[byte: .verifierMicro]))
        }
        set {
            self[word: .verifierWriteAddress] = newValue.writeAddress
            self[word: .verifierWriteValue] = newValue.writeValue
            self[word: .verifierCounter] = newValue.nextAddress
            self[byte: .verifierMicro] = UInt8(truncatingIfNeeded: newValue.nextMicro)
        }
    }

    package var counter: ProgramCounter {
        ProgramCounter(address: self[word: .counterAddress], micro: self[byte: .counterMicro])
    }

    package static func names(
        _ selector: ReadSelector
    ) -> (address: LeafValue, value: LeafValue, lastStep: LeafValue) {
        switch selector {
        case .first: (.firstAddress, .firstValue, .firstLastStep)
        case .second: (.secondAddress, .secondValue, .secondLastStep)
        }
    }

    package func read(_ selector: ReadSelector) -> TraceRow.Read {
        let names = Self.names(selector)
        return TraceRow.Read(
            address: self[word: names.address], value: self[word: names.value],
            lastStep: self[step: names.lastStep])
    }

    package mutating func setRead(_ selector: ReadSelector, _ read: TraceRow.Read) {
        let names = Self.names(selector)
        self[word: names.address] = read.address
        self[word: names.value] = read.value
        self[step: names.lastStep] = read.lastStep
    }
}

/// What a leaf must say, told without it.
package enum Meaning {
    case challenge(Challenge)
    case read(ReadChallenge)
    case rule(Bool)

    package func holds(for program: DisputeProgram) -> Bool {
        switch self {
        case .challenge(let challenge): challenge.holds(for: program)
        case .read(let challenge): challenge.holds(for: program)
        case .rule(let holds): holds
        }
    }
}

extension ChallengeValues {
    /// nil if the values are none that can be opened.
    package func meaning(_ kind: ChallengeKind, _ program: DisputeProgram) -> Meaning? {
        switch kind {
        case .traceHash:
            return .challenge(
                .traceHash(
                    TraceHashProof(
                        stepHash: self[hash: .stepHash], write: proverStep,
                        nextHash: self[hash: .nextHash])))
        case .firstTraceHash:
            return .challenge(
                .firstTraceHash(
                    FirstTraceHashProof(
                        write: proverStep, nextHash: self[hash: .nextHash],
                        conflictStep: self[step: .conflictStep])))
        case .halt:
            return .challenge(
                .halt(
                    HaltProof(
                        lastStep: self[step: .lastStep], conflictStep: self[step: .conflictStep],
                        firstValue: self[word: .firstValue], secondValue: self[word: .secondValue],
                        opcode: self[word: .opcode], nextHash: self[hash: .nextHash],
                        lastHash: self[hash: .lastHash])))
        case .earlyHalt:
            return .challenge(
                .earlyHalt(
                    EarlyHaltProof(
                        lastStep: self[step: .lastStep], conflictStep: self[step: .conflictStep],
                        firstValue: self[word: .firstValue], opcode: self[word: .opcode])))
        case .equivocation(let opened, let round, let index):
            let published = self[hash: Self.published(of: kind, round, index)]
            return .challenge(
                .equivocation(
                    Equivocation(
                        kind: opened, round: round, index: index, published: published,
                        opened: self[hash: opened == .stepHash ? .stepHash : .nextHash],
                        step: self[step: .conflictStep])))
        case .readEquivocation(let opened, let round, let index):
            let published = self[hash: Self.published(of: kind, round, index)]
            return .read(
                .equivocation(
                    Equivocation(
                        kind: opened, round: round, index: index, published: published,
                        opened: self[hash: opened == .stepHash ? .readStepHash : .readNextHash],
                        step: self[step: .writeStep])))
        case .claim, .doubt, .selection, .readSelection, .readOpening, .refuse, .refuseRead:
            return .rule(isAllowed(kind, program))
        default: return rowMeaning(kind) ?? readMeaning(kind)
        }
    }

    /// Whether a move is one that the table takes.
    private func isAllowed(_ kind: ChallengeKind, _ program: DisputeProgram) -> Bool {
        let shape = program.shape
        switch kind {
        case .claim: return (1...program.stepLimit).contains(self[step: .lastStep])
        case .doubt: return self[step: .lastStep] == self[step: .doubtedLastStep]
        case .selection(let round):
            return self[byte: .selection(round: round)] < shape.digitLimit(ofRound: round)
        case .readSelection(let round):
            return self[byte: .readSelection(round: round)] < shape.digitLimit(ofRound: round)
        case .readOpening:
            let step = self[step: .writeStep]
            return step < shape.stepCapacity && shape.digits(of: step) == readSelections(shape)
        case .refuse: return shape.isAtOrAfter(selections(shape), step: self[step: .lastStep])
        default: return selections(shape).lexicographicallyPrecedes(readSelections(shape))
        }
    }

    private func rowMeaning(_ kind: ChallengeKind) -> Meaning? {
        switch kind {
        case .addressesSections:
            guard let witness = MemoryWitness(byte: self[byte: .memoryWitness]) else { return nil }
            return .challenge(
                .addressesSections(
                    AddressesProof(
                        firstAddress: self[word: .firstAddress],
                        secondAddress: self[word: .secondAddress],
                        writeAddress: self[word: .writeAddress], memoryWitness: witness,
                        counterAddress: self[word: .counterAddress])))
        case .entryPoint:
            return .challenge(
                .entryPoint(
                    EntryPointProof(
                        readCounter: counter, conflictStep: self[step: .conflictStep])))
        case .programCounter:
            return .challenge(
                .programCounter(
                    ProgramCounterProof(
                        previousHash: self[hash: .verifierHash], write: verifierStep,
                        readCounter: counter, stepHash: self[hash: .stepHash])))
        case .opcode(let index):
            return .challenge(
                .opcode(
                    OpcodeProof(
                        chunkIndex: index, counterAddress: self[word: .counterAddress],
                        opcode: self[word: .opcode])))
        default: return nil
        }
    }

    private func readMeaning(_ kind: ChallengeKind) -> Meaning? {
        switch kind {
        case .futureRead(let selector):
            .challenge(
                .futureRead(
                    FutureReadProof(
                        selector: selector, lastStep: read(selector).lastStep,
                        conflictStep: self[step: .conflictStep])))
        case .zeroStepRead(let selector):
            .challenge(
                .zeroStepRead(
                    ZeroStepReadProof(
                        selector: selector, address: read(selector).address,
                        lastStep: read(selector).lastStep)))
        case .inputData(let index):
            .challenge(
                .inputData(
                    InputDataProof(
                        wordIndex: index, word: self[word: .input(wordIndex: index)],
                        read: read(.second))))
        case .constantInput(let index, let word):
            .challenge(
                .inputData(InputDataProof(wordIndex: index, word: word, read: read(.second))))
        case .initializedData(let index, let selector):
            .challenge(
                .initializedData(
                    InitializedDataProof(
                        chunkIndex: index, selector: selector, read: read(selector))))
        case .uninitializedData(let selector):
            .challenge(
                .uninitializedData(
                    UninitializedDataProof(selector: selector, read: read(selector))))
        case .searchEquivocation:
            .read(
                .searchEquivocation(
                    SearchEquivocationProof(
                        stepHash: self[hash: .stepHash], readStepHash: self[hash: .readStepHash],
                        writeStep: self[step: .writeStep],
                        conflictStep: self[step: .conflictStep])))
        case .correctHash:
            .read(
                .correctHash(
                    CorrectHashProof(
                        proverHash: self[hash: .readStepHash],
                        verifierHash: self[hash: .verifierHash], write: verifierStep,
                        nextHash: self[hash: .readNextHash])))
        case .readValue(let selector):
            .read(
                .readValue(
                    ReadValueProof(
                        selector: selector, read: read(selector),
                        stepHash: self[hash: .readStepHash], write: verifierStep,
                        nextHash: self[hash: .readNextHash], writeStep: self[step: .writeStep],
                        conflictStep: self[step: .conflictStep])))
        default: nil
        }
    }
}
