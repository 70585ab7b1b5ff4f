import Model
import Primitives
import Terminal
import WatcherCore

/// A program in one line.
struct ProgramSummary {
    let id: CeremonyID
    let title: String
    let attempt: UInt32
    let step: NextStep

    static func all(of watcher: Watcher) throws -> [ProgramSummary] {
        try watcher.order.map { id in
            let assessment = try watcher.assessment(id)
            return ProgramSummary(
                id: id, title: assessment.record.definition.title,
                attempt: assessment.record.attempt, step: watcher.nextStep(assessment))
        }
    }

    var json: JSONObject {
        JSONObject([
            ("id", .text(id.description)), ("title", .text(title)),
            ("attempt", .number(UInt64(attempt))), ("state", .text(step.word)),
            ("awaited", .array(step.awaited.map { .text($0.text) })),
            ("detail", .text(step.text)),
        ])
    }

    static func lines(_ summaries: [ProgramSummary]) -> [String] {
        guard !summaries.isEmpty else { return ["there is no program yet"] }
        var table = TextTable([("ID", .left), ("TITLE", .left), ("STATE", .left)])
        for summary in summaries {
            table.add([summary.id.short, summary.title, summary.step.text])
        }
        return table.lines
    }
}
