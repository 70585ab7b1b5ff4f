/// What a bundle carries.
package enum BundleKind: UInt64, CaseIterable, Sendable {
    /// Who a signer or a watcher is; compared as words before it is believed.
    case identity = 1
    /// A definition, for the signer's operator to read in full and accept once.
    case registration = 2
    /// A participant's keys for a ceremony, with proofs of possession.
    case keys = 3
    /// The graph and everybody's keys (request); a signer's public nonces (response).
    case nonces = 4
    /// Everybody's public nonces (request); a signer's partial signatures (response).
    case partialSignatures = 5
    /// Proof that a one-time value is due (request); its Winternitz signature (response).
    case reveal = 6
    /// Where a signer stands: its log head, epoch and last sequence number.
    case status = 7

    /// The word in file names, tables and `--json`.
    package var word: String {
        switch self {
        case .identity: "identity"
        case .registration: "registration"
        case .keys: "keys"
        case .nonces: "nonces"
        case .partialSignatures: "partials"
        case .reveal: "reveal"
        case .status: "status"
        }
    }

    /// The kind of the response to a request of this kind.
    package var answer: BundleKind {
        self == .registration ? .keys : self
    }
}

/// Which way a bundle goes.
package enum BundleDirection: UInt64, Sendable {
    /// From a watcher to its signer.
    case request = 0
    /// From a signer to its watcher and, where it has no single recipient, to all participants.
    case response = 1

    package var word: String { self == .request ? "req" : "res" }
}
