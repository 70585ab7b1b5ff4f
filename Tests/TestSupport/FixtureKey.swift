package import Curve
package import Primitives

/// A key pair that a text determines: reproducible, and therefore for tests only.
package struct FixtureKey: Hashable, Sendable {
    /// In 1…n-1.
    package let secret: Scalar
    package let publicKey: PublicKey

    /// The same text always gives the same pair.
    package init(_ seed: String) throws {
        let digest = TaggedHash("BitVMX/test-key").hash(Array(seed.utf8))
        secret = Scalar(reducing: digest)
        publicKey = try PublicKey(generatorTimes: secret)
    }

    private init(secret: Scalar, publicKey: PublicKey) {
        self.secret = secret
        self.publicKey = publicKey
    }

    /// The pair with the same x coordinate and the other y.
    package var negated: FixtureKey {
        FixtureKey(secret: secret.negated, publicKey: publicKey.negated)
    }

    package var xOnly: XOnlyPublicKey { publicKey.xOnly }

    /// The secret on a page of its own, as the programs hold it.
    package func secretKey() throws -> SecretKey {
        var page = try SecretPage(byteCount: 32)
        let bytes = secret.bytes
        page.withMutableBytes { target in
            for index in bytes.indices {
                target[index] = bytes[index]
            }
        }
        return try SecretKey(validating: page)
    }

    /// A BIP-340 signature with zeros for randomness: the same every time.
    package func sign(_ digest: Bytes32) throws -> SchnorrSignature {
        try secretKey().schnorrSign(message: digest.bytes, auxiliary: .zero)
    }
}
