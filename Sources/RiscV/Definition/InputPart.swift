/// A piece of a program's input and whose it is.
///
/// - Source: docs/protocol/machine.md, "Definition".
package struct InputPart: Hashable, Sendable {
    /// Who says what the piece holds.
    package enum Owner: String, Hashable, CaseIterable, Sendable {
        /// The prover, when it commits to its run.
        case prover
        /// The verifier; the prover signs it too.
        case verifier
        /// The prover, in a program that went before.
        case proverPrevious = "prover_prev"
        /// Both, before anything is signed.
        case constant = "const"
    }

    /// A multiple of 4.
    package let byteCount: UInt64
    /// Who provides it.
    package let owner: Owner

    /// A piece; its size is checked where it is used.
    package init(byteCount: UInt64, owner: Owner) {
        self.byteCount = byteCount
        self.owner = owner
    }
}
