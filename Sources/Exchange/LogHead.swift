package import Primitives

/// The newest entry of a signer's hash-chained log.
///
/// A request quotes the newest head that its watcher has seen; a signer that does not find the
/// quoted head in its own log has been rolled back and refuses.
package struct LogHead: Hashable, Sendable {
    /// Number of entries; the empty log has index 0 and a hash of zeros.
    package let index: UInt64
    package let hash: Bytes32

    package init(index: UInt64, hash: Bytes32) {
        self.index = index
        self.hash = hash
    }

    package static let empty = LogHead(index: 0, hash: .zero)
}
