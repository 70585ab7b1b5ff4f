package import Winternitz

/// A one-time secret key of either profile.
///
/// Signing consumes it. A ledger must keep what each variable was bound to, since the key can be
/// derived again.
package enum OneTimeSecretKey: ~Copyable, Sendable {
    /// Of profile 1.
    case base16(WinternitzSecretKey)
    /// Of profile 2.
    case composition(CompositionSecretKey)

    /// The public key: every chain at its end.
    package borrowing func publicKey() throws(SecretsError) -> OneTimePublicKey {
        switch self {
        case .base16(let key): .base16(try key.publicKey())
        case .composition(let key): .composition(try key.publicKey())
        }
    }

    /// Signs a message.
    ///
    /// - Parameter message: As long as the key's parameters say.
    /// - Throws: `messageByteCount`; the key is gone then too.
    package consuming func sign(_ message: [UInt8]) throws(SecretsError) -> OneTimeSignature {
        switch consume self {
        case .base16(let key): .base16(try key.sign(message))
        case .composition(let key): .composition(try key.sign(bytes: message))
        }
    }
}

extension SecretDerivation {
    /// The one-time key of a context.
    package borrowing func oneTimeKey(
        _ context: OneTimeContext
    ) throws(SecretsError) -> OneTimeSecretKey {
        switch context.parameters {
        case .base16(let parameters):
            .base16(WinternitzSecretKey(try chains(context), parameters))
        case .composition:
            .composition(CompositionSecretKey(try chains(context)))
        }
    }
}
