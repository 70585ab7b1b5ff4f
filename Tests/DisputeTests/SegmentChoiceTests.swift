import Dispute
import TestSupport
import Testing

/// The choices that BitVMX-CPU 0.7.0 makes; its rounds count from 1.
@Suite("The choice of a segment")
struct SegmentChoiceTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let maxSteps: UInt64
        let base: UInt64
        let selected: UInt64
        let round: Int
        let difference: Int?
        let expected: [UInt64]

        init(
            _ maxSteps: UInt64, _ base: UInt64, _ selected: UInt64, round: Int,
            _ difference: Int?, _ expected: (Int, UInt64, UInt64)
        ) {
            self.maxSteps = maxSteps
            self.base = base
            self.selected = selected
            self.round = round
            self.difference = difference
            self.expected = [UInt64(expected.0), expected.1, expected.2]
        }

        var testDescription: String {
            "\(maxSteps), \(base), \(selected), round \(round), \(difference.map(String.init) ?? "-")"
        }
    }

    static let vectors = [
        Vector(64, 0, 63, round: 1, nil, (7, 56, 63)),
        Vector(64, 56, 63, round: 2, nil, (7, 63, 63)),
        Vector(128, 0, 127, round: 1, nil, (7, 112, 127)),
        Vector(128, 112, 127, round: 2, nil, (7, 126, 127)),
        Vector(128, 126, 127, round: 3, nil, (1, 127, 127)),
        Vector(64, 0, 63, round: 1, 0, (0, 0, 7)),
        Vector(64, 0, 7, round: 2, 0, (0, 0, 0)),
        Vector(64, 0, 63, round: 1, 1, (1, 8, 15)),
        Vector(64, 8, 15, round: 2, 2, (2, 10, 10)),
        Vector(128, 0, 10, round: 1, nil, (0, 0, 10)),
        Vector(128, 0, 10, round: 2, nil, (5, 10, 10)),
        Vector(128, 10, 10, round: 3, nil, (0, 10, 10)),
        Vector(128, 10, 10, round: 3, 1, (0, 10, 10)),
        Vector(128, 0, 9, round: 1, nil, (0, 0, 9)),
        Vector(128, 0, 9, round: 2, nil, (4, 8, 9)),
        Vector(128, 8, 9, round: 3, nil, (1, 9, 9)),
        Vector(128, 8, 9, round: 3, 0, (0, 8, 8)),
        Vector(128, 8, 9, round: 3, 1, (1, 9, 9)),
        Vector(128, 0, 9, round: 1, 0, (0, 0, 9)),
        Vector(128, 0, 9, round: 2, 1, (1, 2, 3)),
        Vector(128, 2, 3, round: 3, 0, (0, 2, 2)),
    ]

    @Test("the first search", arguments: vectors)
    func firstSearch(_ vector: Vector) throws {
        let shape = try #require(SearchShape(covering: vector.maxSteps, arity: 8))
        let choice = shape.choice(
            at: SearchPosition(
                round: vector.round - 1, base: vector.base, selected: vector.selected),
            firstDifference: vector.difference)
        #expect([UInt64(choice.digit), choice.base, choice.selected] == vector.expected)
    }

    @Test("a transcript of BitVMX-CPU: a false read at step 1106 of 2000")
    func transcript() throws {
        let shape = try #require(SearchShape(covering: 2000, arity: 8))
        // The run goes to 1500, the claim to 1312, and the lie begins with the hash of 1106.
        var base: UInt64 = 0
        var selected: UInt64 = 1311
        var digits: [Int] = []
        for round in 0..<shape.roundCount {
            let difference = shape.steps(ofRound: round, from: base).firstIndex { $0 >= 1106 }
            let choice = shape.choice(
                at: SearchPosition(round: round, base: base, selected: selected),
                firstDifference: difference)
            digits.append(choice.digit)
            (base, selected) = (choice.base, choice.selected)
        }
        #expect(digits == [4, 2, 4, 1])
        #expect(base == 1105)
        var readBase = UInt64(shape.digit(of: 1104, inRound: 0)) * shape.stride(ofRound: 0)
        var readDigits = [shape.digit(of: 1104, inRound: 0)]
        var readSelected: UInt64 = 1104
        for round in 1..<shape.roundCount {
            let choice = shape.readChoice(
                at: SearchPosition(round: round, base: readBase, selected: readSelected),
                lastDifference: nil, conflictStep: base)
            readDigits.append(choice.digit)
            (readBase, readSelected) = (choice.base, choice.selected)
        }
        #expect(readDigits == [4, 2, 4, 0])
        #expect(readBase == 1104)
    }

    @Test(
        "the second search goes to the last difference and never beyond the first",
        arguments: [
            (0, 3, 0, 100, 1, 16, 16), (0, 3, 2, 100, 3, 48, 48), (0, 90, 2, 100, 5, 80, 90),
            (0, 90, 6, 100, 6, 96, 100), (0, 3, nil, 100, 0, 0, 3),
        ] as [(UInt64, UInt64, Int?, UInt64, Int, UInt64, UInt64)])
    func readSearch(
        _ vector: (UInt64, UInt64, Int?, UInt64, Int, UInt64, UInt64)
    ) throws {
        let (base, selected, difference, conflictStep, digit, newBase, newSelected) = vector
        let shape = try #require(SearchShape(covering: 128, arity: 8))
        let choice = shape.readChoice(
            at: SearchPosition(round: 0, base: base, selected: selected),
            lastDifference: difference,
            conflictStep: conflictStep)
        #expect(choice.digit == digit)
        #expect(choice.base == newBase)
        #expect(choice.selected == newSelected)
    }

    @Test("what a search goes for follows from its digits, without a log")
    func withoutLog() throws {
        var random = SplitMix64.announced("search without log")
        for _ in 0..<2000 {
            let shape = try #require(
                SearchShape(covering: 1 + random.next() % 3000, arity: 2 << Int(random.next() % 8))
            )
            let start = random.next() % shape.stepCapacity
            let lie = random.next() % (shape.stepCapacity + 1)
            var base: UInt64 = 0
            var selected = start
            var end = shape.stepCapacity
            for round in 0..<shape.roundCount {
                #expect(selected == min(start, end - 1))
                let difference = shape.steps(ofRound: round, from: base).firstIndex { $0 >= lie }
                let choice = shape.choice(
                    at: SearchPosition(round: round, base: base, selected: selected),
                    firstDifference: difference)
                (base, selected) = (choice.base, choice.selected)
                end = base + shape.stride(ofRound: round)
            }
            #expect(base == min(start, max(lie, 1) - 1))
        }
    }

    @Test("a search over 2^63 steps ends at the last one", arguments: [2, 8, 128, 256])
    func largest(_ arity: Int) throws {
        let shape = try #require(SearchShape(covering: 1 << 63, arity: arity))
        let last = shape.stepCapacity - 1
        var base: UInt64 = 0
        for round in 0..<shape.roundCount {
            let choice = shape.choice(
                at: SearchPosition(round: round, base: base, selected: last),
                firstDifference: nil)
            let readChoice = shape.readChoice(
                at: SearchPosition(round: round, base: base, selected: last),
                lastDifference: nil, conflictStep: last)
            #expect(choice == readChoice)
            #expect(choice.digit == shape.digitLimit(ofRound: round) - 1)
            // What a peer may sign for a step goes up to the largest number.
            #expect(shape.digit(of: .max, inRound: round) == choice.digit)
            base = choice.base
        }
        #expect(base == last)
    }
}
