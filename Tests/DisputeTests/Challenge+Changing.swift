import Dispute
import DisputeSupport
import Primitives
import RiscV

extension TraceRow.Read {
    fileprivate var changed: [TraceRow.Read] {
        [
            .init(address: address ^ 4, value: value, lastStep: lastStep),
            .init(address: address, value: value ^ 1, lastStep: lastStep),
            .init(address: address, value: value, lastStep: lastStep ^ 1),
        ]
    }
}

extension Equivocation {
    fileprivate var changed: [Equivocation] {
        func with(
            round: Int = 0, index: Int = 0, published: Bytes20? = nil, opened: Bytes20? = nil
        ) -> Equivocation {
            Equivocation(
                kind: kind, round: self.round + round, index: self.index + index,
                published: published ?? self.published, opened: opened ?? self.opened, step: step)
        }
        let otherKind = Equivocation(
            kind: kind == .stepHash ? .nextHash : .stepHash, round: round, index: index,
            published: published, opened: opened, step: step)
        let otherStep = Equivocation(
            kind: kind, round: round, index: index, published: published, opened: opened,
            step: step + 1)
        return [
            with(round: 1), with(index: 1), with(published: published.falsified),
            with(opened: opened.falsified), with(opened: published), otherKind, otherStep,
        ]
    }
}

extension Challenge {
    /// The same challenge with one value of the prover, or one number of the leaf, changed.
    var withOneValueChanged: [Challenge] {
        switch self {
        case .equivocation(let proof): proof.changed.map { .equivocation($0) }
        case .traceHash(let proof):
            [
                .traceHash(
                    .init(
                        stepHash: proof.stepHash.falsified, write: proof.write,
                        nextHash: proof.nextHash)),
                .traceHash(
                    .init(
                        stepHash: proof.stepHash, write: proof.write,
                        nextHash: proof.nextHash.falsified)),
            ]
        case .firstTraceHash(let proof):
            [
                .firstTraceHash(
                    .init(
                        write: proof.write, nextHash: proof.nextHash.falsified, conflictStep: 0)),
                .firstTraceHash(
                    .init(write: proof.write, nextHash: proof.nextHash, conflictStep: 1)),
            ]
        case .halt(let proof): Self.changed(proof)
        case .earlyHalt(let proof):
            [
                .earlyHalt(
                    .init(
                        lastStep: proof.lastStep + 1, conflictStep: proof.conflictStep,
                        firstValue: proof.firstValue, opcode: proof.opcode)),
                .earlyHalt(
                    .init(
                        lastStep: proof.lastStep, conflictStep: proof.conflictStep + 1,
                        firstValue: proof.firstValue, opcode: proof.opcode)),
            ]
        case .addressesSections(let proof):
            [
                .addressesSections(
                    .init(
                        firstAddress: proof.firstAddress, secondAddress: proof.secondAddress,
                        writeAddress: proof.writeAddress, memoryWitness: proof.memoryWitness,
                        counterAddress: proof.counterAddress ^ 0x100)),
                .addressesSections(
                    .init(
                        firstAddress: proof.firstAddress, secondAddress: 2,
                        writeAddress: proof.writeAddress,
                        memoryWitness: MemoryWitness(.memory, .memory, .memory),
                        counterAddress: proof.counterAddress)),
            ]
        default: memoryChanged
        }
    }

    private static func changed(_ proof: HaltProof) -> [Challenge] {
        [
            .halt(
                .init(
                    lastStep: proof.lastStep, conflictStep: proof.conflictStep,
                    firstValue: proof.firstValue ^ 1, secondValue: proof.secondValue,
                    opcode: proof.opcode, nextHash: proof.nextHash, lastHash: proof.lastHash)),
            .halt(
                .init(
                    lastStep: proof.lastStep, conflictStep: proof.conflictStep,
                    firstValue: proof.firstValue, secondValue: proof.secondValue,
                    opcode: proof.opcode, nextHash: proof.nextHash,
                    lastHash: proof.lastHash.falsified)),
        ]
    }

