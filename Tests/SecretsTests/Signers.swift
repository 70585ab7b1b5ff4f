import Curve
import MuSig2
import Primitives
import Secrets
import TestSupport

/// Signers with reproducible keys and nonces, whose aggregate key has a taproot tweak.
struct Signers {
    private let secrets: [[UInt8]]
    private let publicKeys: [PublicKey]
    let keys: KeyAggContext

    init(count: Int, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        secrets = (0..<count).map { _ in random.bytes(count: 32) }
        publicKeys = try secrets.map { try SecretKey(validating: .holding($0)).publicKey }
        let aggregate = try KeyAggContext(publicKeys.sorted())
        keys = try aggregate.applyingTweak(
            aggregate.xOnly.tapTweak(merkleRoot: SHA256.hash([1, 2, 3])), .xOnly)
    }

    func key(_ signerIndex: Int) throws -> SecretKey {
        try SecretKey(validating: .holding(secrets[signerIndex]))
    }

    /// The signer's place among the aggregated keys.
    func place(_ signerIndex: Int) -> Int {
        keys.publicKeys.firstIndex(of: publicKeys[signerIndex]) ?? -1
    }

    func root(_ signerIndex: Int) throws -> NonceRoot {
        try NonceRoot(.holding(Array(repeating: UInt8(signerIndex + 1), count: 32)))
    }

    func request(index: Int = 0, message: [UInt8]) -> NonceRequest {
        NonceRequest(sessionDigest: .zero, index: index, keys: keys, message: message)
    }

    func nonce(of signerIndex: Int, message: [UInt8]) throws -> SecNonce {
        try root(signerIndex).secNonce(request(message: message), key: key(signerIndex))
    }

    func session(message: [UInt8]) throws -> SessionContext {
        var nonces: [PubNonce] = []
        for signerIndex in secrets.indices {
            nonces.append(try nonce(of: signerIndex, message: message).pubNonce)
        }
        return SessionContext(
            aggNonce: try AggNonce(aggregating: nonces), keys: keys, message: message)
    }
}
