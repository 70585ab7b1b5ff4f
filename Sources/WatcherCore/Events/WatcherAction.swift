package import Exchange
package import Model
import Primitives
package import Validation

/// What the shell has to do, in this order, after an event was received.
package enum WatcherAction: Hashable, Sendable {
    /// Append the event to the log, durably, before anything that follows.
    case record(WatcherEvent)
    /// Put the request on a medium for the signer.
    case deliver(SignedBundle)
    /// Tell the operator where a program stands now.
    case report(CeremonyID, NextStep)
    /// Tell the operator whose contribution is wrong, and how.
    case accuse(CeremonyID, RuleViolation)
}
