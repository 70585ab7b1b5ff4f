package import Exchange

/// What `request next` puts on the medium.
package enum NextRequest: Hashable, Sendable {
    /// The open request once more; its bytes never change.
    case outstanding(SignedBundle)
    /// To be signed with the watcher's key and received as `.requested`.
    case draft(Envelope)
    /// Every signature of the program is there.
    case nothingToAsk
}
