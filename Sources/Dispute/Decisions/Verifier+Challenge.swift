internal import Primitives
internal import RiscV

/// The first decision: what proves the lie in an opened step.
extension Verifier {
    /// The first challenge that the table proves, in the order of docs/protocol/challenges.md.
    ///
    /// - Returns: A challenge, the beginning of the second search, or nil if nothing is wrong.
    func challenge(on table: DisputeTable) throws(Source.Failure) -> DisputeMove? {
        guard let claim = table.claim, let opening = table.opening else { return nil }
        let plain: [Challenge] =
            equivocations(
                opening.stepHash, opening.nextHash, at: opening.conflictStep, in: table.search
            ).map { .equivocation($0) } + traceHashes(opening) + [
                .halt(HaltProof(opening, claim)), .earlyHalt(EarlyHaltProof(opening, claim)),
                .addressesSections(AddressesProof(opening.row)),
            ]
        if let challenge = plain.first(where: { $0.isProven(on: table) }) {
            return .challenge(challenge)
        }
        // A step after the own end was not chosen by this verifier.
        guard opening.conflictStep < source.lastStep else { return nil }
        if let challenge = try counterChallenge(opening) { return .challenge(challenge) }
        if let challenge = opcodeChallenge(opening) { return .challenge(challenge) }
        let reads = ReadSelector.allCases.flatMap { selector -> [Challenge] in
            [
                .futureRead(FutureReadProof(opening, selector)),
                .zeroStepRead(ZeroStepReadProof(opening, selector)),
            ]
        }
        if let challenge = reads.first(where: { $0.isProven(on: table) }) {
            return .challenge(challenge)
        }
        guard let conflict = try readConflict(on: table) else { return nil }
        return move(for: conflict, opening, on: table)
    }

    /// The two opened hashes that are published in a round, with what was published.
    ///
    /// - Parameters:
    ///   - stepHash: Opened for `step`.
    ///   - nextHash: Opened for the step after it.
    func equivocations(
        _ stepHash: Bytes20, _ nextHash: Bytes20, at step: UInt64, in log: SearchLog
    ) -> [Equivocation] {
        Equivocation.Kind.allCases.compactMap { kind in
            let hashed = kind == .stepHash ? step : step + 1
            guard
                case .published(let round, let index) = program.shape.place(
                    ofHashAfter: hashed)
            else { return nil }
            return Equivocation(
                kind: kind, round: round, index: index, published: log.hashes[round][index],
                opened: kind == .stepHash ? stepHash : nextHash, step: step)
        }
    }

    /// For the first step the beginning of the chain stands in the leaf; a prover who signs another
    /// one loses to one of the two.
    private func traceHashes(_ opening: RowOpening) -> [Challenge] {
        [
            .firstTraceHash(FirstTraceHashProof(opening)), .traceHash(TraceHashProof(opening)),
        ]
    }

    private func counterChallenge(
        _ opening: RowOpening
    ) throws(Source.Failure) -> Challenge? {
        let step = opening.conflictStep
        guard step > 0 else {
            let proof = Challenge.entryPoint(EntryPointProof(opening))
            return proof.holds(for: program) ? proof : nil
        }
        let write = try source.row(ofStep: step).chainStep
        guard write.nextCounter != opening.row.readCounter else { return nil }
        return .programCounter(
            ProgramCounterProof(
                previousHash: try source.hash(after: step - 1), write: write,
                readCounter: opening.row.readCounter, stepHash: opening.stepHash))
    }

    private func opcodeChallenge(_ opening: RowOpening) -> Challenge? {
        let address = opening.row.readCounter.address
        guard let index = program.commitment.codeChunkIndex(at: address),
            program.commitment.opcode(at: address) != opening.row.opcode
        else { return nil }
        return .opcode(
            OpcodeProof(
                chunkIndex: index, counterAddress: address, opcode: opening.row.opcode))
    }

    private func move(
        for conflict: ReadConflict, _ opening: RowOpening, on table: DisputeTable
    ) -> DisputeMove? {
        switch conflict.origin {
        case .initial(let word):
            return .challenge(
                initialChallenge(conflict.selector, opening.read(conflict.selector), word, table))
        case .step(let step):
            // The write is before the row, so that both steps have digits.
            return .searchRead(program.shape.digit(of: step - 1, inRound: 0))
        }
    }

    private func initialChallenge(
        _ selector: ReadSelector, _ read: TraceRow.Read, _ word: ProgramCommitment.InitialWord,
        _ table: DisputeTable
    ) -> Challenge {
        switch word {
        case .input(let wordIndex):
            .inputData(
                InputDataProof(
                    wordIndex: wordIndex, word: table.inputWords[wordIndex], read: read))
        case .initialized(let chunkIndex, _):
            .initializedData(
                InitializedDataProof(chunkIndex: chunkIndex, selector: selector, read: read))
        case .uninitialized:
            .uninitializedData(UninitializedDataProof(selector: selector, read: read))
        }
    }
}
