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

    /// The same in words that all profiles share.
    package var oneTime: OneTimeContext {
        OneTimeContext(
            network: network, ceremony: ceremony, instance: instance, variable: variable,
            parameters: .base16(parameters))
    }
}
