package import Bitcoin
package import Model

/// Why a Bitcoin node did not do what it was asked to.
package enum NodeError: Error, Equatable {
    case unreachable(url: String, reason: String)
    case unauthorised(url: String)
    case credentials(path: String, reason: String)
    case http(status: Int, method: String)
    case malformedAnswer(method: String, reason: String)
    /// The node's own error with its number (Bitcoin Core, `src/rpc/protocol.h`).
    case rpc(method: String, code: Int, message: String)
    case wrongNetwork(found: String, expected: Network)
    case notSynced(blocks: UInt64, headers: UInt64, isInitialDownload: Bool)
    case startingUp(message: String)
    /// -25: an input does not exist or is spent.
    case missingInputs(Txid, message: String)
    /// -26: the node's rules refuse the transaction.
    case rejected(Txid, message: String)
}

/// Numbers of Bitcoin Core's RPC errors that mean something to us.
enum RPCCode {
    static let notFound = -5
    static let verifyError = -25
    static let verifyRejected = -26
    static let alreadyInChain = -27
    static let inWarmup = -28
}

extension NodeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let url, let reason): "no answer from the node at \(url): \(reason)"
        case .unauthorised(let url): "the node at \(url) refuses these credentials"
        case .credentials(let path, let reason): "cannot use '\(path)': \(reason)"
        case .http(let status, let method): "\(method): HTTP status \(status)"
        case .malformedAnswer(let method, let reason):
            "\(method): the answer makes no sense: \(reason)"
        case .rpc(let method, let code, let message): "\(method): error \(code): \(message)"
        case .wrongNetwork(let found, let expected):
            "the node is on '\(found)', this watcher is for '\(expected.chainName)'"
        case .notSynced(let blocks, let headers, let isInitialDownload):
            "the node is not synchronised: \(blocks) blocks of \(headers) headers"
                + (isInitialDownload ? ", initial block download" : "")
        case .startingUp(let message): "the node is starting: \(message)"
        case .missingInputs(let txid, let message):
            "\(txid) spends what does not exist or is spent (-25): \(message)"
        case .rejected(let txid, let message): "the node rejects \(txid) (-26): \(message)"
        }
    }

    package var exit: ProgramExit { .node }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .unreachable: "start the node, or name it with --node"
        case .unauthorised, .credentials:
            "name its credentials with --node-cookie, or --node-user and --node-password-file"
        case .wrongNetwork: "name a node of the right network with --node"
        case .notSynced(_, _, isInitialDownload: true):
            "wait until it has caught up; on regtest, mine a block: a tip older than a day "
                + "counts as initial download"
        case .notSynced, .startingUp: "wait until it has caught up and repeat the command"
        case .missingInputs: "look whether another transaction has spent them"
        case .rejected: "if it is 'non-BIP68-final', wait for the time lock to run out"
        case .http, .malformedAnswer, .rpc: "look into the node's debug.log"
        }
    }
}