    private var memoryChanged: [Challenge] {
        switch self {
        case .entryPoint(let proof):
            let other = ProgramCounter(address: proof.readCounter.address + 4, micro: 0)
            return [
                .entryPoint(.init(readCounter: other, conflictStep: 0)),
                .entryPoint(.init(readCounter: proof.readCounter, conflictStep: 1)),
            ]
        case .programCounter(let proof):
            let other = ProgramCounter(address: proof.readCounter.address + 4, micro: 0)
            return [
                .programCounter(
                    .init(
                        previousHash: proof.previousHash.falsified, write: proof.write,
                        readCounter: proof.readCounter, stepHash: proof.stepHash)),
                .programCounter(
                    .init(
                        previousHash: proof.previousHash, write: proof.write, readCounter: other,
                        stepHash: proof.stepHash)),
            ]
        case .opcode(let proof):
            return [
                .opcode(
                    .init(
                        chunkIndex: proof.chunkIndex + 1, counterAddress: proof.counterAddress,
                        opcode: proof.opcode)),
                .opcode(
                    .init(
                        chunkIndex: proof.chunkIndex, counterAddress: proof.counterAddress,
                        opcode: proof.opcode ^ 0x80)),
            ]
        case .futureRead(let proof):
            return [
                .futureRead(
                    .init(
                        selector: proof.selector.other, lastStep: proof.lastStep,
                        conflictStep: proof.conflictStep))
            ]
        case .zeroStepRead(let proof):
            return [
                .zeroStepRead(
                    .init(selector: proof.selector.other, address: proof.address, lastStep: 0))
            ]
        case .inputData(let proof):
            return proof.read.changed.map {
                .inputData(.init(wordIndex: proof.wordIndex, word: proof.word, read: $0))
            }
        case .initializedData(let proof):
            return proof.read.changed.map {
                .initializedData(
                    .init(chunkIndex: proof.chunkIndex, selector: proof.selector, read: $0))
            } + [
                .initializedData(
                    .init(
                        chunkIndex: proof.chunkIndex, selector: proof.selector.other,
                        read: proof.read))
            ]
        case .uninitializedData(let proof):
            return proof.read.changed.map {
                .uninitializedData(.init(selector: proof.selector, read: $0))
            }
        default: return []
        }
    }
}

extension ReadSelector {
    fileprivate var other: ReadSelector { self == .first ? .second : .first }
}

extension ReadChallenge {
    /// The same challenge with one value of the prover, or one number of the leaf, changed.
    var withOneValueChanged: [ReadChallenge] {
        switch self {
        case .equivocation(let proof): proof.changed.map { .equivocation($0) }
        case .searchEquivocation(let proof):
            [
                .searchEquivocation(
                    .init(
                        stepHash: proof.stepHash.falsified, readStepHash: proof.readStepHash,
                        writeStep: proof.writeStep, conflictStep: proof.conflictStep)),
                .searchEquivocation(
                    .init(
                        stepHash: proof.stepHash, readStepHash: proof.readStepHash,
                        writeStep: proof.writeStep + 1, conflictStep: proof.conflictStep + 1)),
            ]
        case .correctHash(let proof):
            [
                .correctHash(
                    .init(
                        proverHash: proof.proverHash, verifierHash: proof.verifierHash.falsified,
                        write: proof.write, nextHash: proof.nextHash)),
                .correctHash(
                    .init(
                        proverHash: proof.proverHash.falsified, verifierHash: proof.verifierHash,
                        write: proof.write, nextHash: proof.nextHash)),
            ]
        case .readValue(let proof):
            proof.read.changed.map {
                .readValue(
                    .init(
                        selector: proof.selector, read: $0, stepHash: proof.stepHash,
                        write: proof.write, nextHash: proof.nextHash, writeStep: proof.writeStep,
                        conflictStep: proof.conflictStep))
            }
        }
    }
}
