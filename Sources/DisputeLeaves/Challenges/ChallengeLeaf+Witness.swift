package import Dispute
internal import Primitives
internal import RiscV

extension Challenge {
    /// Which leaf proves it.
    package var leafKind: ChallengeKind {
        switch self {
        case .equivocation(let proof):
            .equivocation(proof.kind, round: proof.round, index: proof.index)
        case .traceHash: .traceHash
        case .firstTraceHash: .firstTraceHash
        case .halt: .halt
        case .earlyHalt: .earlyHalt
        case .addressesSections: .addressesSections
        case .entryPoint: .entryPoint
        case .programCounter: .programCounter
        case .opcode(let proof): .opcode(chunkIndex: proof.chunkIndex)
        case .futureRead(let proof): .futureRead(proof.selector)
        case .zeroStepRead(let proof): .zeroStepRead(proof.selector)
        case .inputData(let proof): .inputData(wordIndex: proof.wordIndex)
        case .initializedData(let proof):
            .initializedData(chunkIndex: proof.chunkIndex, proof.selector)
        case .uninitializedData(let proof): .uninitializedData(proof.selector)
        }
    }

    /// The digits of a value that its leaf reads.
    package func digits(of value: LeafValue) -> [UInt8] {
        switch self {
        case .equivocation(let proof): proof.digits(of: value)
        case .traceHash(let proof):
            ValueDigits([.stepHash: proof.stepHash, .nextHash: proof.nextHash], proof.write)[value]
        case .firstTraceHash(let proof):
            ValueDigits(
                [.nextHash: proof.nextHash], proof.write, [.conflictStep: proof.conflictStep])[
                    value]
        case .halt(let proof):
            ValueDigits(
                [.nextHash: proof.nextHash, .lastHash: proof.lastHash],
                [.lastStep: proof.lastStep, .conflictStep: proof.conflictStep],
                [
                    .firstValue: proof.firstValue, .secondValue: proof.secondValue,
                    .opcode: proof.opcode,
                ])[value]
        case .earlyHalt(let proof):
            ValueDigits(
                [:], [.lastStep: proof.lastStep, .conflictStep: proof.conflictStep],
                [.firstValue: proof.firstValue, .opcode: proof.opcode])[value]
        case .addressesSections(let proof):
            ValueDigits(
                [:], [:],
                [
                    .firstAddress: proof.firstAddress, .secondAddress: proof.secondAddress,
                    .writeAddress: proof.writeAddress, .counterAddress: proof.counterAddress,
                ], [.memoryWitness: proof.memoryWitness.byte])[value]
        case .entryPoint(let proof):
            ValueDigits(
                [:], [.conflictStep: proof.conflictStep],
                [.counterAddress: proof.readCounter.address],
                [.counterMicro: proof.readCounter.micro])[value]
        case .programCounter(let proof):
            ValueDigits(
                [.verifierHash: proof.previousHash, .stepHash: proof.stepHash],
                own: proof.write, [:],
                [.counterAddress: proof.readCounter.address],
                [.counterMicro: proof.readCounter.micro])[value]
        case .opcode(let proof):
            ValueDigits(
                [:], [:], [.counterAddress: proof.counterAddress, .opcode: proof.opcode])[value]
        case .futureRead, .zeroStepRead, .inputData, .initializedData, .uninitializedData:
            readDigits(of: value)
        }
    }

    private func readDigits(of value: LeafValue) -> [UInt8] {
        switch self {
        case .futureRead(let proof):
            ValueDigits(
                [:],
                [
                    .conflictStep: proof.conflictStep,
                    ChallengeLeaf.Read(proof.selector).lastStep: proof.lastStep,
                ])[value]
        case .zeroStepRead(let proof):
            ValueDigits(
                [:], [ChallengeLeaf.Read(proof.selector).lastStep: proof.lastStep],
                [ChallengeLeaf.Read(proof.selector).address: proof.address])[value]
        case .inputData(let proof):
            ValueDigits(proof.read, .second, [.input(wordIndex: proof.wordIndex): proof.word])[
                value]
        case .initializedData(let proof): ValueDigits(proof.read, proof.selector)[value]
        case .uninitializedData(let proof): ValueDigits(proof.read, proof.selector)[value]
        default: preconditionFailure("other challenges read no single access")
        }
    }
}

