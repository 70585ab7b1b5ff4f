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

    func run() throws -> SuiteReport {
        switch self {
        case .musig2: try MuSig2Suite.run()
        case .winternitz: try WinternitzSuite.run()
        case .graph: try GraphSuite.run()
        case .bundle: try BundleSuite.run()
        case .visit: try VisitSuite.run()
        case .machine: try MachineSuite.run()
        case .script: try ScriptSuite.run()
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
            """)

    @Argument(help: "Suites to run: \(Suite.allCases.map(\.rawValue).joined(separator: ", ")).")
    var suites: [Suite] = Suite.allCases

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        var reports: [SuiteReport] = []
        for suite in suites {
            let report = try suite.run()
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
