package import Bitcoin
internal import Dispute
internal import RiscV

/// How long each side may be silent at its turn.
package struct ResponseWaits: Hashable, Sendable {
    /// The prover.
    package let prover: BlockCount
    /// The verifier.
    package let verifier: BlockCount

    /// Waits of both sides.
    package init(prover: BlockCount, verifier: BlockCount) {
        self.prover = prover
        self.verifier = verifier
    }
}

/// Why there is no leaf of a name.
package enum LeafNameFault: Error, Hashable, Sendable {
    /// No leaf is called so; some that are called nearly so.
    case unknown(name: String, near: [String])
    /// Only programs have leaves of this name.
    case ofProgram(name: String)
}

/// All leaves of a program, by name and in a fixed order: that of a dispute's moves.
///
/// - Source: docs/protocol/leaves-layouts.md.
package struct LeafCatalogue: Sendable {
    /// Words of the input that one leaf commits: as many as fit the stack in either form of digits.
    package static let inputWordsPerLeaf = 16

    /// What the scripts know.
    package let context: LeafContext
    /// In their order.
    package let kinds: [LeafKind]
    private let kindsByName: [String: LeafKind]

    /// The leaves of a context.
    ///
    /// - Parameters:
    ///   - context: Without a program, only the leaves that know nothing of it.
    ///   - waits: Of the timeouts.
    ///   - constants: Words of the input that are the same in every run, by their index.
    package init(
        _ context: LeafContext, waits: ResponseWaits, constants: [Int: UInt32] = [:]
    ) {
        self.context = context
        kinds = Self.kinds(context, waits, constants)
        kindsByName = Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, $0) })
    }

    /// All names, in the order of the leaves.
    package var names: [String] {
        kinds.map(\.name)
    }

    /// The leaf of a name.
    package func kind(named name: String) throws(LeafNameFault) -> LeafKind {
        if let kind = kindsByName[name] { return kind }
        let stem = String(name.prefix { $0 != "[" })
        if context.commitment == nil, Self.stemsOfPrograms.contains(stem) {
            throw .ofProgram(name: name)
        }
        throw .unknown(name: name, near: NearNames.of(name, among: names))
    }

    /// What the names of leaves begin with that only programs have.
    private static let stemsOfPrograms: Set = [
        "addresses_sections", "entry_point", "opcode", "input", "input_data",
        "initialized_data_1", "initialized_data_2", "uninitialized_data_1",
        "uninitialized_data_2",
    ]

    private static func kinds(
        _ context: LeafContext, _ waits: ResponseWaits, _ constants: [Int: UInt32]
    ) -> [LeafKind] {
        let rounds = 0..<context.shape.roundCount
        var kinds = inputs(context, constants)
        kinds += [.challenge(.claim), .challenge(.doubt)]
        for round in rounds {
            kinds += [
                .publication(.hashes(round: round)), .challenge(.selection(round: round)),
            ]
        }
        kinds += StepCode.withScript.map { .instruction($0) }
        kinds.append(.challenge(.refuse))
        kinds += ChallengeKind.challenges(of: context, constants: constants)
            .map { .challenge($0) }
        for round in rounds.dropFirst() {
            kinds += [
                .publication(.readHashes(round: round)),
                .challenge(.readSelection(round: round)),
            ]
        }
        kinds += [.challenge(.readOpening), .challenge(.refuseRead)]
        kinds += ChallengeKind.readChallenges(of: context).map { .challenge($0) }
        return kinds + timeouts(rounds, waits)
    }

    /// Leaves of the words that are no constants; a leaf's words follow each other.
    private static func inputs(
        _ context: LeafContext, _ constants: [Int: UInt32]
    ) -> [LeafKind] {
        let count = context.commitment?.inputWordCount ?? 0
        return stride(from: 0, to: count, by: inputWordsPerLeaf).map { first in
            .publication(.input(words: first..<min(first + inputWordsPerLeaf, count)))
        }
    }

    private static func timeouts(_ rounds: Range<Int>, _ waits: ResponseWaits) -> [LeafKind] {
        var phases: [DisputeTable.Phase] = [.commitment, .doubt]
        phases += rounds.flatMap { round -> [DisputeTable.Phase] in
            [.hashes(round: round), .selection(round: round)]
        }
        phases += [.opening, .challenge]
        phases += rounds.dropFirst().flatMap { round -> [DisputeTable.Phase] in
            [.readHashes(round: round), .readSelection(round: round)]
        }
        phases += [.readOpening, .readChallenge]
        return phases.map { phase in
            .timeout(phase, phase.turn == .prover ? waits.prover : waits.verifier)
        }
    }
}
