import Curve
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("NonceRoot")
struct NonceRootTests {
    @Test("a root gives the same nonce again, so that only the root needs keeping")
    func reproducible() throws {
        let signers = try Signers(count: 2, seed: 5)
        let first = try signers.nonce(of: 0, message: [1]).pubNonce
        #expect(try signers.nonce(of: 0, message: [1]).pubNonce == first)
    }

    @Test("another root, key, session, index, aggregate key or message gives another nonce")
    func separation() throws {
        let signers = try Signers(count: 2, seed: 6)
        let others = try Signers(count: 2, seed: 7)
        let digest = SHA256.hash([9])
        var requests: [NonceRequest] = []
        for session in [Bytes32.zero, digest] {
            for index in [0, 1, 256, 1 << 40] {
                for keys in [signers.keys, others.keys] {
                    for message in [[], [0], [0, 0]] as [[UInt8]] {
                        requests.append(
                            NonceRequest(
                                sessionDigest: session, index: index, keys: keys,
                                message: message))
                    }
                }
            }
        }
        var seen: Set<PublicKey> = []
        var count = 0
        for signerIndex in 0..<2 {
            for root in 0..<2 {
                let nonces = try signers.root(root).pubNonces(
                    requests, key: signers.key(signerIndex))
                for nonce in nonces {
                    seen.insert(nonce.first)
                    seen.insert(nonce.second)
                    count += 2
                }
            }
        }
        #expect(count == 4 * 2 * 48)
        #expect(seen.count == count)
    }

    @Test("a batch is the same as its requests one by one, and its signatures are valid")
    func batch() throws {
        let signers = try Signers(count: 3, seed: 8)
        let requests = (0..<40).map { index in
            signers.request(index: index, message: SHA256.hash([UInt8(index)]).bytes)
        }
        var nonces: [[PubNonce]] = []
        for signerIndex in 0..<3 {
            let batch = try signers.root(signerIndex).pubNonces(
                requests, key: signers.key(signerIndex))
            for (request, nonce) in zip(requests, batch) {
                let single = try signers.root(signerIndex).secNonce(
                    request, key: signers.key(signerIndex)
                ).pubNonce
                #expect(single == nonce)
            }
            nonces.append(batch)
        }
        let complete = try requests.indices.map { index in
            SigningRequest(
                nonce: requests[index],
                aggNonce: try AggNonce(aggregating: nonces.map { $0[index] }))
        }
        var partials: [[PartialSignature]] = []
        for signerIndex in 0..<3 {
            partials.append(
                try signers.root(signerIndex).partialSignatures(
                    complete, key: signers.key(signerIndex)))
        }
        for (index, request) in complete.enumerated() {
            let session = SessionContext(
                aggNonce: request.aggNonce, keys: signers.keys, message: request.nonce.message)
            let signature = try SchnorrSignature(
                aggregating: partials.map { $0[index] }, session: session)
            #expect(signers.keys.xOnly.verify(signature, message: request.nonce.message))
        }
    }

    @Test("one bad request makes the whole batch fail")
    func batchFailure() throws {
        let signers = try Signers(count: 2, seed: 9)
        let strangers = try Signers(count: 2, seed: 10)
        let aggNonce = try signers.session(message: [1]).aggNonce
        let good = SigningRequest(nonce: signers.request(message: [1]), aggNonce: aggNonce)
        let bad = SigningRequest(
            nonce: strangers.request(index: 1, message: [1]), aggNonce: aggNonce)
        #expect(throws: PartialSignError.signerNotAmongKeys) {
            _ = try signers.root(0).partialSignatures([good, bad], key: signers.key(0))
        }
    }

    @Test("roots are 32 bytes, and fresh")
    func roots() throws {
        #expect(throws: SecretsError.byteCount(31, allowed: 32...32)) {
            _ = try NonceRoot(SecretPage(byteCount: 31))
        }
        let first = try NonceRoot.generate().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        let second = try NonceRoot.generate().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        #expect(first != second)
    }
}
