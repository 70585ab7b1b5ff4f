import Foundation
import Model
import TestSupport
import Testing
import Validation

@Suite("docs/rules.md")
struct RuleDocumentTests {
    /// In the order of the document.
    static let groups = ["BND", "PAR", "TIM", "KEY", "FUN", "GRF", "DST", "MUS", "OTS", "POST"]

    /// The row of a rule in its group's table; a warning ends no program.
    static func line(_ entry: RuleCatalogue.Entry) -> String {
        let exit =
            entry.severity == .error ? "\(entry.exit.rawValue) `\(entry.exit.word)`" : "none"
        return "| `\(entry.id)` | \(entry.requirement) | \(entry.severity.rawValue) | \(exit) |"
    }

    static func document() throws -> [String] {
        let page = Vectors.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/rules.md")
        return try String(contentsOf: page, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("the tables are the catalogue, group by group and in its order")
    func tables() throws {
        let found = try Self.document().filter { $0.hasPrefix("| `") }
        let expected = Self.groups.flatMap { group in
            RuleCatalogue.entries.filter { $0.id.group == group }.map(Self.line)
        }
        #expect(expected.count == RuleCatalogue.entries.count)
        for line in expected where !found.contains(line) {
            Issue.record("missing or different: \(line)")
        }
        #expect(found == expected)
    }

    @Test("every group has a heading")
    func headings() throws {
        let headings = try Self.document().filter { $0.hasPrefix("## ") }
            .compactMap { heading in Self.groups.first { heading.hasPrefix("## \($0): ") } }
        #expect(headings == Self.groups)
    }
}
