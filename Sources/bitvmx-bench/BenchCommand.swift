import ArgumentParser
import Foundation

/// The suites by their names on the command line.
enum Suite: String, CaseIterable, ExpressibleByArgument, Sendable {
    case musig2
    case winternitz
    case graph
    case bundle
    case visit
    case machine
    case script
    case challenges
    case leaves

    func run() throws -> SuiteReport {
        switch self {
        case .musig2: try MuSig2Suite.run()
        case .winternitz: try WinternitzSuite.run()
        case .graph: try GraphSuite.run()
        case .bundle: try BundleSuite.run()
        case .visit: try VisitSuite.run()
        case .machine: try MachineSuite.run()
        case .script: try ScriptSuite.run()
        case .challenges: try ChallengeLeafSuite.run()
        case .leaves: try LeafSuite.run()
        }
    }
}

@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bitvmx-bench",
        abstract: "Measures the product; ratios are taken within one run.",
        discussion: """
            Machines differ and are noisy, so the figures to compare are the ratios. Times are \
            CPU time of all threads.

            Examples:
              bitvmx-bench
              bitvmx-bench musig2 winternitz
              bitvmx-bench visit --json
              bitvmx-bench machine --long-run 500000000
            """)

    @Argument(help: "Suites to run: \(Suite.allCases.map(\.rawValue).joined(separator: ", ")).")
    var suites: [Suite] = Suite.allCases

    @Option(
        help: ArgumentHelp(
            "With suite machine: make runs of so many steps instead, with hashes and with "
                + "checkpoints, and answer rounds of searches.", valueName: "steps"))
    var longRun: UInt64?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard longRun == nil || suites == [.machine] else {
            throw ValidationError("--long-run goes with suite machine alone")
        }
        guard (longRun ?? 1_000_000) >= 1_000_000 else {
            throw ValidationError("--long-run is at least 1000000 steps")
        }
    }

    func run() throws {
        var reports: [SuiteReport] = []
        for suite in suites {
            let report = try longRun.map(LongRunSuite.run) ?? suite.run()
            reports.append(report)
            if !json { report.lines.forEach { print($0) } }
        }
        guard json else { return }
        let object: [String: Any] = [
            "version": 1, "suites": reports.map(\.json),
            "peak_memory_bytes": Measurement.peakMemoryByteCount,
        ]
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
        print(String(decoding: data, as: UTF8.self))
    }
}
