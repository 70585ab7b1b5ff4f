import Curve
import MuSig2
import Primitives
import Secrets
import TestSupport
import Winternitz

/// One side of a dispute with its seed: all its secrets are derived as a signer derives them.
final class DisputeParty {
    private let derivation: SecretDerivation
    private let ceremony: Bytes32
    private let root: [UInt8]

    /// - Parameter name: Determines the seed, and therefore everything.
    init(_ name: String) throws {
        let digest = SHA256.hash(Array("seed of \(name)".utf8))
        derivation = try SecretDerivation(
            seed: Seed(.holding(digest.bytes + SHA256.hash(digest.bytes).bytes)))
        ceremony = SHA256.hash(Array("leaves on a real chain".utf8))
        root = SHA256.hash(Array("nonces of \(name)".utf8)).bytes
    }

    // MARK: One-time keys

    /// The key of profile 1 for a value.
    ///
    /// Derived again for every signature: only here does one value get several.
    func winternitzKey(_ value: String, byteCount: Int) throws -> WinternitzSecretKey {
        let parameters = try WinternitzParameters(messageByteCount: byteCount)
        switch try derivation.oneTimeKey(context(value, .base16(parameters))) {
        case .base16(let key): return key
        case .composition: throw OtherProfile()
        }
    }

    /// The key of profile 2 for a value.
    func compositionKey(_ value: String) throws -> CompositionSecretKey {
        switch try derivation.oneTimeKey(context(value, .composition)) {
        case .base16: throw OtherProfile()
        case .composition(let key): return key
        }
    }

    private func context(_ value: String, _ parameters: OneTimeParameters) -> OneTimeContext {
        OneTimeContext(
            network: .regtest, ceremony: ceremony, instance: [1], variable: value,
            parameters: parameters)
    }

    /// A key was derived that is not of the profile that its context says.
    private struct OtherProfile: Error {}

    // MARK: The key of both

    /// The share of the key that the leaves ask for.
    func signingKey() throws -> SecretKey {
        try derivation.signingKey(.regtest, ceremony: ceremony, role: "arena")
    }

    /// The first visit.
    func pubNonce(_ request: NonceRequest) throws -> PubNonce {
        try NonceRoot(.holding(root)).secNonce(request, key: signingKey()).pubNonce
    }

    /// The second visit.
    func partialSignature(_ request: SigningRequest) throws -> PartialSignature {
        try NonceRoot(.holding(root)).secNonce(request.nonce, key: signingKey()).partialSign(
            SessionContext(
                aggNonce: request.aggNonce, keys: request.nonce.keys,
                message: request.nonce.message), with: signingKey())
    }
}
