package import Exchange
package import Primitives

/// The line of requests from a watcher to its signer; one request is open at a time.
package struct SignerChannel: Hashable, Sendable {
    /// Number of the last answered request; 0 before the first.
    package internal(set) var lastSequence: UInt64 = 0
    /// Digest of the signer's last response; zeros before the first.
    package internal(set) var lastResponseDigest: Bytes32 = .zero
    /// Newest entry of the signer's log that this watcher has seen.
    package internal(set) var head: LogHead = .empty
    /// Digest of the response to each answered request.
    package internal(set) var answers: [UInt64: Bytes32] = [:]
    /// The request that waits for its response.
    package internal(set) var outstanding: OutstandingRequest?

    package var nextSequence: UInt64 { lastSequence + 1 }
}

/// A request on its way, with those that had the same number before it.
///
/// A request may be replaced while it waits, because the signer's operator said no or the program
/// moved on. The signer answers one of them at most; whichever it was, its response is accepted.
package struct OutstandingRequest: Hashable, Sendable {
    package let current: SignedBundle
    package let replaced: [SignedBundle]

    /// The request with a digest, current or replaced.
    func request(_ digest: Bytes32) -> SignedBundle? {
        ([current] + replaced).first { $0.digest == digest }
    }
}
