package import Bitcoin
package import Dispute
package import RiscV

/// A leaf of a dispute: what its script demands besides the signature and the one-time signatures.
package enum LeafKind: Hashable, Sendable {
    /// The prover opens a row through the leaf of its instruction; the step is the one that the
    /// verifier's digits say.
    case instruction(StepCode)
    /// A challenge, or a move with a check.
    case challenge(ChallengeKind)
    /// Values that nobody checks.
    case publication(Publication)
    /// The other side wins when whose turn it is has been silent for so many blocks.
    case timeout(DisputeTable.Phase, BlockCount)

    /// A move that only commits values.
    package enum Publication: Hashable, Sendable {
        /// Words of the input.
        case input(words: Range<Int>)
        /// The hashes of a round of the first search, from 0.
        case hashes(round: Int)
        /// The hashes of a round of the second search, from 1.
        case readHashes(round: Int)
    }

    /// Whether only a program has it, and not every one that is searched in the same way.
    package var isOfProgram: Bool {
        switch self {
        case .challenge(let kind): kind.isOfProgram
        case .publication(.input): true
        case .instruction, .publication, .timeout: false
        }
    }
}

extension ChallengeKind {
    /// Whether the script holds constants of a program.
    var isOfProgram: Bool {
        switch self {
        case .addressesSections, .entryPoint, .opcode, .inputData, .constantInput,
            .initializedData, .uninitializedData:
            true
        default: false
        }
    }
}

extension LeafKind {
    /// What the leaf takes, deepest first; the signature lies above it.
    ///
    /// Values that are committed only lie above those that are read, so that the stack is empty of
    /// them before digits come back to it.
    package func layout(_ context: LeafContext) -> LeafLayout {
        switch self {
        case .instruction(let code):
            let row = InstructionLeaf.layout(of: code).entries
            let selections = (0..<context.shape.roundCount).map { LeafValue.selection(round: $0) }
            return LeafLayout(
                row.filter(\.isRead) + (selections + [.conflictStep]).map { .read($0) }
                    + row.filter { !$0.isRead }
                    + [.committed(.stepHash), .committed(.nextHash)])
        case .challenge(let kind): return ChallengeLeaf.layout(of: kind, context)
        case .publication(let publication): return publication.layout(context)
        case .timeout: return LeafLayout([LeafLayout.Entry]())
        }
    }
}

extension LeafKind.Publication {
    fileprivate func layout(_ context: LeafContext) -> LeafLayout {
        switch self {
        case .input(let words):
            LeafLayout(words.map { .committed(.input(wordIndex: $0)) })
        case .hashes(let round):
            LeafLayout(
                (0..<context.shape.hashCount(ofRound: round)).map {
                    .committed(.hash(round: round, index: $0), context.publishedHashes)
                })
        case .readHashes(let round):
            LeafLayout(
                (0..<context.shape.hashCount(ofRound: round)).map {
                    .committed(.readHash(round: round, index: $0), context.publishedHashes)
                })
        }
    }
}
