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
        let encoded = input.encoded
        var scratch = try SecretBuffer(capacity: scratchByteCount(encoded))
        return try generate(randomness: randomness, key: key, encoded: encoded, &scratch)
    }

    /// NonceGen of BIP-327 without a secret key: all depends on the randomness.
    ///
    /// - Parameters:
    ///   - randomness: `rand'`: 32 bytes, uniform and never used before; wiped.
    ///   - publicKey: The key that will sign.
    package static func generate(
        randomness: consuming SecretPage, publicKey: PublicKey, input: NonceInput
    ) throws(SecretsError) -> SecNonce {
        let encoded = input.encoded
        var scratch = try SecretBuffer(capacity: scratchByteCount(encoded))
        return try generate(
            masked: randomness, publicKey: publicKey, encoded: encoded, &scratch)
    }

    /// Bytes that hashing one nonce takes; no other hash on its way takes more.
    ///
    /// - Parameter encoded: `NonceInput.encoded`.
    static func scratchByteCount(_ encoded: [UInt8]) -> Int {
        SecretTaggedHash.prefixByteCount + 32 + 1 + 33 + encoded.count + 1
    }

    /// NonceGen on a buffer that the caller has; locked memory is slow to get.
    static func generate(
        randomness: consuming SecretPage, key: borrowing SecretKey, encoded: [UInt8],
        _ scratch: inout SecretBuffer
    ) throws(SecretsError) -> SecNonce {
        let masked = try mask(key, with: randomness, &scratch)
        return try generate(
            masked: masked, publicKey: key.publicKey, encoded: encoded, &scratch)
    }

    /// `sk xor hash_MuSig/aux(rand)`, in the place of `rand`.
    static func mask(
        _ key: borrowing SecretKey, with randomness: consuming SecretPage,
        _ scratch: inout SecretBuffer
    ) throws(SecretsError) -> SecretPage {
        let count = randomness.byteCount
        guard count == 32 else { throw .byteCount(count, allowed: 32...32) }
        scratch.restart(auxiliaryHash)
        randomness.withBytes { scratch.append($0) }
        var masked = randomness
        masked.withMutableBytes { masked in
            scratch.hash(into: &masked)
            key.withBytes { key in
                for index in key.indices {
                    masked[index] ^= key[index]
                }
            }
        }
        return masked
    }

    private static func generate(
        masked: consuming SecretPage, publicKey: PublicKey, encoded: [UInt8],
        _ scratch: inout SecretBuffer
    ) throws(SecretsError) -> SecNonce {
        let count = masked.byteCount
        guard count == 32 else { throw .byteCount(count, allowed: 32...32) }
        let key = publicKey.bytes
        scratch.restart(nonceHash)
        masked.withBytes { scratch.append($0) }
        scratch.append(UInt8(key.count))
        scratch.append(key)
        scratch.append(encoded)
        return try SecNonce(hashing: &scratch, publicKey: publicKey)
    }

    /// The nonce whose numbers are the hashes of a buffer followed by 0 and by 1.
    init(hashing buffer: inout SecretBuffer, publicKey: PublicKey) throws(SecretsError) {
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
