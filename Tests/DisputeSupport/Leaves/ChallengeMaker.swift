package import Dispute
package import DisputeLeaves
package import Primitives
internal import RiscV
package import TestSupport

/// Makes values for challenges: some that prove a lie, some of an honest prover.
package struct ChallengeMaker {
    package let program: DisputeProgram
    package var random: SplitMix64

    /// A maker of values for one program.
    package init(program: DisputeProgram, random: SplitMix64) {
        self.program = program
        self.random = random
    }

    /// A program with two pieces of code, words of all sizes, and three words of input.
    package static func program(stepLimit: UInt64, arity: Int) throws -> DisputeProgram {
        let code = (UInt32(0)..<130).map { $0 << 20 | 0x13 }
        let data: [UInt32] = [0, 1, 15, 16, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xF0000000]
        func section(
            _ name: String, _ start: UInt32, _ count: Int, _ kind: Section.Kind,
            _ words: [UInt32]? = nil
        ) -> Section {
            Section(
                name: name, start: start, byteCount: UInt32(4 * count), kind: kind,
                content: words.map { .initialized($0) } ?? .uninitialized)
        }
        let program = try RiscV.Program(
            entryPoint: 0x8000_0010,
            sections: [
                section(".text", 0x8000_0000, code.count, .code, code),
                section(".data", 0x9000_0000, data.count, .readWrite, data),
                section(".bss", 0xA000_0000, 1025, .readWrite),
                section(".input", 0xAA00_0000, 2048, .readWrite),
                section(".rodata", 0xB000_0000, 3, .readOnly, [7, 8, 9]),
                section(".stack", 0xE000_0000, 0x20_0000, .readWrite),
                .registers,
            ])
        let commitment = try ProgramCommitment(
            program, inputSectionName: ".input", inputByteCount: 12)
        guard let shape = SearchShape(covering: stepLimit, arity: arity) else {
            throw DisputeProgram.Fault.shapeOfOtherLimit(stepLimit: stepLimit, stepCapacity: 0)
        }
        return try DisputeProgram(commitment, stepLimit: stepLimit, shape: shape)
    }

    package mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: random.next()) }

    package mutating func hash() -> Bytes20 {
        Bytes20(random.bytes(count: 20)) ?? BLAKE3Chain.initialHash
    }

    /// Often with a carry that runs far.
    package mutating func step() -> UInt64 {
        let number = random.next() >> UInt64.random(in: 0..<64, using: &random)
        return Bool.random(using: &random)
            ? number : number | (1 << UInt64.random(in: 0..<48, using: &random)) - 1
    }

    package mutating func chainStep() -> ChainStep {
        ChainStep(
            writeAddress: word(), writeValue: word(), nextAddress: word(), nextMicro: word() % 8)
    }

    /// Values of an honest prover, or nearly so: what a leaf must refuse or just takes.
    package mutating func values(_ kind: ChallengeKind) -> ChallengeValues {
        var values = randomValues(kind)
        switch kind {
        case .traceHash:
            values[hash: .nextHash] = values[hash: .stepHash].extended(by: values.proverStep)
        case .firstTraceHash:
            values[step: .conflictStep] = 0
            values[hash: .nextHash] = BLAKE3Chain.initialHash.extended(by: values.proverStep)
        case .halt, .earlyHalt:
            values[step: .lastStep] = values[step: .conflictStep] &+ 1
            values[word: .firstValue] = 93
            values[word: .secondValue] = 0
            values[word: .opcode] = 0x73
            values[hash: .nextHash] = values[hash: .lastHash]
        case .addressesSections:
            setAddresses(&values)
        case .entryPoint:
            values[step: .conflictStep] = 0
            values[word: .counterAddress] = program.commitment.entryPoint
            values[byte: .counterMicro] = 0
        case .programCounter:
            values[word: .counterAddress] = values[word: .verifierCounter]
            values[byte: .counterMicro] = values[byte: .verifierMicro]
            values[hash: .stepHash] = values[hash: .verifierHash].extended(by: values.verifierStep)
        case .opcode(let index):
            let chunk = program.commitment.code[index]
            let place = Int.random(in: chunk.words.indices, using: &random)
            values[word: .counterAddress] = chunk.start + 4 * UInt32(place)
            values[word: .opcode] = chunk.words[place]
        case .equivocation(let opened, let round, let index),
            .readEquivocation(let opened, let round, let index):
            let published = ChallengeValues.published(of: kind, round, index)
            let shift = UInt64(program.shape.shift(ofRound: round))
            let bits = UInt64(program.shape.digitBitCount(ofRound: round))
            let above = random.next() % program.shape.stepCapacity >> (shift + bits)
            var step = above << (shift + bits) | UInt64(index + 1) << shift
            if opened == .nextHash { step -= 1 }
            values[step: .conflictStep] = step
            values[step: .writeStep] = step
            for value in [LeafValue.stepHash, .nextHash, .readStepHash, .readNextHash] {
                values[hash: value] = values[hash: published]
            }
        case .refuse:
            values[step: .lastStep] = 1 + random.next() % program.stepLimit
            let digits = program.shape.digits(
                of: values[step: .lastStep] % program.shape.stepCapacity)
            values.setSelections(digits)
        case .refuseRead:
            values.setReadSelections(values.selections(program.shape))
        case .readOpening:
            let step = random.next() % program.shape.stepCapacity
            values[step: .writeStep] = step
            values.setReadSelections(program.shape.digits(of: step))
        default: setClaimOrRead(kind, &values)
        }
        return values
    }

    private mutating func setClaimOrRead(
        _ kind: ChallengeKind, _ values: inout ChallengeValues
    ) {
        switch kind {
        case .claim: values[step: .lastStep] = random.next() % (program.stepLimit + 2)
        case .doubt: values[step: .doubtedLastStep] = values[step: .lastStep]
        default: setRead(kind, &values)
        }
    }

    private mutating func setAddresses(_ values: inout ChallengeValues) {
        let readable: [UInt32] = [
            0x9000_0000, 0x9000_001C, 0xA000_1000, 0xAA00_1FFC, 0xB000_0008, 0xE07F_FFFC,
        ]
        let registers: [UInt32] = [0xF000_0000, 0xF000_0084]
        let kinds: [MemoryWitness.Kind] = [.register, .memory, .unused]
        func place(_ kind: MemoryWitness.Kind, _ memory: [UInt32]) -> UInt32 {
            switch kind {
            case .register: registers.randomElement(using: &random) ?? 0
            case .memory: memory.randomElement(using: &random) ?? 0
            case .unused: 0
            }
        }
        let chosen = (0..<3).map { _ in kinds.randomElement(using: &random) ?? .unused }
        values[word: .firstAddress] = place(chosen[0], readable)
        values[word: .secondAddress] = place(chosen[1], readable)
        values[word: .writeAddress] = place(chosen[2], readable.filter { $0 >> 28 != 0xB })
        values[byte: .memoryWitness] = MemoryWitness(chosen[0], chosen[1], chosen[2]).byte
        values[word: .counterAddress] = 0x8000_0000 + 4 * (word() % 130)
    }

    private mutating func setRead(_ kind: ChallengeKind, _ values: inout ChallengeValues) {
        let never = MemoryMap.neverWritten
        switch kind {
        case .futureRead(let selector):
            let name = ChallengeValues.names(selector).lastStep
            values[step: name] = values[step: .conflictStep] &+ word().isEven
        case .zeroStepRead(let selector):
            values[step: ChallengeValues.names(selector).lastStep] = 0
        case .inputData(let index):
            let address = 0xAA00_0000 + 4 * UInt32(index)
            values.setRead(
                .second,
                .init(
                    address: address, value: values[word: .input(wordIndex: index)], lastStep: never
                ))
        case .constantInput(let index, let constant):
            let address = 0xAA00_0000 + 4 * UInt32(index)
            values.setRead(.second, .init(address: address, value: constant, lastStep: never))
        case .initializedData(let index, let selector):
            let chunk = program.commitment.initialized[index]
            let place = Int.random(in: chunk.words.indices, using: &random)
            values.setRead(
                selector,
                .init(
                    address: chunk.start + 4 * UInt32(place), value: chunk.words[place],
                    lastStep: never))
        case .uninitializedData(let selector):
            let range = program.commitment.uninitialized.randomElement(using: &random)
            values.setRead(
                selector, .init(address: range?.start ?? 0, value: 0, lastStep: never))
        case .searchEquivocation:
            values[step: .writeStep] = values[step: .conflictStep]
            values[hash: .readStepHash] = values[hash: .stepHash]
        case .correctHash:
            values[hash: .readStepHash] = values[hash: .verifierHash]
            values[hash: .readNextHash] = values[hash: .verifierHash]
                .extended(by: values.verifierStep)
        case .readValue(let selector):
            setReadValue(selector, &values)
        default: break
        }
    }

    private mutating func setReadValue(_ selector: ReadSelector, _ values: inout ChallengeValues) {
        let step = values[step: .writeStep] >> 1
        values[step: .writeStep] = step
        values[step: .conflictStep] = step + 1 + UInt64(word() % 3)
        let last = [step + 1, step, step + 2, 0, MemoryMap.neverWritten]
        values.setRead(
            selector,
            .init(
                address: values[word: .verifierWriteAddress],
                value: values[word: .verifierWriteValue],
                lastStep: last.randomElement(using: &random) ?? 0))
        values[hash: .readNextHash] = values[hash: .readStepHash].extended(by: values.verifierStep)
    }

    private mutating func randomValues(_ kind: ChallengeKind) -> ChallengeValues {
        var values = ChallengeValues()
        let count = program.shape.roundCount
        let layout = ChallengeLeaf.layout(of: kind, LeafContext(program))
        for value in ChallengeValues.plain + layout.entries.map(\.value) {
            switch value.digitCount {
            case 40: values[hash: value] = hash()
            case 16: values[step: value] = step()
            case 8: values[word: value] = word()
            default: values[byte: value] = UInt8(word() % 8)
            }
        }
        values.setSelections((0..<count).map { _ in Int(word() % 8) })
        values.setReadSelections((0..<count).map { _ in Int(word() % 8) })
        return values
    }
}

extension UInt32 {
    fileprivate var isEven: UInt64 { self & 1 == 0 ? 1 : 0 }
}
