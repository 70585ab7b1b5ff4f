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
        var coverage = Coverage()
        while stepCount < Self.wantedStepCount / Self.partCount {
            var generator = RandomProgram(random)
            let sections = generator.sections()
            random = generator.rest
            let program = try Program(
                entryPoint: RandomProgram.codeStart, sections: sections)
            stepCount += Int(try compare(program, sections, &coverage))
        }
        let words = coverage.opcodes.compactMap(InstructionTable.definition(of:)).map(\.name)
        #expect(Set(words) == Set(InstructionTable.definitions.map(\.name)))
        #expect(
            coverage.endings == [
                "halt", "limit", "sectionNotFound", "registerSection", "unimplemented",
                "executeFromNonCode", "writeToReadOnly", "unalignedJump", "readFromExecuteOnly",
            ])
        #expect(coverage.places == Set(Place.allCases))
    }

    /// What is rare, and must have happened.
    private enum Place: CaseIterable {
        case fromSectionToSection, lastCode, lastData, overTheLastAddress
    }

    private struct Coverage {
        var opcodes: Set<UInt32> = []
        var endings: Set<String> = []
        var places: Set<Place> = []

        mutating func merge(_ other: Coverage) {
            opcodes.formUnion(other.opcodes)
            endings.formUnion(other.endings)
            places.formUnion(other.places)
        }

        /// - Parameter boundary: Where a second code section begins that touches the first.
        mutating func add(_ row: TraceRow, boundary: UInt32) {
            opcodes.insert(row.opcode)
            let address = row.readCounter.address
            if address == boundary - 4, row.nextCounter.address == boundary {
                places.insert(.fromSectionToSection)
            }
            if address == 0xFFFF_FFFC {
                places.insert(.lastCode)
                if row.nextCounter.address == 0 { places.insert(.overTheLastAddress) }
            }
            if row.memoryWitness.second == .memory, row.secondRead.address == 0xFFFF_FFFC {
                places.insert(.lastData)
            }
        }
    }

    private func compare(
        _ program: Program, _ sections: [Section], _ coverage: inout Coverage
    ) throws -> UInt64 {
        let boundary = sections[1].start
        var slow = SlowMachine(entryPoint: program.entryPoint, sections: sections)
        let recorder = try Machine(program, tracking: .writesAndHashes)
        var differs = false
        var seen = Coverage()
        recorder.record(to: Self.stepLimit) { row, hash in
            let expected = slow.advance()
            let isJudgedWell =
                row.memoryWitness == .unused && row.readCounter.address == 0
                || RowJudge.finding(in: row) == nil
            if expected != row || slow.hash != hash || !isJudgedWell {
                if !differs { Issue.record("\(row.csv) should be \(expected.csv)") }
                differs = true
            }
            seen.add(row, boundary: boundary)
        }
        let expected = slow.ending ?? .limitReached(step: slow.step)
        #expect(recorder.run(limit: Self.stepLimit) == expected)
        try compareRuns(program, slow, expected)
        seen.endings.insert(Self.kind(expected))
        coverage.merge(seen)
        return slow.step
    }

    private func compareRuns(
        _ program: Program, _ slow: SlowMachine, _ expected: ExecutionResult
    ) throws {
        for tracking in [Machine.Tracking.none, .writes, .writesAndHashes] {
            let machine = try Machine(program, tracking: tracking)
            #expect(machine.run(limit: Self.stepLimit) == expected)
            #expect(machine.stepNumber == slow.step)
            #expect((0..<34).map { machine.register($0) } == slow.registers)
            for section in program.sections where section.kind == .readWrite {
                for word in 0..<section.wordCount {
                    let address = section.start + 4 * UInt32(word)
                    #expect(try machine.word(at: address) == slow.words[address] ?? 0)
                }
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
