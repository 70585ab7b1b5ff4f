package import Dispute
internal import RiscV

extension ChallengeKind {
    /// All challenges to an opened step, in the order of their leaves.
    ///
    /// - Parameters:
    ///   - program: Its chunks and the words of its input have leaves of their own.
    ///   - constants: Words of the input that are the same in every run, by their index.
    package static func challenges(
        of program: DisputeProgram, constants: [Int: UInt32] = [:]
    ) -> [ChallengeKind] {
        var kinds = equivocations(program.shape, ChallengeKind.equivocation)
        kinds += [
            .traceHash, .firstTraceHash, .halt, .earlyHalt, .addressesSections, .entryPoint,
            .programCounter,
        ]
        kinds += program.commitment.code.indices.map { .opcode(chunkIndex: $0) }
        for selector in ReadSelector.allCases {
            kinds += [.futureRead(selector), .zeroStepRead(selector), .uninitializedData(selector)]
        }
        kinds += (0..<program.inputWordCount).map { index in
            constants[index].map { .constantInput(wordIndex: index, word: $0) }
                ?? .inputData(wordIndex: index)
        }
        let registers = program.commitment.ranges.registers
        for (index, chunk) in program.commitment.initialized.enumerated() {
            // Memory is only ever read second.
            if registers.contains(where: { $0.containsWord(at: chunk.start) }) {
                kinds.append(.initializedData(chunkIndex: index, .first))
            }
            kinds.append(.initializedData(chunkIndex: index, .second))
        }
        if program.shape.roundCount > 0 { kinds.append(.selection(round: 0)) }
        return kinds
    }

    /// All challenges after the second search, in the order of their leaves.
    package static func readChallenges(of program: DisputeProgram) -> [ChallengeKind] {
        equivocations(program.shape, ChallengeKind.readEquivocation)
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
