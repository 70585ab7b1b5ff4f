import Curve
import MuSig2
import Primitives
import Secrets
import TestSupport
import Testing

/// A session of signers whose secrets come from a seed, signed by our implementation.
private struct OracleCase {
    struct Signer {
        let secret: [UInt8]
        let randomness: [UInt8]
        let extra: [UInt8]
        let publicKey: PublicKey
        let pubNonce: PubNonce
    }
    let signers: [Signer]
    let tweaks: [Tweak]
    let session: SessionContext
    let signatures: [PartialSignature]

    /// Two to fifteen signers, now and then one of them twice, and none to four tweaks.
    init(_ random: inout SplitMix64) throws {
        let signerCount = Int.random(in: 2...15, using: &random)
        var secrets = (0..<signerCount).map { _ in Self.scalar(&random).bytes }
        if Int.random(in: 0..<8, using: &random) == 0 {
            secrets[signerCount - 1] = secrets[0]
        }
        tweaks = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Tweak(Self.scalar(&random), Bool.random(using: &random) ? .plain : .xOnly)
        }
        let message = random.bytes(count: 32)
        var keys = try KeyAggContext(
            try secrets.map { try secretKey($0).publicKey })
        for tweak in tweaks {
            keys = try keys.applying(tweak)
        }
        var signers: [Signer] = []
        for secret in secrets {
            let (randomness, extra) = (random.bytes(count: 32), random.bytes(count: 32))
            let nonce = try Self.nonce(secret, randomness, extra, keys, message)
            signers.append(
                Signer(
                    secret: secret, randomness: randomness, extra: extra,
                    publicKey: nonce.publicKey, pubNonce: nonce.pubNonce))
        }
        let session = SessionContext(
            aggNonce: try AggNonce(aggregating: signers.map(\.pubNonce)), keys: keys,
            message: message)
        signatures = try signers.map { signer in
            let nonce = try Self.nonce(
                signer.secret, signer.randomness, signer.extra, keys, message)
            return try nonce.partialSign(session, with: try secretKey(signer.secret))
        }
        self.signers = signers
        self.session = session
    }

    private static func scalar(_ random: inout SplitMix64) -> Scalar {
        Scalar(random.bytes(count: 32)) ?? .one
    }

    private static func nonce(
        _ secret: [UInt8], _ randomness: [UInt8], _ extra: [UInt8], _ keys: KeyAggContext,
        _ message: [UInt8]
    ) throws -> SecNonce {
        try SecNonce.generate(
            randomness: try page(randomness), key: try secretKey(secret),
            input: NonceInput(
                aggregateKey: keys.xOnly.bytes32, message: message, extraInput: extra))
    }

    var request: String {
        var fields = ["\(signers.count) \(tweaks.count)", Hex.encode(session.message)]
        for (signer, signature) in zip(signers, signatures) {
            fields += [
                Hex.encode(signer.secret), Hex.encode(signer.randomness),
                Hex.encode(signer.extra), signer.pubNonce.description, signature.description,
            ]
        }
        for tweak in tweaks {
            fields += [tweak.mode == .plain ? "p" : "x", tweak.scalar.description]
        }
        return fields.joined(separator: " ")
    }

    /// Compares every field of the answer with ours, and judges the other side's signatures here.
    func check(_ answer: String, _ note: Comment) throws {
        let fields = answer.split(separator: " ").map(String.init)
        try #require(fields.count == 2 + 4 * signers.count + 2, note)
        #expect(fields[0] == session.keys.aggregateKey.hex, note)
        #expect(fields[1] == Hex.encode(session.aggNonce.bytes), note)
        var theirs: [PartialSignature] = []
        for (signerIndex, signer) in signers.enumerated() {
            let answer = Array(fields[(2 + 4 * signerIndex)..<(6 + 4 * signerIndex)])
            #expect(answer[0] == signer.pubNonce.description, note)
            #expect(answer[1] == signatures[signerIndex].description, note)
            #expect(answer[2] == "1", note)
            #expect(answer[3] == "0", note)
            let signature = try PartialSignature(decoding: Hex.decode(answer[1]))
            #expect(isAccepted(signature, of: signerIndex), note)
            #expect(!isAccepted(signature, of: (signerIndex + 1) % signers.count), note)
            theirs.append(signature)
        }
        let ours = try session.signature(
            aggregating: theirs, pubNonces: signers.map(\.pubNonce))
        #expect(fields[fields.count - 2] == ours.hex, note)
        #expect(fields[fields.count - 1] == "1", note)
    }

    private func isAccepted(_ signature: PartialSignature, of signerIndex: Int) -> Bool {
        signature.verify(
            pubNonce: signers[signerIndex].pubNonce, signerIndex: signerIndex, session: session)
    }
}

@Suite("MuSig2 against libsecp256k1's own module")
struct MusigOracleTests {
    @Test(
        "1,000 random sessions: same keys, nonces and signatures, each accepted by the other side",
        .enabled(
            if: MusigOracle.isAvailable,
            "libsecp256k1 with its musig module is not there: run Airgap/setup-musig-oracle"))
    func sessions() throws {
        let seed: UInt64 = 0xB17C_0327
        var random = SplitMix64(seed: seed)
        let cases = try (0..<1_000).map { _ in try OracleCase(&random) }
        let answers = try MusigOracle.answers(to: cases.map(\.request))
        try #require(answers.count == cases.count)
        for (index, answer) in answers.enumerated() {
            try cases[index].check(answer, "seed \(seed), case \(index)")
        }
    }
}
