internal import Dispute
internal import RiscV

extension ChallengeKind {
    /// All challenges to an opened step, in the order of their leaves.
    ///
    /// - Parameters:
    ///   - context: Chunks of the program and words of its input have leaves of their own; without a
    ///     program there are only those that know nothing of it.
    ///   - constants: Words of the input that are the same in every run, by their index.
    package static func challenges(
        of context: LeafContext, constants: [Int: UInt32] = [:]
    ) -> [ChallengeKind] {
        let program = context.commitment
        var kinds = equivocations(context.shape, ChallengeKind.equivocation)
        kinds += [.traceHash, .firstTraceHash, .halt, .earlyHalt]
        if let program {
            kinds += [.addressesSections, .entryPoint]
            kinds += program.code.indices.map { .opcode(chunkIndex: $0) }
        }
        kinds.append(.programCounter)
        for selector in ReadSelector.allCases {
            kinds += [.futureRead(selector), .zeroStepRead(selector)]
        }
        if let program { kinds += data(of: program, constants) }
        if context.shape.roundCount > 0 { kinds.append(.readSelection(round: 0)) }
        return kinds
    }

    private static func data(
        of program: ProgramCommitment, _ constants: [Int: UInt32]
    ) -> [ChallengeKind] {
        var kinds: [ChallengeKind] = ReadSelector.allCases.map { .uninitializedData($0) }
        kinds += (0..<program.inputWordCount).map { index in
            constants[index].map { .constantInput(wordIndex: index, word: $0) }
                ?? .inputData(wordIndex: index)
        }
        let registers = program.ranges.registers
        for (index, chunk) in program.initialized.enumerated() {
            // Memory is only ever read second.
            if registers.contains(where: { $0.containsWord(at: chunk.start) }) {
                kinds.append(.initializedData(chunkIndex: index, .first))
            }
            kinds.append(.initializedData(chunkIndex: index, .second))
        }
        return kinds
    }

    /// All challenges after the second search, in the order of their leaves.
    package static func readChallenges(of context: LeafContext) -> [ChallengeKind] {
        equivocations(context.shape, ChallengeKind.readEquivocation)
            + [.searchEquivocation, .correctHash]
            + ReadSelector.allCases.map { .readValue($0) }
    }

    private static func equivocations(
        _ shape: SearchShape,
        _ kind: (Equivocation.Kind, _ round: Int, _ index: Int) -> ChallengeKind
    ) -> [ChallengeKind] {
        (0..<shape.roundCount).flatMap { round in
            (0..<shape.hashCount(ofRound: round)).flatMap { index in
                Equivocation.Kind.allCases.map { kind($0, round, index) }
            }
        }
    }
}
