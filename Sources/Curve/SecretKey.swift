import CSecp256k1
package import Primitives

/// Why bytes are no secret key; says nothing of the bytes.
package enum SecretKeyError: Error {
    /// Not 32 bytes of a number in 1…n-1.
    case outOfRange
    /// No locked memory.
    case page(SecretPageError)
}

/// A secret key on locked pages that are wiped when it goes away.
package struct SecretKey: ~Copyable, Sendable {
    /// The point that belongs to the secret.
    package let publicKey: PublicKey
    private let page: SecretPage
    /// libsecp256k1's key pair, which holds the secret again.
    private let keyPair: SecretPage

    /// Takes over a page with 32 secret bytes.
    package init(validating page: consuming SecretPage) throws(SecretKeyError) {
        // All or nothing: a struct that cannot be copied must not be half initialised on a throw.
        let publicKey = try Self.publicKey(of: page)
        let keyPair = try Self.makeKeyPair(page)
        self.publicKey = publicKey
        self.keyPair = keyPair
        self.page = page
    }

    private static func publicKey(
        of page: borrowing SecretPage
    ) throws(SecretKeyError) -> PublicKey {
        do throws(SecretScalarError) {
            return try page.withBytes { bytes throws(SecretScalarError) in
                try SecretScalar.publicKey(of: bytes)
            }
        } catch { throw .outOfRange }
    }

    private static func emptyKeyPair() throws(SecretKeyError) -> SecretPage {
        do throws(SecretPageError) {
            return try SecretPage(byteCount: MemoryLayout<secp256k1_keypair>.size)
        } catch { throw .page(error) }
    }

    private static func makeKeyPair(
        _ page: borrowing SecretPage
    ) throws(SecretKeyError) -> SecretPage {
        var keyPair = try emptyKeyPair()
        let result = page.withBytes { secret in
            keyPair.withMutableBytes { pair in
                unsafe pair.withUnsafeMutableBufferPointer { pair in
                    unsafe pair.start.withMemoryRebound(to: secp256k1_keypair.self, capacity: 1) {
                        pair in
                        unsafe secret.withUnsafeBufferPointer { secret in
                            unsafe secp256k1_keypair_create(
                                CurveContext.shared.pointer, pair, secret.start)
                        }
                    }
                }
            }
        }
        precondition(result == 1, "a secret with a public key has a key pair")
        return keyPair
    }

    /// Lends the 32 secret bytes.
    package borrowing func withBytes<R, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try page.withBytes(body)
    }

    /// A BIP-340 signature, verified before it is returned.
    ///
    /// - Parameters:
    ///   - message: Any length.
    ///   - auxiliary: The auxiliary randomness a of BIP-340; fresh, or all zero.
    package borrowing func schnorrSign(
        message: [UInt8], auxiliary: Bytes32
    ) -> SchnorrSignature {
        var auxiliary = auxiliary.bytes
        var bytes = [UInt8](repeating: 0, count: 64)
        let result = keyPair.withBytes { pair in
            unsafe pair.withUnsafeBufferPointer { pair in
                unsafe pair.start.withMemoryRebound(to: secp256k1_keypair.self, capacity: 1) {
                    pair in
                    unsafe auxiliary.withUnsafeMutableBytes { auxiliary in
                        var parameters = unsafe secp256k1_schnorrsig_extraparams(
                            magic: (0xda, 0x6f, 0xb3, 0x8c), noncefp: nil,
                            ndata: auxiliary.baseAddress)
                        return unsafe secp256k1_schnorrsig_sign_custom(
                            CurveContext.shared.pointer, &bytes, message, message.count, pair,
                            &parameters)
                    }
                }
            }
        }
        guard result == 1, let signature = SchnorrSignature(bytes),
            publicKey.xOnly.verify(signature, message: message)
        else { preconditionFailure("a valid key pair makes valid signatures") }
        return signature
    }
}
