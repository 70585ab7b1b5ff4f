import Dispute
import DisputeLeaves
import DisputeSupport
import TestSupport
import Testing

/// Every leaf of a program with every digit of its witness changed.
@Suite("Digits of challenge leaves")
struct ChallengeDigitTests {
    private static let program = Result {
        try ChallengeMaker.program(stepLimit: 2000, arity: 8)
    }

    /// All leaves of the program with a check, challenges and moves.
    static let kinds: [ChallengeKind] = {
        guard let program = try? program.get() else { return [] }
        let context = LeafContext(program)
        let rounds = 0..<program.shape.roundCount
        return ChallengeKind.challenges(of: context, constants: [1: 0x8000_000F])
            + ChallengeKind.readChallenges(of: context)
            + rounds.map { .selection(round: $0) }
            + rounds.dropFirst().map { .readSelection(round: $0) }
            + [.claim, .doubt, .readOpening, .refuse, .refuseRead]
    }()

    @Test("there are all kinds of leaves among them")
    func allKinds() {
        let names = Set(Self.kinds.map { Outcome.name($0) })
        #expect(names.count == 26)
        #expect(Set(Self.kinds).count == Self.kinds.count)
        for selector in ReadSelector.allCases {
            let both: [ChallengeKind] = [
                .futureRead(selector), .zeroStepRead(selector), .uninitializedData(selector),
                .readValue(selector),
            ]
            #expect(Set(Self.kinds).isSuperset(of: both))
        }
    }

    @Test(
        "every digit of every value decides what the challenge means, and nothing else",
        arguments: kinds)
    func singleDigits(_ kind: ChallengeKind) throws {
        let program = try Self.program.get()
        let judged = try JudgedChallenge(kind, program)
        var maker = ChallengeMaker(
            program: program, random: .announced("digits of \(kind)"))
        var taken = 0
        var refused = 0
        for _ in 0..<kind.roundCount {
            var starts = [try judged.proof(&maker)]
            // A link that is broken already stays so: only hashes that are asked to differ have more.
            if !kind.hasHash || kind.asksForDifference { starts.append(maker.values(kind)) }
            #expect(judged.verdict(starts[0]) == true)
            taken += 1
            for start in starts {
                for entry in judged.entries {
                    for position in 0..<entry.value.digitCount {
                        let old = start.digits[entry.value]?[position] ?? 0
                        for digit in 0..<16 as Range<UInt8> where digit != old {
                            var changed = start
                            changed.digits[entry.value]?[position] = digit
                            guard let verdict = judged.verdict(changed) else { continue }
                            taken += verdict ? 1 : 0
                            refused += verdict ? 0 : 1
                        }
                    }
                }
            }
        }
        #expect(taken > 0 && refused > 0, "\(taken) taken, \(refused) refused")
    }

    @Test("two digits of any two values", arguments: kinds)
    func pairs(_ kind: ChallengeKind) throws {
        let program = try Self.program.get()
        let judged = try JudgedChallenge(kind, program)
        var maker = ChallengeMaker(program: program, random: .announced("pairs of \(kind)"))
        let count = kind.hasHash ? 2 : 40
        for (index, first) in judged.entries.enumerated() {
            for second in judged.entries[index...] {
                let proof = try judged.proof(&maker)
                for _ in 0..<count {
                    var changed = proof
                    JudgedChallenge.change(&changed, first, &maker)
                    JudgedChallenge.change(&changed, second, &maker)
                    _ = judged.verdict(changed)
                }
            }
        }
    }
}

extension ChallengeKind {
    /// How many witnesses every digit is changed of: leaves with a hash take long, and those of
    /// equivocation are many of two kinds.
    fileprivate var roundCount: Int {
        switch self {
        case .equivocation, .readEquivocation: 1
        default: hasHash ? 1 : 3
        }
    }

    /// Whether the leaf wants a hash that is not that of its step.
    fileprivate var asksForDifference: Bool {
        self == .traceHash || self == .firstTraceHash
    }
}
