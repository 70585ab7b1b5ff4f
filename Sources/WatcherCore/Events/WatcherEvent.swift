package import Bitcoin
package import Curve
package import Model
import Primitives

/// Everything that can happen to a watcher's state; its log is a list of these.
package enum WatcherEvent: Hashable, Sendable {
    /// The first event of every log.
    case initialised(name: OperatorName, network: Network, identity: XOnlyPublicKey)
    /// A person has compared the words of a signer's identity bundle.
    case enrolled(bundle: [UInt8], relation: SignerRelation)
    case programCreated(CeremonyDefinition)
    case funded(CeremonyID, Funding)
    /// The attempts before this one are given up.
    case attemptStarted(CeremonyID, attempt: UInt32)
    /// A request was signed by the watcher's key and may leave.
    case requested(bundle: [UInt8])
    /// A signer's response arrived: the own signer's or a peer's.
    case accepted(bundle: [UInt8])
    case published(CeremonyID, TransactionLabel, Txid)
    case confirmed(CeremonyID, TransactionLabel, ChainPosition)
    /// A transaction that was confirmed is in no block any more.
    case unconfirmed(CeremonyID, TransactionLabel)
}

/// Whose signer an enrolled signer is.
package enum SignerRelation: UInt64, CaseIterable, Sendable {
    /// The signer that this watcher writes requests for.
    case own = 1
    case peer = 2

    package var text: String { self == .own ? "signer" : "peer" }
}

/// Where in the best chain a transaction stands.
package struct ChainPosition: Hashable, Sendable {
    package let txid: Txid
    package let blockHash: BlockHash
    package let height: BlockHeight

    package init(txid: Txid, blockHash: BlockHash, height: BlockHeight) {
        self.txid = txid
        self.blockHash = blockHash
        self.height = height
    }
}
