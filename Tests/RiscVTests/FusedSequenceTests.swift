import RiscV
import TestSupport
import Testing

/// Instructions that the plain loop makes at once, beside the loop that makes single steps.
@Suite("Fused sequences")
struct FusedSequenceTests {
    static let programsPerSequence = 2

    @Test(
        "every sequence, entered at every instruction, stops at every limit as single steps do",
        arguments: Machine.fusedSequences.sorted { "\($0)" < "\($1)" })
    func everyLimit(_ sequence: [StepCode]) throws {
        var random = SplitMix64.announced("fused \(sequence)")
        for _ in 0..<Self.programsPerSequence {
            var source = FusedProgram(random)
            let program = try source.program(around: sequence)
            random = source.rest
            let states = try Self.states(of: program)
            // The way to the sequence takes ten steps; some programs end in a trap soon after.
            #expect(states.count > 10)
            for (limit, state) in states.enumerated() {
                let machine = try Machine(program, tracking: .none)
                _ = machine.run(limit: UInt64(limit))
                #expect(try State(machine) == state, "after \(limit) steps of \(source.words)")
            }
            let machine = try Machine(program, tracking: .none)
            var limit = 0
            while limit < states.count - 1 {
                limit = min(states.count - 1, limit + 1 + Int(random.next() % 150))
                machine.advance(to: UInt64(limit))
                #expect(try State(machine) == states[limit], "\(limit) of \(source.words)")
            }
        }
    }

    @Test("limits up to the largest number of steps are no trouble")
    func largestLimit() throws {
        var source = FusedProgram(SplitMix64(seed: 1))
        let program = try source.program(around: [.addi, .bne])
        let machine = try Machine(program, tracking: .none)
        let single = try Machine(program, tracking: .writes)
        #expect(machine.run(limit: .max) == single.run(limit: .max))
        #expect(try State(machine) == State(single))
    }

    /// What the machine is after every number of steps until the program ends.
    private static func states(of program: Program) throws -> [State] {
        let machine = try Machine(program, tracking: .writes)
        var states = [try State(machine)]
        while machine.ending == nil, states.count < 3000 {
            machine.advance(to: machine.stepNumber + 1)
            states.append(try State(machine))
        }
        return states
    }

    private struct State: Equatable {
        let stepNumber: UInt64
        let counter: ProgramCounter
        let ending: ExecutionResult?
        let registers: [UInt32]
        let words: [UInt32]

        init(_ machine: Machine) throws {
            stepNumber = machine.stepNumber
            counter = machine.counter
            ending = machine.ending
            registers = (0..<34).map { machine.register($0) }
            words = try (0..<FusedProgram.dataWordCount).map {
                try machine.word(at: FusedProgram.dataStart + 4 * UInt32($0))
            }
        }
    }
}
