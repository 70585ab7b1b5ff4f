package import Curve
package import Primitives

/// The one-time keys of other ceremonies, each with whoever announced it.
///
/// A key counts as used for the participant that announced it before, and for nobody else: whoever
/// copies a key of an honest participant into another ceremony must not have it refused to its true
/// owner. Whose a copied key is, only its owner knows; so everybody refuses copies of the own ones.
package struct UsedOneTimeKeys: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        let owner: XOnlyPublicKey
        let digest: Bytes32
    }

    /// Whose keys nobody else may announce; nil where that is not known yet.
    private let me: XOnlyPublicKey?
    private var entries: Set<Entry> = []

    package init(me: XOnlyPublicKey?) {
        self.me = me
    }

    package mutating func insert(_ digest: Bytes32, of owner: XOnlyPublicKey) {
        entries.insert(Entry(owner: owner, digest: digest))
    }

    /// Whether a key is not `identity`'s to announce now.
    package func forbids(_ digest: Bytes32, to identity: XOnlyPublicKey) -> Bool {
        if entries.contains(Entry(owner: identity, digest: digest)) { return true }
        guard let me else { return false }
        return entries.contains(Entry(owner: me, digest: digest))
    }
}
