package import Curve
package import Primitives

/// Derives the secrets of an operator from the seed, each bound to everything that it is for.
///
/// HKDF-SHA256 (RFC 5869): extracted once from the seed, expanded with a `DerivationContext`.
package struct SecretDerivation: ~Copyable {
    private static let salt = Array("BitVMX Airgap secrets v1".utf8)

    private let pseudorandomKey: SecretPage

    package init(seed: borrowing Seed) throws(SecretsError) {
        var page = try SecretPage.make(byteCount: 32)
        seed.withBytes { seed in
            page.withMutableBytes { HKDF.extract(from: seed, salt: Self.salt.span, into: &$0) }
        }
        pseudorandomKey = page
    }

    /// The key that signs an operator's bundles.
    package borrowing func identityKey(_ network: KeyNetwork) throws(SecretsError) -> SecretKey {
        var context = try DerivationContext("identity/v1")
        try context.append(network)
        return try key(context)
    }

    /// The key of one role in one ceremony.
    ///
    /// - Parameter role: The role's name; at most 100 bytes.
    package borrowing func signingKey(
        _ network: KeyNetwork, ceremony: Bytes32, role: String
    ) throws(SecretsError) -> SecretKey {
        var context = try DerivationContext("signing/v1")
        try context.append(network)
        try context.append(ceremony.bytes)
        try context.append(role)
        return try key(context)
    }

    /// Fills a page with the secret of a context.
    borrowing func expand(
        _ context: DerivationContext, into output: inout MutableSpan<UInt8>
    ) {
        let info = context.bytes
        pseudorandomKey.withBytes { HKDF.expand($0, info: info.span, into: &output) }
    }

    private borrowing func key(_ context: DerivationContext) throws(SecretsError) -> SecretKey {
        try Self.firstKey { counter, bytes throws(SecretsError) in
            var context = context
            try context.append(counter)
            expand(context, into: &bytes)
        }
    }

    /// The first candidate that is a number in 1…n-1.
    ///
    /// - Parameter candidate: Fills 32 bytes for a counter from 0; one in 2^127 is no key.
    package static func firstKey(
        _ candidate: (UInt32, inout MutableSpan<UInt8>) throws(SecretsError) -> Void
    ) throws(SecretsError) -> SecretKey {
        var counter: UInt32 = 0
        while true {
            var page = try SecretPage.make(byteCount: 32)
            let isValid = try page.withMutableBytes { bytes throws(SecretsError) in
                try candidate(counter, &bytes)
                return SecretScalar.isValid(bytes.span)
            }
            if isValid { return try SecretKey.make(page, orNoKeyAt: counter) }
            counter += 1
        }
    }
}
