package import Bitcoin

/// Who pays for a transaction, and how much.
package enum GraphFee: Hashable, Sendable {
    /// Zero: a child transaction pays. Relayed with version 3 only.
    case none
    /// An amount that does not depend on the size.
    case fixed(Amount)
    /// A price for the size with the largest witness that a described spend path can have.
    case rate(FeeRate)
}
