/// How a program ends.
///
/// Documented in docs/exit-codes.md; numbers never change their meaning.
package enum ProgramExit: Int32, CaseIterable, Sendable {
    case done = 0
    case internalError = 1
    case usage = 2
    case refusedByRule = 3
    case declined = 4
    case graphDiffers = 5
    case replayOrRollback = 6
    case alreadySpent = 7
    case badSignature = 8
    case malformed = 9
    case media = 10
    case vault = 11
    case unsafeEnvironment = 12
    case busy = 13
    case incomplete = 14
    case node = 15
    case haltedNonZero = 16
    case trapped = 17
    case limitReached = 18
    case scriptRefused = 19

    /// The stable word that `--json` reports carry beside the number.
    package var word: String {
        switch self {
        case .done: "done"
        case .internalError: "internal-error"
        case .usage: "usage"
        case .refusedByRule: "refused-by-rule"
        case .declined: "declined"
        case .graphDiffers: "graph-differs"
        case .replayOrRollback: "replay-or-rollback"
        case .alreadySpent: "already-spent"
        case .badSignature: "bad-signature"
        case .malformed: "malformed"
        case .media: "media"
        case .vault: "vault"
        case .unsafeEnvironment: "unsafe-environment"
        case .busy: "busy"
        case .incomplete: "incomplete"
        case .node: "node"
        case .haltedNonZero: "halted-non-zero"
        case .trapped: "trapped"
        case .limitReached: "limit-reached"
        case .scriptRefused: "script-refused"
        }
    }
}
