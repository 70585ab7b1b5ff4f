package import Dispute
package import DisputeLeaves
internal import Synchronization
internal import Tapscript

/// A challenge leaf that can be run.
package struct ScriptedChallenge: Sendable {
    package let leaf: ChallengeLeaf
    private let compiled: CompiledScript

    /// Scripts with a hash, which are the same for all programs and take the longest to write.
    private static let hashLeaves = Mutex<[ChallengeKind: ScriptedChallenge]>([:])

    /// The leaf of a kind for a program.
    package init(_ kind: ChallengeKind, _ program: DisputeProgram) throws {
        guard kind.hasHash else {
            self.init(try ChallengeLeaf(kind, LeafContext(program)))
            return
        }
        self = try Self.hashLeaves.withLock { leaves in
            if let known = leaves[kind] { return known }
            let written = ScriptedChallenge(try ChallengeLeaf(kind, LeafContext(program)))
            leaves[kind] = written
            return written
        }
    }

    private init(_ leaf: ChallengeLeaf) {
        self.leaf = leaf
        compiled = CompiledScript(leaf.script.script)
    }

    /// Whether the script takes these items, bottom of the stack first.
    package func takes(_ items: [[UInt8]]) -> Bool {
        (try? Interpreter.evaluate(compiled, stack: items)) != nil
    }

    /// The items for some values, all in base 16.
    package func items(_ digits: (LeafValue) -> [UInt8]) -> [[UInt8]] {
        leaf.layout.entries.filter(\.isRead).flatMap { DigitItems.of(digits($0.value)) }
    }
}

extension ChallengeKind {
    /// Whether the script computes a hash.
    package var hasHash: Bool {
        switch self {
        case .traceHash, .firstTraceHash, .programCounter, .correctHash, .readValue: true
        default: false
        }
    }
}
