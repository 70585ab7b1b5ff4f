import Dispute
import Testing

@Suite("The shape of a search")
struct SearchShapeTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let maxSteps: UInt64
        let arity: Int
        let bits: Int
        let hashes: [Int]

        var testDescription: String { "\(maxSteps) by \(arity)" }
    }

    /// The published examples of BitVMX-CPU, and the ends of the ranges.
    static let examples = [
        Example(maxSteps: 2000, arity: 8, bits: 11, hashes: [7, 7, 7, 3]),
        Example(
            maxSteps: 500_000_000, arity: 8, bits: 29, hashes: [7, 7, 7, 7, 7, 7, 7, 7, 7, 3]),
        Example(maxSteps: 64, arity: 8, bits: 6, hashes: [7, 7]),
        Example(maxSteps: 128, arity: 8, bits: 7, hashes: [7, 7, 1]),
        Example(maxSteps: 256, arity: 8, bits: 8, hashes: [7, 7, 3]),
        Example(maxSteps: 200, arity: 8, bits: 8, hashes: [7, 7, 3]),
        Example(maxSteps: 50, arity: 8, bits: 6, hashes: [7, 7]),
        Example(maxSteps: 50, arity: 256, bits: 6, hashes: [63]),
        Example(maxSteps: 1 << 16, arity: 256, bits: 16, hashes: [255, 255]),
        Example(maxSteps: 1, arity: 2, bits: 0, hashes: []),
        Example(maxSteps: 2, arity: 2, bits: 1, hashes: [1]),
        Example(maxSteps: 3, arity: 2, bits: 2, hashes: [1, 1]),
        Example(
            maxSteps: 1 << 63, arity: 128, bits: 63, hashes: Array(repeating: 127, count: 9)),
    ]

    @Test("bits, rounds and hashes", arguments: examples)
    func rounds(_ example: Example) throws {
        let shape = try #require(
            SearchShape(covering: example.maxSteps, arity: example.arity))
        #expect(shape.stepBitCount == example.bits)
        #expect(shape.stepCapacity == 1 << UInt64(example.bits))
        #expect((0..<shape.roundCount).map(shape.hashCount(ofRound:)) == example.hashes)
        #expect(shape.hashCount == example.hashes.reduce(0, +))
        let bits = (0..<shape.roundCount).map(shape.digitBitCount(ofRound:))
        #expect(bits.reduce(0, +) == example.bits)
        for round in 0..<shape.roundCount {
            #expect(shape.shift(ofRound: round) == bits[(round + 1)...].reduce(0, +))
        }
    }

    @Test(
        "what is out of range",
        arguments: [
            (0, 8), (1 << 63 + 1, 8), (.max, 8), (10, 0), (10, 1), (10, 3), (10, 6), (10, 512),
            (10, -8),
        ] as [(UInt64, Int)])
    func refused(_ maxSteps: UInt64, _ arity: Int) {
        #expect(SearchShape(covering: maxSteps, arity: arity) == nil)
    }

    @Test(
        "the steps of a round",
        arguments: [
            (64, 0, 0, [8, 16, 24, 32, 40, 48, 56]),
            (64, 1, 56, [57, 58, 59, 60, 61, 62, 63]),
            (128, 0, 0, [16, 32, 48, 64, 80, 96, 112]),
            (128, 1, 112, [114, 116, 118, 120, 122, 124, 126]),
            (128, 2, 124, [125]),
            (200, 0, 0, [32, 64, 96, 128, 160, 192, 224]),
            (200, 1, 32, [36, 40, 44, 48, 52, 56, 60]),
            (200, 2, 40, [41, 42, 43]),
        ] as [(UInt64, Int, UInt64, [UInt64])])
    func steps(_ maxSteps: UInt64, _ round: Int, _ base: UInt64, _ steps: [UInt64]) throws {
        let shape = try #require(SearchShape(covering: maxSteps, arity: 8))
        #expect(shape.steps(ofRound: round, from: base) == steps)
    }

    @Test("digits of a step and back")
    func digits() throws {
        let small = try #require(SearchShape(covering: 128, arity: 8))
        #expect(small.digits(of: 75) == [4, 5, 1])
        #expect(small.step(of: [4, 5]) == 74)
        let hello = try #require(SearchShape(covering: 2000, arity: 8))
        for last in 0..<4 {
            #expect(hello.step(of: [4, 2, 4, last]) == 1104 + UInt64(last))
        }
        for shape in Self.shapes {
            for step in 0..<shape.stepCapacity {
                #expect(shape.step(of: shape.digits(of: step)) == step)
            }
        }
    }

    static let shapes = [(100, 2), (100, 4), (128, 8), (200, 8), (600, 16), (300, 256)].compactMap {
        SearchShape(covering: $0.0, arity: $0.1)
    }

    @Test("every step and the one after it are published once by the search for the step")
    func places() {
        for shape in Self.shapes {
            for step in 0..<shape.stepCapacity {
                var published: [UInt64: SearchShape.HashPlace] = [
                    0: .start, shape.stepCapacity: .end,
                ]
                var base: UInt64 = 0
                for (round, digit) in shape.digits(of: step).enumerated() {
                    for (index, other) in shape.steps(ofRound: round, from: base).enumerated() {
                        #expect(published[other] == nil)
                        published[other] = .published(round: round, index: index)
                    }
                    base += UInt64(digit) * shape.stride(ofRound: round)
                }
                #expect(shape.place(ofHashAfter: step) == published[step])
                #expect(shape.place(ofHashAfter: step + 1) == published[step + 1])
            }
        }
    }

    @Test("digits are compared as the numbers that they stand for")
    func order() {
        for shape in Self.shapes {
            for step in 0..<min(shape.stepCapacity, 70) {
                let digits = shape.digits(of: step)
                for other in 0...min(shape.stepCapacity, 70) {
                    #expect(shape.isAtOrAfter(digits, step: other) == (step >= other))
                }
            }
            let last = shape.digits(of: shape.stepCapacity - 1)
            #expect(!shape.isAtOrAfter(last, step: shape.stepCapacity))
            #expect(shape.isAtOrAfter(last, step: shape.stepCapacity - 1))
            #expect(!shape.isAtOrAfter(last, step: .max))
        }
    }
}
