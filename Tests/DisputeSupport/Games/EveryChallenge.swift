package import Dispute
internal import Primitives
internal import RiscV

/// Everything that a verifier could say: every leaf, with every value that it can know.
package struct EveryChallenge {
    /// The true run: other values fulfil no hash.
    package let run: RecordedRun

    /// What a verifier can say who knows this run.
    package init(run: RecordedRun) {
        self.run = run
    }

    /// The challenges that would win from an opened step.
    package func proven(on table: DisputeTable) -> [Challenge] {
        candidates(table).filter { $0.isProven(on: table) }
    }

    /// The challenges that would win after the second search.
    package func provenRead(on table: DisputeTable) -> [ReadChallenge] {
        readCandidates(table).filter { $0.isProven(on: table) }
    }

    package func candidates(_ table: DisputeTable) -> [Challenge] {
        guard let claim = table.claim, let opening = table.opening else { return [] }
        let row = opening.row
        let plain: [Challenge] = [
            .traceHash(
                TraceHashProof(
                    stepHash: opening.stepHash, write: row.chainStep, nextHash: opening.nextHash)),
            .firstTraceHash(
                FirstTraceHashProof(
                    write: row.chainStep, nextHash: opening.nextHash,
                    conflictStep: opening.conflictStep)),
            .halt(
                HaltProof(
                    lastStep: claim.lastStep, conflictStep: opening.conflictStep,
                    firstValue: row.firstRead.value, secondValue: row.secondRead.value,
                    opcode: row.opcode, nextHash: opening.nextHash, lastHash: claim.lastHash)),
            .earlyHalt(
                EarlyHaltProof(
                    lastStep: claim.lastStep, conflictStep: opening.conflictStep,
                    firstValue: row.firstRead.value, opcode: row.opcode)),
            .addressesSections(
                AddressesProof(
                    firstAddress: row.firstRead.address, secondAddress: row.secondRead.address,
                    writeAddress: row.write.address, memoryWitness: row.memoryWitness,
                    counterAddress: row.readCounter.address)),
            .entryPoint(
                EntryPointProof(readCounter: row.readCounter, conflictStep: opening.conflictStep)),
        ]
        return plain + counters(opening) + opcodes(table, row)
            + ReadSelector.allCases.flatMap { reads(table, opening, $0) }
            + equivocations(table.search, opening.stepHash, opening.nextHash, table.conflictStep)
            .map { .equivocation($0) }
    }

    private func counters(_ opening: RowOpening) -> [Challenge] {
        run.rows.indices.map { index in
            .programCounter(
                ProgramCounterProof(
                    previousHash: run.chain[index], write: run.rows[index].chainStep,
                    readCounter: opening.row.readCounter, stepHash: opening.stepHash))
        }
    }

    private func opcodes(_ table: DisputeTable, _ row: TraceRow) -> [Challenge] {
        table.program.commitment.code.indices.map { index in
            .opcode(
                OpcodeProof(
                    chunkIndex: index, counterAddress: row.readCounter.address,
                    opcode: row.opcode))
        }
    }

    private func reads(
        _ table: DisputeTable, _ opening: RowOpening, _ selector: ReadSelector
    ) -> [Challenge] {
        let read = opening.read(selector)
        var all: [Challenge] = [
            .futureRead(
                FutureReadProof(
                    selector: selector, lastStep: read.lastStep,
                    conflictStep: opening.conflictStep)),
            .zeroStepRead(
                ZeroStepReadProof(
                    selector: selector, address: read.address, lastStep: read.lastStep)),
            .uninitializedData(UninitializedDataProof(selector: selector, read: read)),
        ]
        all += table.program.commitment.initialized.indices.map {
            .initializedData(
                InitializedDataProof(chunkIndex: $0, selector: selector, read: read))
        }
        all += table.inputWords.enumerated().map {
            .inputData(InputDataProof(wordIndex: $0.offset, word: $0.element, read: read))
        }
        return all
    }

    private func equivocations(
        _ log: SearchLog, _ stepHash: Bytes20, _ nextHash: Bytes20, _ step: UInt64
    ) -> [Equivocation] {
        log.hashes.enumerated().flatMap { round, hashes in
            hashes.enumerated().flatMap { index, published in
                Equivocation.Kind.allCases.map { kind in
                    Equivocation(
                        kind: kind, round: round, index: index, published: published,
                        opened: kind == .stepHash ? stepHash : nextHash, step: step)
                }
            }
        }
    }

    package func readCandidates(_ table: DisputeTable) -> [ReadChallenge] {
        guard let opening = table.opening, let readOpening = table.readOpening else { return [] }
        var all: [ReadChallenge] = equivocations(
            table.readSearch, readOpening.stepHash, readOpening.nextHash, readOpening.writeStep
        ).map { .equivocation($0) }
        all.append(
            .searchEquivocation(
                SearchEquivocationProof(
                    stepHash: opening.stepHash, readStepHash: readOpening.stepHash,
                    writeStep: readOpening.writeStep, conflictStep: opening.conflictStep)))
        let empty = TraceRow(stepNumber: 0).chainStep
        for (index, write) in ([empty] + run.rows.map(\.chainStep)).enumerated() {
            for hash in [run.chain[max(index - 1, 0)], readOpening.stepHash.falsified] {
                all.append(
                    .correctHash(
                        CorrectHashProof(
                            proverHash: readOpening.stepHash, verifierHash: hash, write: write,
                            nextHash: readOpening.nextHash)))
            }
            for selector in ReadSelector.allCases {
                all.append(
                    .readValue(
                        ReadValueProof(
                            selector: selector, read: opening.read(selector),
                            stepHash: readOpening.stepHash, write: write,
                            nextHash: readOpening.nextHash, writeStep: readOpening.writeStep,
                            conflictStep: opening.conflictStep)))
            }
        }
        return all
    }

    /// One challenge of each kind.
    ///
    /// - Parameter seed: Which one; what they say and whether it is true does not matter.
    package func sample(of challenges: [Challenge], seed: UInt64) -> [Challenge] {
        Self.sample(challenges, seed) { $0.caseIndex }
    }

    /// One challenge of each kind after the second search.
    package func sample(of challenges: [ReadChallenge], seed: UInt64) -> [ReadChallenge] {
        Self.sample(challenges, seed) { $0.caseIndex }
    }

    private static func sample<Value>(
        _ values: [Value], _ seed: UInt64, by kind: (Value) -> Int
    ) -> [Value] {
        Dictionary(grouping: values, by: kind).sorted { $0.key < $1.key }.map {
            $0.value[Int(seed % UInt64($0.value.count))]
        }
    }
}

extension Challenge {
    fileprivate var caseIndex: Int {
        switch self {
        case .equivocation: 0
        case .traceHash: 1
        case .firstTraceHash: 2
        case .halt: 3
        case .earlyHalt: 4
        case .addressesSections: 5
        case .entryPoint: 6
        case .programCounter: 7
        case .opcode: 8
        case .futureRead: 9
        case .zeroStepRead: 10
        case .inputData: 11
        case .initializedData: 12
        case .uninitializedData: 13
        }
    }
}

extension ReadChallenge {
    fileprivate var caseIndex: Int {
        switch self {
        case .equivocation: 0
        case .searchEquivocation: 1
        case .correctHash: 2
        case .readValue: 3
        }
    }
}
