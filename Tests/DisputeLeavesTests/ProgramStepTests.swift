import DisputeLeaves
import DisputeSupport
import Foundation
import RiscV
import TestSupport
import Testing

/// Steps of the test programs by the scripts of their instructions.
@Suite("Steps of the test programs by script")
struct ProgramStepTests {
    static let names = ["greeting", "instructions", "memory", "mulmod", "sha256", "sieve"]
    /// `BITVMX_EVERY_STEP=1` lets every step pass; else a run of steps and then one in so many.
    static let passesAll = ProcessInfo.processInfo.environment["BITVMX_EVERY_STEP"] != nil

    private static func program(_ name: String) throws -> Program {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Programs")
        return try Program(
            elf: [UInt8](Data(contentsOf: folder.appending(path: "elf/\(name).elf"))))
    }

    /// Any call but the one that ends the program.
    private static let a7 = TraceRow.Read(
        address: StepOpening.a7Address, value: 116, lastStep: 1)

    @Test("every step passes its leaf, and the other 72 refuse it", arguments: names)
    func steps(_ name: String) throws {
        let input = ProgramInput(name == "greeting" ? [0x11, 0x11, 0x11, 0x11] : [])
        let length = try Machine(Self.program(name), input: input, tracking: .writes)
        _ = length.run(limit: 1_000_000_000)
        let stride = Self.passesAll ? 1 : max(1, length.stepNumber / 6_000)
        let machine = try Machine(Self.program(name), input: input, tracking: .writes)
        var count = 0
        machine.record(to: .max) { row, _ in
            guard
                row.stepNumber < 2_000 || row.stepNumber % stride == 0
                    || row.stepNumber == length.stepNumber
            else { return }
            count += 1
            let opened = StepOpening.row(opening: row, a7: Self.a7)
            guard let code = StepOpening.code(of: opened), let leaf = ScriptedLeaf.all[code]
            else {
                Issue.record("no leaf: \(row.csv)")
                return
            }
            if !leaf.takes(opened) { Issue.record("\(code.text) refuses \(opened.csv)") }
            guard count % 400 == 1 else { return }
            for (other, scripted) in ScriptedLeaf.all where other != code {
                if scripted.takes(opened) { Issue.record("\(other.text) takes \(opened.csv)") }
            }
        }
        #expect(count > 100)
        print("\(name): \(count) of \(length.stepNumber) steps by script")
    }
}
