package import Bitcoin

/// The limits of Bitcoin Core's relay policy that a graph keeps.
///
/// - Source: Bitcoin Core 29, `policy/policy.h`, `policy/truc_policy.h`.
package enum RelayRule {
    /// `TRUC_MAX_VSIZE`.
    package static let versionThreeLimit = VirtualSize(10_000)
    /// A quarter of `MAX_STANDARD_TX_WEIGHT`.
    package static let sizeLimit = VirtualSize(100_000)
    /// `MIN_STANDARD_TX_NONWITNESS_SIZE`.
    package static let leastByteCount = 65
    /// `MAX_OP_RETURN_RELAY` of versions before 30, less opcode and push.
    package static let dataLimit = 80
    /// `MAX_STANDARD_TAPSCRIPT_STACK_ITEM_SIZE`.
    package static let itemLimit = 80
    /// `MAX_STACK_SIZE`, a rule of consensus.
    package static let stackLimit = 1_000

    /// Whether the script is one that an address of money stands for.
    package static func hasAddress(_ script: Script) -> Bool {
        switch script.standard {
        case .publicKeyHash, .scriptHash, .witnessPublicKeyHash, .witnessScriptHash, .taproot:
            true
        case .anchor, .nullData, .witnessProgram, nil:
            false
        }
    }
}
