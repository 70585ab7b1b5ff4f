import DisputeLeaves
import DisputeSupport
import Foundation
import RiscV
import TestSupport
import Testing

/// Steps of the test programs by the scripts of their instructions.
@Suite("Steps of the test programs by script")
struct ProgramStepTests {
    static let names = [
        "greeting", "instructions", "memory", "mulmod", "printing", "sections", "sha256", "sieve",
    ]
    /// Input for the programs that want some.
    static let inputs: [String: [UInt8]] = [
        "greeting": [0x11, 0x11, 0x11, 0x11],
        "printing": [0x11, 0x11, 0x11, 0x11],
        "sections": [0x11, 0x11, 0x11, 0x11, 0x22, 0x22, 0x22, 0x22],
    ]
    /// Programs that fail at some step.
    static let exceptions = [
        "jump-off-words", "load-code", "load-nothing", "load-registers", "run-data",
        "run-nothing", "store-constant", "unimplemented",
    ]
    /// `BITVMX_EVERY_STEP=1` shows every step to the other 72 leaves; else about so many of each
    /// program are shown.
    static let passesAll = ProcessInfo.processInfo.environment["BITVMX_EVERY_STEP"] != nil
    static let sampleCount: UInt64 = 3_000

    private static func machine(_ name: String) throws -> Machine {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Programs")
        let program = try RiscV.Program(
            elf: [UInt8](Data(contentsOf: folder.appending(path: "elf/\(name).elf"))))
        return try Machine(
            program, input: ProgramInput(inputs[name] ?? []),
            tracking: .writes)
    }

    /// Any call but the one that ends the program.
    private static let a7 = TraceRow.Read(
        address: StepOpening.a7Address, value: 116, lastStep: 1)

    /// What became of some steps.
    private struct Result {
        var stepCount: UInt64 = 0
        var shownCount = 0
        var wrong: [String] = []

        /// Runs the step's leaf and, if it is shown, the other 72.
        mutating func judge(_ row: TraceRow, isShown: Bool) {
            stepCount += 1
            let opened = StepOpening.row(opening: row, a7: ProgramStepTests.a7)
            guard let code = StepOpening.code(of: opened), let leaf = ScriptedLeaf.all[code]
            else {
                wrong.append("no leaf: \(row.csv)")
                return
            }
            let items = RowItems(opened)
            if !leaf.takes(items) { wrong.append("\(code.text) refuses \(opened.csv)") }
            guard isShown else { return }
            shownCount += 1
            for (other, scripted) in ScriptedLeaf.all where other != code {
                if scripted.takes(items) { wrong.append("\(other.text) takes \(opened.csv)") }
            }
        }
    }

    @Test(
        "every step passes its leaf, and the other 72 refuse those that they are shown",
        arguments: names + exceptions)
    func steps(_ name: String) throws {
        let length = try Self.machine(name)
        let ending = length.run(limit: 1_000_000_000)
        let count = length.stepNumber
        var random = SplitMix64.announced("steps of \(name)")
        var result = Result()
        try Self.machine(name).record(to: .max) { row, _ in
            // The step that fails has an empty row, which nobody can open.
            if row.stepNumber == count, Self.exceptions.contains(name) { return }
            let isShown =
                Self.passesAll || row.stepNumber == count
                || random.next() % count < Self.sampleCount
            result.judge(row, isShown: isShown)
        }
        #expect(result.wrong.isEmpty, "\(result.wrong.prefix(3))")
        #expect(result.stepCount == (Self.exceptions.contains(name) ? count - 1 : count))
        if count <= Self.sampleCount { #expect(result.shownCount == Int(result.stepCount)) }
        print("\(name), \(ending): \(count) steps, \(result.shownCount) shown to all leaves")
    }
}
