import Primitives
package import Winternitz

/// The secret ends of the chains of a one-time key.
///
/// Signing consumes it.
///
/// It can be derived again, so the compiler alone cannot stop a second message: whoever derives it
/// to sign keeps a ledger of what each variable was bound to.
package struct WinternitzSecretKey: ~Copyable, Sendable {
    private let page: SecretPage

    /// Profile and message length.
    package let parameters: WinternitzParameters

    init(_ page: consuming SecretPage, _ parameters: WinternitzParameters) {
        self.page = page
        self.parameters = parameters
    }

    /// The public key: every chain at its end.
    package borrowing func publicKey() throws(SecretsError) -> WinternitzPublicKey {
        let steps = [UInt8](
            repeating: parameters.profile.maximumDigit, count: parameters.chainCount)
        let copy = try page.withBytes { bytes throws(SecretsError) in
            try SecretPage.make(copying: bytes)
        }
        do throws(WinternitzError) {
            return try WinternitzPublicKey(
                parameters: parameters, chains: SecretChains.advance(copy, by: steps))
        } catch {
            preconditionFailure("a secret key has as many chains as its public key")
        }
    }

    /// Signs a message.
    ///
    /// - Parameter message: Exactly `parameters.messageByteCount` bytes.
    /// - Throws: `messageByteCount`; the key is gone then too.
    package consuming func sign(
        _ message: [UInt8]
    ) throws(SecretsError) -> WinternitzSignature {
        let parameters = parameters
        guard message.count == parameters.messageByteCount else {
            throw .messageByteCount(message.count, expected: parameters.messageByteCount)
        }
        do throws(WinternitzError) {
            return try WinternitzSignature(
                chains: SecretChains.advance(page, by: parameters.digits(of: message)))
        } catch {
            preconditionFailure("a secret key has as many chains as its signature")
        }
    }
}
