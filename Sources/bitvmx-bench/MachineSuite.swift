import Foundation
import RiscV

/// Steps of the RISC-V machine, in cycles of this processor: a chain of instructions of one cycle
/// each is timed before and after every measurement, so that the clock does not matter.
enum MachineSuite {
    /// A test program and the input that makes it long enough.
    private struct Subject {
        let name: String
        let rounds: UInt32
    }

    private static let subjects = [
        Subject(name: "sha256", rounds: 1500), Subject(name: "sieve", rounds: 30),
        Subject(name: "mulmod", rounds: 40),
    ]

    /// Where the programs are, seen from the repository's top.
    static let folder = "Tests/Programs/elf"

    static func run() throws -> SuiteReport {
        var report = SuiteReport("machine (cycles per step)")
        for subject in subjects {
            let file = URL(filePath: "\(folder)/\(subject.name).elf")
            let program = try Program(elf: [UInt8](Data(contentsOf: file)))
            try measure(subject, program, "plain", subject.rounds, .none, "<= 7", &report) {
                _ = $0.run(limit: .max)
            }
            try measure(subject, program, "stamped", subject.rounds, .writes, nil, &report) {
                _ = $0.run(limit: .max)
            }
            try measure(subject, program, "rows", subject.rounds / 10, .writes, "<= 100", &report) {
                $0.record(to: .max) { _, _ in }
            }
            try measure(
                subject, program, "hash chain", subject.rounds / 10, .writesAndHashes, "<= 100",
                &report
            ) {
                _ = $0.run(limit: .max)
            }
        }
        report.figures.append(
            ("peak memory", Measurement.peakMemoryByteCount / 1_000_000, "MB"))
        return report
    }

    private static func measure(
        _ subject: Subject, _ program: Program, _ kind: String, _ rounds: UInt32,
        _ tracking: Machine.Tracking, _ aim: String?, _ report: inout SuiteReport,
        _ body: (Machine) -> Void
    ) throws {
        let input = ProgramInput((0..<4).map { UInt8(truncatingIfNeeded: rounds >> (8 * $0)) })
        let length = try Machine(program, input: input, tracking: .none)
        _ = length.run(limit: .max)
        let machine = try Machine(program, input: input, tracking: tracking)
        let name = "\(subject.name), \(kind)"
        let before = cycles()
        let measurement = Measurement.once(name, count: Int(length.stepNumber)) { body(machine) }
        let after = cycles()
        report.measurements.append(measurement)
        let slower = before.nanosecondsEach > after.nanosecondsEach ? before : after
        report.ratio(name, of: measurement, to: slower, aim: aim)
    }

    private static let cycleCount = 20_000_000

    /// The time of one cycle.
    private static func cycles() -> Measurement {
        Measurement.once("cycle", count: cycleCount) {
            // Each half waits for the one before, and no rule of arithmetic shortens the chain.
            var chain: UInt64 = 1
            for index in 0..<cycleCount / 2 {
                chain ^= UInt64(truncatingIfNeeded: index)
                chain = chain << 1 | chain >> 63
            }
            precondition(chain != 1, "the chain is used, so that it is computed")
        }
    }
}
