import Curve
import Model
import ProtocolBuilder
import Protocols

/// Building graphs: what both programs do before every signing visit.
enum GraphSuite {
    static func run() throws -> SuiteReport {
        var report = SuiteReport("graph")
        let program = try SampleProgram(operatorCount: 15)
        let lock = try Measurement.repeated("cardinal lock of 15 operators, with key aggregation") {
            _ = try ProgramGraph(
                definition: program.definition, keys: program.keys, funding: program.funding)
        }
        let key = try SeededKeys.secretKey(0).publicKey.xOnly
        let description = try SyntheticGraph.description(signatureCount: 5_000, key: key)
        var taskCount = 0
        let large = try Measurement.once("synthetic graph of 2,500 transactions", count: 1) {
            taskCount = try Graph(building: description).plan.tasks.count
        }
        report.measurements = [lock, large]
        report.figures = [("signatures of the synthetic graph", taskCount, "")]
        return report
    }
}
