package import Primitives
package import Winternitz

/// What a one-time key of either profile is for.
///
/// Keys of contexts that differ in anything have no chain in common: every field stands in the
/// derivation of every chain, with its length before it.
package struct OneTimeContext: Hashable, Sendable {
    package let network: KeyNetwork
    /// The ceremony's id.
    package let ceremony: Bytes32
    /// The ceremony's random instance; at most 100 bytes.
    package let instance: [UInt8]
    /// The variable's name; at most 100 bytes.
    package let variable: String
    /// Profile and message length.
    package let parameters: OneTimeParameters

    package init(
        network: KeyNetwork, ceremony: Bytes32, instance: [UInt8], variable: String,
        parameters: OneTimeParameters
    ) {
        self.network = network
        self.ceremony = ceremony
        self.instance = instance
        self.variable = variable
        self.parameters = parameters
    }

    /// The context of one chain, of whatever profile: the one place where it is written.
    func chain(_ chainIndex: Int) throws(SecretsError) -> DerivationContext {
        var context = try DerivationContext("winternitz/v1")
        try context.append(network)
        try context.append(ceremony.bytes)
        try context.append(instance)
        try context.append(variable)
        try context.append(UInt32(parameters.profileNumber))
        try context.append(UInt32(parameters.messageByteCount))
        try context.append(UInt32(chainIndex))
        return context
    }
}
