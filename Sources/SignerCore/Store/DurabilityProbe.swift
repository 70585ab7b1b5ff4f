/// A place in a commit at which the power may fail, told to whoever listens.
package enum DurableStep: Hashable, Sendable {
    /// The transaction is complete and about to be committed.
    case beforeCommit
    /// SQLite has committed and synced; the anchor is one commit behind.
    case committed
    /// The new anchor is written beside the old one, not yet synced.
    case partWritten
    /// The new anchor is on the disk under its provisional name.
    case partSynced
    /// The new anchor has replaced the old one.
    case renamed
    /// The directory of the anchor is synced: the commit is complete.
    case directorySynced
    /// A new vault is complete under its provisional name.
    case vaultBuilt
    /// A new vault has got its final name.
    case vaultPublished
}

/// Listens to the steps of durable writing; the programs use `none`.
///
/// The tests of power loss end the process at a chosen step, which needs a place to stand on.
package struct DurabilityProbe: Sendable {
    package let reached: @Sendable (DurableStep) -> Void

    package init(_ reached: @escaping @Sendable (DurableStep) -> Void) {
        self.reached = reached
    }

    /// Listens to nothing.
    package static let none = DurabilityProbe { _ in }
}
