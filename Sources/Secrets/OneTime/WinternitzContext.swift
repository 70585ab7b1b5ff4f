package import Primitives
package import Winternitz

/// What a one-time key is for.
///
/// Keys of contexts that differ in anything have no chain in common.
package struct WinternitzContext: Hashable, Sendable {
    package let network: KeyNetwork
    /// The ceremony's id.
    package let ceremony: Bytes32
    /// The ceremony's random instance; at most 100 bytes.
    package let instance: [UInt8]
    /// The variable's name; at most 100 bytes.
    package let variable: String
    /// Profile and message length.
    package let parameters: WinternitzParameters

    package init(
        network: KeyNetwork, ceremony: Bytes32, instance: [UInt8], variable: String,
        parameters: WinternitzParameters
    ) {
        self.network = network
        self.ceremony = ceremony
        self.instance = instance
        self.variable = variable
        self.parameters = parameters
    }

    /// The context of one chain.
    func chain(_ chainIndex: Int) throws(SecretsError) -> DerivationContext {
        var context = try DerivationContext("winternitz/v1")
        try context.append(network)
        try context.append(ceremony.bytes)
        try context.append(instance)
        try context.append(variable)
        try context.append(UInt32(parameters.profile.rawValue))
        try context.append(UInt32(parameters.messageByteCount))
        try context.append(UInt32(chainIndex))
        return context
    }
}
