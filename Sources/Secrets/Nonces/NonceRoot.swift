package import Curve
package import MuSig2
package import Primitives

/// One nonce of a signing session, with all that is known before the other signers answer.
package struct NonceRequest: Sendable {
    /// Digest of everything that the session is about.
    package let sessionDigest: Bytes32
    /// 0-based place among the session's signatures; no two requests of a session share one.
    package let index: Int
    /// The signers' keys with all tweaks.
    package let keys: KeyAggContext
    package let message: [UInt8]

    package init(sessionDigest: Bytes32, index: Int, keys: KeyAggContext, message: [UInt8]) {
        self.sessionDigest = sessionDigest
        self.index = index
        self.keys = keys
        self.message = message
    }

    /// `session digest ‖ index`, eight bytes big-endian.
    fileprivate var place: [UInt8] {
        var writer = ByteWriter()
        writer.append(sessionDigest.bytes)
        writer.appendUInt64BE(UInt64(index))
        return writer.bytes
    }
}

/// A request whose session is complete: the other signers' nonces have come.
package struct SigningRequest: Sendable {
    package let nonce: NonceRequest
    /// Aggregate of all nonces, the own one included.
    package let aggNonce: AggNonce

    package init(nonce: NonceRequest, aggNonce: AggNonce) {
        self.nonce = nonce
        self.aggNonce = aggNonce
    }
}

/// The 32 secret bytes of one signing session, from which all its nonces follow.
///
/// What has to be kept safe between two visits is this root, not thousands of nonces. Whoever holds
/// it must burn it in a ledger before it signs with any nonce of it, and must never sign again.
package struct NonceRoot: ~Copyable, Sendable {
    /// How many bytes a root has.
    package static let byteCount = 32

    private static let randomnessHash = SecretTaggedHash("BitVMX/nonce/v1")

    private let page: SecretPage

    /// Takes over a page of exactly 32 bytes, for example out of the vault.
    package init(_ page: consuming SecretPage) throws(SecretsError) {
        let count = page.byteCount
        guard count == Self.byteCount else {
            throw .byteCount(count, allowed: Self.byteCount...Self.byteCount)
        }
        self.page = page
    }

    /// A fresh root out of the kernel's randomness.
    package static func generate() throws(SecretsError) -> NonceRoot {
        try NonceRoot(try KernelRandom.page(byteCount: byteCount))
    }

    /// Lends the secret bytes, for the vault alone.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try page.withBytes(body)
    }

    /// The nonce of a request.
    ///
    /// `rand'` of NonceGen is the tagged hash of root, session digest and index; NonceGen then
    /// mixes in the secret key, the aggregate key, the message, and digest and index once more.
    package borrowing func secNonce(
        _ request: NonceRequest, key: borrowing SecretKey
    ) throws(SecretsError) -> SecNonce {
        let place = request.place
        let input = NonceInput(
            aggregateKey: request.keys.xOnly.bytes32, message: request.message,
            extraInput: place
        ).encoded
        var scratch = try SecretBuffer(capacity: SecNonce.scratchByteCount(input))
        scratch.restart(Self.randomnessHash)
        page.withBytes { scratch.append($0) }
        scratch.append(place)
        var randomness = try SecretPage.make(byteCount: 32)
        randomness.withMutableBytes { scratch.hash(into: &$0) }
        return try SecNonce.generate(
            randomness: randomness, key: key, encoded: input, &scratch)
    }

    /// The public nonces of many requests, on all processors.
    package borrowing func pubNonces(
        _ requests: [NonceRequest], key: borrowing SecretKey
    ) throws(SecretsError) -> [PubNonce] {
        try ParallelMap.concurrentMap(count: requests.count) { index throws(SecretsError) in
            try secNonce(requests[index], key: key).pubNonce
        }
    }

    /// The partial signatures of many sessions, on all processors.
    ///
    /// The root is gone afterwards, also when this throws.
    ///
    /// - Throws: The error of the first request that has no signature.
    package consuming func partialSignatures(
        _ requests: [SigningRequest], key: borrowing SecretKey
    ) throws(PartialSignError) -> [PartialSignature] {
        try sign(requests, key)
    }

    private borrowing func sign(
        _ requests: [SigningRequest], _ key: borrowing SecretKey
    ) throws(PartialSignError) -> [PartialSignature] {
        try ParallelMap.concurrentMap(count: requests.count) { index throws(PartialSignError) in
            let request = requests[index]
            let nonce: SecNonce
            do throws(SecretsError) {
                nonce = try secNonce(request.nonce, key: key)
            } catch {
                throw .secret(error)
            }
            let session = SessionContext(
                aggNonce: request.aggNonce, keys: request.nonce.keys,
                message: request.nonce.message)
            return try nonce.partialSign(session, with: key)
        }
    }
}
