package import Model

/// The name of a rule: group and subject, as docs/rules.md lists it.
package struct RuleID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }

    /// `BND` of `BND-SENDER`.
    package var group: String { String(text.prefix { $0 != "-" }) }

    package static func < (left: RuleID, right: RuleID) -> Bool { left.text < right.text }
}

/// Whether a broken rule stops the work or is shown first on the screen.
package enum RuleSeverity: String, Sendable {
    case error
    case warning
}

/// A rule that something did not meet: which, how, and what the program's exit code becomes.
package struct RuleViolation: Error, Hashable, Sendable, CustomStringConvertible {
    package let rule: RuleID
    package let severity: RuleSeverity
    package let detail: String
    package let exit: ProgramExit

    package init(rule: RuleID, severity: RuleSeverity, detail: String, exit: ProgramExit) {
        self.rule = rule
        self.severity = severity
        self.detail = detail
        self.exit = exit
    }

    package var description: String { "\(rule): \(detail)" }
}

/// One requirement: one id, one function, one error.
package struct Rule<Subject>: Sendable {
    package let id: RuleID
    /// The requirement in a sentence; docs/rules.md repeats it.
    package let requirement: String
    package let severity: RuleSeverity
    package let exit: ProgramExit
    /// Nil when the subject meets the rule, otherwise what is wrong with it.
    package let fault: @Sendable (Subject) -> String?

    init(
        _ id: String, _ requirement: String, severity: RuleSeverity = .error,
        exit: ProgramExit = .refusedByRule, fault: @escaping @Sendable (Subject) -> String?
    ) {
        self.id = RuleID(id)
        self.requirement = requirement
        self.severity = severity
        self.exit = exit
        self.fault = fault
    }

    package func violation(by subject: Subject) -> RuleViolation? {
        fault(subject).map { detail in
            RuleViolation(rule: id, severity: severity, detail: detail, exit: exit)
        }
    }
}

/// What a list of rules found.
package struct RuleReport: Hashable, Sendable {
    package private(set) var met: [RuleID] = []
    package private(set) var violations: [RuleViolation] = []

    package init() {}

    /// Applies `rules` in their order; every one is applied, so that a report is whole.
    package mutating func apply<Subject>(_ rules: [Rule<Subject>], to subject: Subject) {
        for rule in rules {
            if let violation = rule.violation(by: subject) {
                violations.append(violation)
            } else {
                met.append(rule.id)
            }
        }
    }

    package mutating func append(_ other: RuleReport) {
        met += other.met
        violations += other.violations
    }

    package var warnings: [RuleViolation] { violations.filter { $0.severity == .warning } }
    package var errors: [RuleViolation] { violations.filter { $0.severity == .error } }

    /// - Throws: The first violation that is an error.
    package func check() throws(RuleViolation) {
        if let first = errors.first { throw first }
    }
}
