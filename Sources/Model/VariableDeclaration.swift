package import Winternitz

/// A value that every participant can commit to once, with its own one-time key.
package struct VariableDeclaration: Hashable, Sendable {
    package let name: VariableName
    /// Profile and message length of the key.
    package let parameters: OneTimeParameters

    package init(name: VariableName, parameters: OneTimeParameters) {
        self.name = name
        self.parameters = parameters
    }

    package var byteCount: Int { parameters.messageByteCount }

    /// The txid of the confirmed `accept` transaction: the operator's receipt that the lock
    /// stands, for whoever judges one-time values.
    package static let lockAcceptance: VariableDeclaration = {
        do throws(WinternitzError) {
            return VariableDeclaration(
                name: .acceptance,
                parameters: .base16(try WinternitzParameters(messageByteCount: 32)))
        } catch {
            preconditionFailure("profile 1 signs messages of 32 bytes")
        }
    }()
}

extension VariableName {
    package static let acceptance = VariableName(known: "acceptance")

    /// For names of this source file, which obey the rule of `init(_:)`; ModelTests checks them.
    private init(known text: String) {
        self.text = text
    }
}
