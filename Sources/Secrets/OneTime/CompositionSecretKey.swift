package import Primitives
package import Winternitz

/// The secret ends of the chains of a one-time key of profile 2.
///
/// Signing consumes it. As with base 16, a ledger must keep what each variable was bound to.
package struct CompositionSecretKey: ~Copyable, Sendable {
    private let page: SecretPage

    init(_ page: consuming SecretPage) {
        self.page = page
    }

    /// The public key: every chain at its end.
    package borrowing func publicKey() throws(SecretsError) -> CompositionPublicKey {
        let steps = [UInt8](
            repeating: CompositionCode.stepCount, count: CompositionCode.chainCount)
        let copy = try page.withBytes { bytes throws(SecretsError) in
            try SecretPage.make(copying: bytes)
        }
        do throws(WinternitzError) {
            return try CompositionPublicKey(chains: SecretChains.advance(copy, by: steps))
        } catch {
            preconditionFailure("a secret key has as many chains as its public key")
        }
    }

    /// Signs a message; only the chains that it chooses are advanced and given out.
    package consuming func sign(_ message: Bytes20) -> CompositionSignature {
        let indices = CompositionCode.chainIndices(at: CompositionCode.positions(of: message))
        var steps = [UInt8](repeating: CompositionCode.stepCount, count: CompositionCode.chainCount)
        for (index, distance) in zip(indices, CompositionCode.distances) {
            steps[index] -= distance
        }
        let values = SecretChains.advance(page, by: steps)
        do throws(WinternitzError) {
            return try CompositionSignature(values: indices.map { values[$0] })
        } catch {
            preconditionFailure("the code discloses as many chains as a signature has")
        }
    }
}

extension CompositionSecretKey {
    /// Signs a message that comes without its length in the type.
    ///
    /// - Throws: `messageByteCount`; the key is gone then too.
    consuming func sign(bytes: [UInt8]) throws(SecretsError) -> CompositionSignature {
        guard let message = Bytes20(bytes) else {
            throw .messageByteCount(bytes.count, expected: CompositionCode.messageByteCount)
        }
        return sign(message)
    }
}
