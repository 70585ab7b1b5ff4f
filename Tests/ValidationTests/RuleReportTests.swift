import Model
import Testing
import Validation

@Suite("Rule reports")
struct RuleReportTests {
    @Test("all rules are applied, in order, and the first error is thrown")
    func order() throws {
        let row = try #require(
            try KeyRows.all().first { $0.violated.count > 1 })
        #expect(row.broken.violations.count == row.violated.count)
        let first = try #require(row.broken.errors.first)
        #expect(throws: first) { try row.broken.check() }
        #expect(first.description == "\(first.rule): \(first.detail)")
    }

    @Test("a warning is reported and stops nothing")
    func warning() throws {
        let row = try #require(
            try FundingRows.all().first { $0.rule == RuleID("FUN-TXID") })
        #expect(row.broken.errors.isEmpty)
        #expect(row.broken.warnings.map(\.rule) == [RuleID("FUN-TXID")])
        #expect(throws: Never.self) { try row.broken.check() }
    }

    @Test("reports of several groups are joined in order")
    func joining() throws {
        let rows = try FundingRows.all()
        var report = rows[0].met
        report.append(rows[0].broken)
        #expect(report.met == rows[0].met.met + rows[0].broken.met)
        #expect(report.violations == rows[0].broken.violations)
    }
}
