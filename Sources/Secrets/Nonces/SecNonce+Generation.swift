package import Curve
package import Primitives

extension SecNonce {
    private static let auxiliaryHash = SecretTaggedHash("MuSig/aux")
    private static let nonceHash = SecretTaggedHash("MuSig/nonce")

    /// NonceGen of BIP-327 with the secret key, which protects against weak randomness.
    ///
    /// - Parameters:
    ///   - randomness: `rand'`: 32 bytes, uniform and never used before; wiped.
    ///   - key: The key that will sign.
    package static func generate(
        randomness: consuming SecretPage, key: borrowing SecretKey, input: NonceInput
    ) throws(SecretsError) -> SecNonce {
        let masked = try mask(key, with: randomness)
        return try generate(masked: masked, publicKey: key.publicKey, input: input)
    }

    /// NonceGen of BIP-327 without a secret key: all depends on the randomness.
    ///
    /// - Parameters:
    ///   - randomness: `rand'`: 32 bytes, uniform and never used before; wiped.
    ///   - publicKey: The key that will sign.
    package static func generate(
        randomness: consuming SecretPage, publicKey: PublicKey, input: NonceInput
    ) throws(SecretsError) -> SecNonce {
        try generate(masked: randomness, publicKey: publicKey, input: input)
    }

    /// `sk xor hash_MuSig/aux(rand)`.
    static func mask(
        _ key: borrowing SecretKey, with randomness: borrowing SecretPage
    ) throws(SecretsError) -> SecretPage {
        let count = randomness.byteCount
        guard count == 32 else { throw .byteCount(count, allowed: 32...32) }
        var buffer = try auxiliaryHash.begin(capacity: count)
        randomness.withBytes { buffer.append($0) }
        var masked = try SecretPage.make(byteCount: 32)
        masked.withMutableBytes { masked in
            buffer.hash(into: &masked)
            key.withBytes { key in
                for index in key.indices {
                    masked[index] ^= key[index]
                }
            }
        }
        return masked
    }

    private static func generate(
        masked: consuming SecretPage, publicKey: PublicKey, input: NonceInput
    ) throws(SecretsError) -> SecNonce {
        let count = masked.byteCount
        guard count == 32 else { throw .byteCount(count, allowed: 32...32) }
        let key = publicKey.bytes
        let encoded = input.encoded
        var buffer = try nonceHash.begin(capacity: count + 1 + key.count + encoded.count + 1)
        masked.withBytes { buffer.append($0) }
        buffer.append(UInt8(key.count))
        buffer.append(key)
        buffer.append(encoded)
        return try SecNonce(hashing: buffer, publicKey: publicKey)
    }

    /// The nonce whose numbers are the hashes of a buffer followed by 0 and by 1.
    init(hashing buffer: consuming SecretBuffer, publicKey: PublicKey) throws(SecretsError) {
        var buffer = buffer
        let first = try Self.scalar(&buffer, 0)
        let second = try Self.scalar(&buffer, 1)
        try self.init(first, second, publicKey: publicKey)
    }

    private static func scalar(
        _ buffer: inout SecretBuffer, _ number: UInt8
    ) throws(SecretsError) -> SecretPage {
        let count = buffer.count
        buffer.append(number)
        var page = try SecretPage.make(byteCount: 32)
        do throws(SecretScalarError) {
            try page.withMutableBytes { bytes throws(SecretScalarError) in
                buffer.hash(into: &bytes)
                try SecretScalar.reduce(&bytes)
            }
        } catch {
            throw .nonceOutOfRange
        }
        buffer.truncate(to: count)
        return page
    }
}
