package import Curve
package import MuSig2
package import Primitives

/// DeterministicSign of BIP-327: the signer who comes last needs no stored nonce.
///
/// At most one signer of a session may sign so, and only with the nonces of all others in hand:
/// the nonce follows from them, so that other nonces give another nonce, and repeating the call
/// gives the same bytes.
package enum DeterministicSign {
    private static let nonceHash = SecretTaggedHash("MuSig/deterministic/nonce")

    /// The public nonce and the partial signature of the last signer.
    package struct Result: Hashable, Sendable {
        package let pubNonce: PubNonce
        package let signature: PartialSignature
    }

    /// Everything that a signature of the last signer depends on, besides its key.
    package struct Request: Sendable {
        /// Aggregate of the nonces of all other signers.
        package let aggOtherNonce: AggNonce
        /// All signers' keys with all tweaks.
        package let keys: KeyAggContext
        package let message: [UInt8]
        /// Optional randomness; the scheme is safe without and with any.
        package let randomness: Bytes32?

        package init(
            aggOtherNonce: AggNonce, keys: KeyAggContext, message: [UInt8], randomness: Bytes32?
        ) {
            self.aggOtherNonce = aggOtherNonce
            self.keys = keys
            self.message = message
            self.randomness = randomness
        }
    }

    /// Signs.
    ///
    /// - Throws: `otherNonceAtInfinity`, `signerNotAmongKeys`, and what `partialSign` throws.
    package static func sign(
        _ request: Request, with key: borrowing SecretKey
    ) throws(PartialSignError) -> Result {
        guard let first = request.aggOtherNonce.first.key,
            let second = request.aggOtherNonce.second.key
        else { throw .otherNonceAtInfinity }
        let nonce: SecNonce
        do throws(SecretsError) {
            nonce = try secNonce(request, key)
        } catch {
            throw .secret(error)
        }
        let pubNonce = nonce.pubNonce
        let aggNonce: AggNonce
        do throws(MuSig2Error) {
            aggNonce = try AggNonce(aggregating: [pubNonce, PubNonce(first, second)])
        } catch {
            throw .degenerateSession
        }
        let session = SessionContext(
            aggNonce: aggNonce, keys: request.keys, message: request.message)
        return Result(
            pubNonce: pubNonce, signature: try nonce.partialSign(session, with: key))
    }

    private static func secNonce(
        _ request: Request, _ key: borrowing SecretKey
    ) throws(SecretsError) -> SecNonce {
        var known = ByteWriter()
        known.append(request.aggOtherNonce.bytes)
        known.append(request.keys.xOnly.bytes)
        known.appendUInt64BE(UInt64(request.message.count))
        known.append(request.message)
        var buffer = try nonceHash.begin(capacity: 32 + known.bytes.count + 1)
        if let randomness = request.randomness {
            let page = try SecretPage.make(copying: randomness.bytes.span)
            let masked = try SecNonce.mask(key, with: page, &buffer)
            buffer.restart(nonceHash)
            masked.withBytes { buffer.append($0) }
        } else {
            key.withBytes { buffer.append($0) }
        }
        buffer.append(known.bytes)
        return try SecNonce(hashing: &buffer, publicKey: key.publicKey)
    }
}
