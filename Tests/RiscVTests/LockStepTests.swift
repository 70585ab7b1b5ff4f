import Foundation
import MachineSupport
import Primitives
import RiscV
import TestSupport
import Testing

/// The fast machine and the slow one, side by side.
@Suite("Two engines in lock-step")
struct LockStepTests {
    /// Ten million steps in all, or as many as BITVMX_LOCKSTEP_STEPS says.
    static let wantedStepCount =
        ProcessInfo.processInfo.environment["BITVMX_LOCKSTEP_STEPS"].flatMap(Int.init)
        ?? 10_000_000
    /// Parts that run at the same time, as far as there are processors.
    static let partCount = 4
    static let stepLimit: UInt64 = 2000

    @Test(
        "random programs give the same rows, hashes and endings, and the judge agrees",
        arguments: 0..<partCount)
    func randomPrograms(_ part: Int) throws {
        var random = SplitMix64.announced("lock-step, part \(part)")
        var stepCount = 0
        var codes: Set<UInt32> = []
        var endings: Set<String> = []
        while stepCount < Self.wantedStepCount / Self.partCount {
            var generator = RandomProgram(random)
            let sections = generator.sections()
            random = generator.rest
            let program = try Program(
                entryPoint: RandomProgram.codeStart, sections: sections)
            let outcome = try compare(program, sections, &codes)
            stepCount += Int(outcome.steps)
            endings.insert(outcome.kind)
        }
        let words = codes.compactMap(InstructionTable.definition(of:)).map(\.name)
        #expect(Set(words) == Set(InstructionTable.definitions.map(\.name)))
        #expect(
            endings == [
                "halt", "limit", "sectionNotFound", "registerSection", "unimplemented",
                "executeFromNonCode", "writeToReadOnly", "unalignedJump", "readFromExecuteOnly",
            ])
    }

    private struct Outcome {
        let steps: UInt64
        let kind: String
    }

    private func compare(
        _ program: Program, _ sections: [Section], _ codes: inout Set<UInt32>
    ) throws -> Outcome {
        var slow = SlowMachine(entryPoint: program.entryPoint, sections: sections)
        let recorder = try Machine(program, tracking: .writesAndHashes)
        var differs = false
        var opcodes: Set<UInt32> = []
        recorder.record(to: Self.stepLimit) { row, hash in
            let expected = slow.advance()
            let isJudgedWell =
                row.memoryWitness == .unused && row.readCounter.address == 0
                || RowJudge.finding(in: row) == nil
            if expected != row || slow.hash != hash || !isJudgedWell {
                if !differs { Issue.record("\(row.csv) should be \(expected.csv)") }
                differs = true
            }
            opcodes.insert(row.opcode)
        }
        codes.formUnion(opcodes)
        let expected = slow.ending ?? .limitReached(step: slow.step)
        #expect(recorder.run(limit: Self.stepLimit) == expected)
        try compareRuns(program, slow, expected)
        return Outcome(steps: slow.step, kind: Self.kind(expected))
    }

    private func compareRuns(
        _ program: Program, _ slow: SlowMachine, _ expected: ExecutionResult
    ) throws {
        for tracking in [Machine.Tracking.none, .writes, .writesAndHashes] {
            let machine = try Machine(program, tracking: tracking)
            #expect(machine.run(limit: Self.stepLimit) == expected)
            #expect(machine.stepNumber == slow.step)
            #expect((0..<34).map { machine.register($0) } == slow.registers)
            for word in 0..<32 {
                let address = RandomProgram.dataStart + 4 * UInt32(word)
                #expect(try machine.word(at: address) == slow.words[address] ?? 0)
            }
            if tracking == .writesAndHashes {
                #expect(machine.hash == slow.hash)
            }
        }
    }

    private static func kind(_ result: ExecutionResult) -> String {
        switch result {
        case .halt: "halt"
        case .limitReached: "limit"
        case .trapped(.sectionNotFound): "sectionNotFound"
        case .trapped(.registerSection): "registerSection"
        case .trapped(.unimplemented): "unimplemented"
        case .trapped(.executeFromNonCode): "executeFromNonCode"
        case .trapped(.writeToReadOnly): "writeToReadOnly"
        case .trapped(.unalignedJump): "unalignedJump"
        case .trapped(.readFromExecuteOnly): "readFromExecuteOnly"
        }
    }
}
