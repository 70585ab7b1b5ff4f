import Testing
import Validation

/// One way to break a rule, beside a subject that meets it.
struct RuleRow: Sendable, CustomTestStringConvertible {
    let rule: RuleID
    /// How the rule is broken.
    let name: String
    /// Every rule that the broken subject breaks: `rule`, and those that go with it.
    let violated: Set<RuleID>
    /// What the whole group of rules says of a subject that meets them.
    let met: RuleReport
    let broken: RuleReport

    var testDescription: String { "\(rule): \(name)" }
}

/// The rules of one group and a subject that meets all of them.
struct RuleTable<Subject: Sendable>: Sendable {
    let rules: [Rule<Subject>]
    let base: Subject

    /// - Parameters:
    ///   - also: Rules that cannot be met once `rule` is broken in this way.
    ///   - base: A subject that meets all rules, where the table's does not fit.
    func row(
        _ rule: String, _ name: String, also: [String] = [], base: Subject? = nil,
        breaks subject: Subject
    ) -> RuleRow {
        RuleRow(
            rule: RuleID(rule), name: name, violated: Set((also + [rule]).map { RuleID($0) }),
            met: report(base ?? self.base), broken: report(subject))
    }

    func report(_ subject: Subject) -> RuleReport {
        var report = RuleReport()
        report.apply(rules, to: subject)
        return report
    }
}

/// The rows of all groups.
enum RuleRows {
    static func all() throws -> [RuleRow] {
        try BundleRows.all() + DefinitionRows.all() + KeyRows.all() + FundingRows.all()
            + GraphRows.all() + GraphSafetyRows.all() + DestinationRows.all() + NonceRows.all()
            + RevealRows.all() + ResponseRows.all()
    }
}
