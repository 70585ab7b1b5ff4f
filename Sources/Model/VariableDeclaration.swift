package import Winternitz

/// A value that every participant can commit to once, with its own Winternitz key.
package struct VariableDeclaration: Hashable, Sendable {
    package let name: VariableName
    package let byteCount: Int
    package let profile: WinternitzProfile

    /// The txid of the confirmed `accept` transaction: the operator's receipt that the lock
    /// stands, for whoever judges Winternitz values.
    package static let lockAcceptance = VariableDeclaration(
        name: .acceptance, byteCount: 32, profile: .base16Hash160)
}

extension VariableName {
    package static let acceptance = VariableName(known: "acceptance")

    /// For names of this source file, which obey the rule of `init(_:)`; ModelTests checks them.
    private init(known text: String) {
        self.text = text
    }
}
