package import Model
package import Validation

/// How a command fails: exit code, what was wrong, and what to do next.
///
/// Both programs turn every error into one of these before anybody sees it.
package struct ProgramFailure: Error, Hashable, Sendable {
    package let exit: ProgramExit
    /// What was wrong, where, how much.
    package let detail: String
    /// What to do next, in a sentence.
    package let next: String?
    package let rules: [RuleID]

    package init(
        _ exit: ProgramExit, _ detail: String, next: String? = nil, rules: [RuleID] = []
    ) {
        self.exit = exit
        self.detail = detail
        self.next = next
        self.rules = rules
    }

    /// The failure that a broken rule is; `report` names all broken ones.
    package init(_ violation: RuleViolation, in report: RuleReport? = nil) {
        let rules = report?.errors.map(\.rule) ?? [violation.rule]
        self.init(
            violation.exit, violation.description, next: Self.advice(for: violation.exit),
            rules: rules)
    }

    private static func advice(for exit: ProgramExit) -> String {
        switch exit {
        case .graphDiffers:
            "do not sign; compare definition, keys and funding with the other operators"
        case .replayOrRollback:
            "compare the newest log head with your watcher's; never restore an old state"
        case .alreadySpent:
            "start a new attempt; a spent nonce or one-time key is never used again"
        case .badSignature:
            "find out who sent this; enrol senders only after comparing their words"
        default:
            "nothing was changed; correct the request and carry it again"
        }
    }
}
