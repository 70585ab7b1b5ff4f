package import Dispute
package import Tapscript

/// Which check a leaf makes besides instructions, with what it knows of the program: challenges,
/// and the moves of a dispute that take more than a signature.
package enum ChallengeKind: Hashable, Sendable {
    /// The prover's claim: its last step is in range.
    case claim
    /// The verifier's doubt: it signs the same last step.
    case doubt
    case traceHash
    case firstTraceHash
    case halt
    case earlyHalt
    case addressesSections
    case entryPoint
    case programCounter
    /// Index of `ProgramCommitment.code`.
    case opcode(chunkIndex: Int)
    case futureRead(ReadSelector)
    case zeroStepRead(ReadSelector)
    /// A word that its owner signs.
    case inputData(wordIndex: Int)
    /// A word of the input that is the same in every run.
    case constantInput(wordIndex: Int, word: UInt32)
    /// Index of `ProgramCommitment.initialized`.
    case initializedData(chunkIndex: Int, ReadSelector)
    case uninitializedData(ReadSelector)
    /// Round and index from 0.
    case equivocation(Equivocation.Kind, round: Int, index: Int)
    /// The same after the second search.
    case readEquivocation(Equivocation.Kind, round: Int, index: Int)
    case searchEquivocation
    case correctHash
    case readValue(ReadSelector)
    /// A digit of the verifier, in a round from 0.
    case selection(round: Int)
    /// A digit of the verifier in the second search; that of round 0 begins it.
    case readSelection(round: Int)
    /// The prover opens two hashes, at the step that the verifier chose.
    case readOpening
    /// The prover's answer to a selection past its claim.
    case refuse
    /// The prover's answer to a second selection that is not before the first.
    case refuseRead
}

/// The check of one challenge by script.
///
/// A body: signatures and the Winternitz checks stand before it and leave the layout's digits.
///
/// - Source: docs/protocol/leaves-challenges.md.
package struct ChallengeLeaf: Sendable {
    /// Which challenge.
    package let kind: ChallengeKind
    /// What it reads.
    package let layout: LeafLayout
    /// The check alone.
    package let script: AssembledScript

    /// Writes the script of a challenge.
    ///
    /// - Parameters:
    ///   - kind: Its indices are those of the program.
    ///   - context: Its constants go into the script.
    /// - Throws: Never, unless the script of the kind itself is wrong.
    package init(_ kind: ChallengeKind, _ context: LeafContext) throws(AssemblerError) {
        self.kind = kind
        layout = Self.layout(of: kind, context)
        var assembler = Assembler()
        var values: [LeafValue: Items] = [:]
        for entry in layout.entries where entry.isRead {
            values[entry.value] = assembler.input(entry.value.name, count: entry.readItemCount)
        }
        Self.check(kind, context, values, &assembler)
        script = try assembler.finishVerified()
    }

    /// Writes the check into a larger leaf.
    ///
    /// - Parameters:
    ///   - kind: As above.
    ///   - context: As above.
    ///   - values: What the layout reads, in its order on top of the stack. The check takes it away.
    ///   - assembler: Of the leaf.
    static func check(
        _ kind: ChallengeKind, _ context: LeafContext, _ values: [LeafValue: Items],
        _ assembler: inout Assembler
    ) {
        var writer = ChallengeWriter(assembler: assembler, values: values, context: context)
        writer.write(kind)
        assembler = writer.assembler
    }

    /// The values of one read.
    struct Read {
        let address: LeafValue
        let value: LeafValue
        let lastStep: LeafValue

        init(_ selector: ReadSelector) {
            switch selector {
            case .first: (address, value, lastStep) = (.firstAddress, .firstValue, .firstLastStep)
            case .second:
                (address, value, lastStep) = (.secondAddress, .secondValue, .secondLastStep)
            }
        }
    }
}
