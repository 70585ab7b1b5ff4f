import Bitcoin
import Primitives
import Tapscript

/// The script interpreter, by kinds of opcodes: what a leaf of 1 to 2 kB consists of.
enum ScriptSuite {
    /// A script that is run over and over.
    private struct Subject {
        let name: String
        let script: Script
        let stack: [[UInt8]]
        var aim: String?
    }

    static func run() throws -> SuiteReport {
        var report = SuiteReport("script")
        for subject in [tables, arithmetic, stackMoves, branches, hashes] {
            let compiled = CompiledScript(subject.script)
            _ = try Interpreter.execute(compiled, stack: subject.stack)
            let measurement = try Measurement.repeated(
                subject.name, each: compiled.operationCount
            ) {
                _ = try Interpreter.execute(compiled, stack: subject.stack)
            }
            report.measurements.append(measurement)
        }
        report.measurements.append(
            Measurement.repeated("leaf of 2 kB: compile") {
                _ = CompiledScript(tables.script)
            })
        let leaf = CompiledScript(tables.script)
        report.measurements.append(
            try Measurement.repeated("leaf of 2 kB: run") {
                _ = try Interpreter.execute(leaf, stack: tables.stack)
            })
        report.figures.append(("leaf of 2 kB: bytes", tables.script.byteCount, "bytes"))
        report.figures.append(("leaf of 2 kB: operations", leaf.operationCount, "operations"))
        return report
    }

    private static func script(_ repetitions: Int, _ write: (inout ScriptBuilder) -> Void) -> Script
    {
        var builder = ScriptBuilder()
        for _ in 0..<repetitions {
            write(&builder)
        }
        return builder.script
    }

    /// Looking up digits in a table of 256, as additions of nibbles do.
    private static let tables = Subject(
        name: "table look-ups (operations)",
        script: script(170) { builder in
            builder.number(7)
            builder.opcodes(.over, .add)
            builder.opcodes(.dup, .add, .number(3) ?? .nop)
            builder.opcodes(.add, .pick, .toAltStack, .fromAltStack, .drop)
        }, stack: (0..<256).map { ScriptNumber.encode($0 % 16) })

    private static let arithmetic = Subject(
        name: "arithmetic (operations)",
        script: script(200) { builder in
            builder.opcodes(.dup, .oneAdd, .over, .sub, .add)
            builder.number(1000)
            builder.opcodes(.min, .dup, .abs, .lessThanOrEqual, .drop)
            builder.number(5)
        }, stack: [[5], [5]])

    private static let stackMoves = Subject(
        name: "stack moves (operations)",
        script: script(200) { builder in
            builder.opcodes(.dup, .swap, .rot, .tuck, .over, .nip, .twoDup, .twoDrop)
            builder.number(90)
            builder.opcodes(.roll, .drop)
            builder.opcodes(.dup, .drop)
        }, stack: (0..<500).map { ScriptNumber.encode($0) })

    private static let branches = Subject(
        name: "branches (operations)",
        script: script(200) { builder in
            builder.number(0)
            builder.opcodes(.if, .add, .sub, .else)
            builder.number(1)
            builder.opcodes(.drop, .endIf)
        }, stack: [])

    private static let hashes = Subject(
        name: "HASH160 of 20 bytes (operations)",
        script: script(500) { $0.opcode(.hash160) }, stack: [[UInt8](repeating: 7, count: 20)])
}
