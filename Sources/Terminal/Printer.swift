import Foundation
import Glibc
import Model
import Validation

/// What a program says, and where: reports on standard output, everything else on standard error.
package struct Printer: Sendable {
    /// Whether reports are JSON objects for scripts.
    package let isMachineReadable: Bool

    package init(json: Bool) {
        // A closed pipe must not end the program between a commit and its report.
        _ = signal(SIGPIPE, SIG_IGN)
        isMachineReadable = json
    }

    /// A line for people; silent where a script reads.
    package func say(_ line: String) {
        guard !isMachineReadable else { return }
        Self.write(SafeText.line(line))
    }

    /// A note beside the report: progress, warnings.
    package func note(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((SafeText.line(line) + "\n").utf8))
    }

    /// The command's one report: an object for scripts, lines for people.
    package func report(_ object: JSONObject, lines: [String]) {
        if isMachineReadable {
            Self.write(object.adding("ok", .bool(true)).text)
        } else {
            lines.forEach { Self.write(SafeText.line($0)) }
        }
    }

    /// The report of a failed command.
    ///
    /// - Parameter findings: What it found out all the same; only scripts are told here.
    package func report(_ failure: ProgramFailure, with findings: JSONObject = JSONObject([])) {
        guard isMachineReadable else {
            note("error: \(failure.detail)")
            if let next = failure.next { note("next: \(next)") }
            return
        }
        let object = JSONObject([
            ("ok", .bool(false)), ("code", .number(UInt64(failure.exit.rawValue))),
            ("error", .text(failure.exit.word)),
            ("rules", .array(failure.rules.map { .text($0.text) })),
            ("detail", .text(failure.detail)), ("next", failure.next.map(JSON.text) ?? .null),
        ])
        let all = object.fields + findings.fields
        Self.write(JSONObject(all.map { ($0.name, $0.value) }).text)
    }

    private static func write(_ line: String) {
        StandardOutput.write(Array((line + "\n").utf8))
    }
}