extension Equivocation {
    fileprivate func digits(of value: LeafValue) -> [UInt8] {
        switch value {
        case .hash, .readHash: ValueDigits.of(published)
        case .conflictStep, .writeStep: ValueDigits.of(step)
        default: ValueDigits.of(opened)
        }
    }
}

extension ReadChallenge {
    /// Which leaf proves it.
    package var leafKind: ChallengeKind {
        switch self {
        case .equivocation(let proof):
            .readEquivocation(proof.kind, round: proof.round, index: proof.index)
        case .searchEquivocation: .searchEquivocation
        case .correctHash: .correctHash
        case .readValue(let proof): .readValue(proof.selector)
        }
    }

    /// The digits of a value that its leaf reads.
    package func digits(of value: LeafValue) -> [UInt8] {
        switch self {
        case .equivocation(let proof): proof.digits(of: value)
        case .searchEquivocation(let proof):
            ValueDigits(
                [.stepHash: proof.stepHash, .readStepHash: proof.readStepHash],
                [.writeStep: proof.writeStep, .conflictStep: proof.conflictStep])[value]
        case .correctHash(let proof):
            ValueDigits(
                [
                    .readStepHash: proof.proverHash, .verifierHash: proof.verifierHash,
                    .readNextHash: proof.nextHash,
                ], own: proof.write)[value]
        case .readValue(let proof):
            ValueDigits(
                [.readStepHash: proof.stepHash, .readNextHash: proof.nextHash], own: proof.write,
                [
                    .writeStep: proof.writeStep, .conflictStep: proof.conflictStep,
                    ChallengeLeaf.Read(proof.selector).lastStep: proof.read.lastStep,
                ],
                [
                    ChallengeLeaf.Read(proof.selector).address: proof.read.address,
                    ChallengeLeaf.Read(proof.selector).value: proof.read.value,
                ])[value]
        }
    }
}

/// The digits of some values, the most significant first.
private struct ValueDigits {
    private var digits: [LeafValue: [UInt8]] = [:]

    init(
        _ hashes: [LeafValue: Bytes20], _ steps: [LeafValue: UInt64] = [:],
        _ words: [LeafValue: UInt32] = [:], _ bytes: [LeafValue: UInt8] = [:]
    ) {
        for (value, hash) in hashes { digits[value] = Self.of(hash) }
        for (value, step) in steps { digits[value] = Self.of(step) }
        for (value, word) in words { digits[value] = Self.of(word) }
        for (value, byte) in bytes { digits[value] = Self.of(byte) }
    }

    /// With what a step of the prover adds to the chain.
    init(
        _ hashes: [LeafValue: Bytes20], _ write: ChainStep,
        _ steps: [LeafValue: UInt64] = [:]
    ) {
        self.init(
            hashes, steps,
            [
                .writeAddress: write.writeAddress, .writeValue: write.writeValue,
                .writeCounter: write.nextAddress,
            ], [.writeMicro: UInt8(truncatingIfNeeded: write.nextMicro)])
    }

    /// With what a step of the verifier adds to the chain.
    init(
        _ hashes: [LeafValue: Bytes20], own write: ChainStep,
        _ steps: [LeafValue: UInt64] = [:], _ words: [LeafValue: UInt32] = [:],
        _ bytes: [LeafValue: UInt8] = [:]
    ) {
        self.init(hashes, steps, words, bytes)
        digits[.verifierWriteAddress] = Self.of(write.writeAddress)
        digits[.verifierWriteValue] = Self.of(write.writeValue)
        digits[.verifierCounter] = Self.of(write.nextAddress)
        digits[.verifierMicro] = Self.of(UInt8(truncatingIfNeeded: write.nextMicro))
    }

    /// Of a read.
    init(
        _ read: TraceRow.Read, _ selector: ReadSelector, _ words: [LeafValue: UInt32] = [:]
    ) {
        let names = ChallengeLeaf.Read(selector)
        self.init([:], [names.lastStep: read.lastStep], words)
        digits[names.address] = Self.of(read.address)
        digits[names.value] = Self.of(read.value)
    }

    subscript(_ value: LeafValue) -> [UInt8] {
        guard let digits = digits[value] else {
            preconditionFailure("a leaf reads the values of its challenge")
        }
        return digits
    }

    static func of(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        Digits.of(number).map { UInt8($0) }
    }

    static func of(_ hash: Bytes20) -> [UInt8] {
        hash.bytes.flatMap { [$0 >> 4, $0 & 15] }
    }
}
