import DisputeLeaves
import Foundation
import RiscV
import Tapscript

/// Steps of the machine checked by the scripts of their instructions, on one core.
enum LeafSuite {
    private static let programs = ["sha256", "mulmod", "memory", "instructions"]
    /// Steps of each program, from its first.
    private static let stepCount: UInt64 = 4_000
    /// Where the programs are, seen from the repository's top.
    private static let folder = "Tests/Programs/elf"

    static func run() throws -> SuiteReport {
        var report = SuiteReport("leaf scripts")
        var leaves: [StepCode: (leaf: InstructionLeaf, script: CompiledScript)] = [:]
        report.measurements.append(
            try Measurement.once("write a script", count: StepCode.withScript.count) {
                for code in StepCode.withScript {
                    let leaf = try InstructionLeaf(code)
                    leaves[code] = (leaf, CompiledScript(leaf.script.script))
                }
            })
        for name in programs {
            let rows = try rows(of: name)
            let measurement = try Measurement.repeated("steps of \(name)", each: rows.count) {
                for (code, row) in rows {
                    guard let (leaf, script) = leaves[code] else { continue }
                    try Interpreter.evaluate(script, stack: leaf.witness(of: row))
                }
            }
            report.measurements.append(measurement)
            let perSecond = Int(measurement.perSecond)
            report.figures.append(("steps of \(name), aim 10000", perSecond, "/s"))
        }
        let sizes = leaves.values.map { $0.leaf.script.properties.byteCount }
        report.figures.append(("all scripts", sizes.reduce(0, +), "bytes"))
        return report
    }

    private static func rows(of name: String) throws -> [(StepCode, TraceRow)] {
        let file = URL(filePath: "\(folder)/\(name).elf")
        let program = try Program(elf: [UInt8](Data(contentsOf: file)))
        let machine = try Machine(program, input: ProgramInput([]), tracking: .writes)
        var rows: [(StepCode, TraceRow)] = []
        machine.record(to: stepCount) { row, _ in
            let a7 = TraceRow.Read(address: StepOpening.a7Address)
            let opened = StepOpening.row(opening: row, a7: a7)
            if let code = StepOpening.code(of: opened) { rows.append((code, opened)) }
        }
        return rows
    }
}
