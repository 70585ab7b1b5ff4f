import Curve
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

// The published vectors of NonceGen, Sign and DeterministicSign are run by MuSig2Tests.

@Suite("SecNonce")
struct SecNonceTests {
    @Test("a nonce refuses a key that it was not made for")
    func boundToKey() throws {
        let signers = try Signers(count: 2, seed: 1)
        let session = try signers.session(message: [1])
        #expect(throws: PartialSignError.nonceOfAnotherKey) {
            _ = try signers.nonce(of: 0, message: [1])
                .partialSign(session, with: signers.key(1))
        }
    }

    @Test("a nonce whose public half is not in the session gives no valid signature of others")
    func foreignSession() throws {
        // The own partial signature verifies against the own nonce: that others sent a wrong
        // aggregate shows only when all signatures are put together.
        let signers = try Signers(count: 2, seed: 2)
        let session = try signers.session(message: [1])
        let nonce = try signers.nonce(of: 0, message: [2])
        let stranger = nonce.pubNonce
        let signature = try nonce.partialSign(session, with: signers.key(0))
        #expect(
            signature.verify(pubNonce: stranger, signerIndex: signers.place(0), session: session))
        let right = try signers.nonce(of: 0, message: [1]).pubNonce
        #expect(
            !signature.verify(pubNonce: right, signerIndex: signers.place(0), session: session))
    }

    @Test("randomness of another length is refused", arguments: [1, 31, 33])
    func randomnessLength(byteCount: Int) throws {
        let input = NonceInput(aggregateKey: nil, message: nil, extraInput: nil)
        let key = try Signers(count: 1, seed: 3).key(0)
        let publicKey = key.publicKey
        var refusals: [SecretsError] = []
        do throws(SecretsError) {
            _ = try SecNonce.generate(
                randomness: try KernelRandom.page(byteCount: byteCount), key: key, input: input)
        } catch {
            refusals.append(error)
        }
        do throws(SecretsError) {
            _ = try SecNonce.generate(
                randomness: try KernelRandom.page(byteCount: byteCount), publicKey: publicKey,
                input: input)
        } catch {
            refusals.append(error)
        }
        let expected = SecretsError.byteCount(byteCount, allowed: 32...32)
        #expect(refusals == [expected, expected])
    }

    @Test("signers together make a BIP-340 signature", arguments: [1, 2, 3, 7])
    func together(count: Int) throws {
        for seed in 0..<10 as Range<UInt64> {
            let signers = try Signers(count: count, seed: seed * 100)
            let message = Array(0..<UInt8(seed * 7))
            let session = try signers.session(message: message)
            var partials: [PartialSignature] = []
            for signerIndex in 0..<count {
                let nonce = try signers.nonce(of: signerIndex, message: message)
                partials.append(
                    try nonce.partialSign(session, with: signers.key(signerIndex)))
            }
            let signature = try SchnorrSignature(aggregating: partials, session: session)
            #expect(signers.keys.xOnly.verify(signature, message: message))
        }
    }
}
