import Bitcoin
import Curve
import Exchange
import Model
import MuSig2
import Primitives

/// Encoding, signing, decoding and verifying the largest bundles of a ceremony.
enum BundleSuite {
    static let nonceCount = 5_000

    static func run() throws -> SuiteReport {
        var report = SuiteReport("bundle (\(nonceCount) public nonces)")
        let response = try nonces(signer: 0)
        let encode = try Measurement.repeated("encode and sign") {
            _ = try seal(response, signer: 0)
        }
        let bundle = try seal(response, signer: 0)
        let decode = try Measurement.repeated("decode, verify signature, check points") {
            let read = try SignedBundle(decoding: bundle.bytes)
            _ = try NoncesResponse.decoded(from: read.envelope.payload)
        }
        report.measurements = [encode, decode]
        report.figures = [("size", bundle.bytes.count, "bytes")]
        return report
    }

    /// The public nonces that the signer with a number could have.
    static func nonces(signer: Int) throws -> NoncesResponse {
        // Multiples of one point: valid, distinct, and quickly made.
        var point = try SeededKeys.secretKey(5_000 + signer).publicKey
        var nonces: [PubNonce] = []
        for _ in 0..<nonceCount {
            let next = try point.adding(.generator)
            nonces.append(PubNonce(point, next))
            point = next
        }
        return NoncesResponse(attempt: 1, graphDigest: .zero, nonces: nonces)
    }

    static func seal(_ payload: some BundlePayload, signer: Int) throws -> SignedBundle {
        let key = try SeededKeys.secretKey(1000 + signer)
        let envelope = Envelope(
            kind: .nonces, direction: .response, network: .regtest,
            ceremony: CeremonyID(.zero), sender: key.publicKey.xOnly, recipient: nil,
            sequence: 1, previous: .zero, head: .empty, payload: payload.encoded())
        return try SignedBundle(
            envelope,
            signature: key.schnorrSign(message: envelope.digest.bytes, auxiliary: .zero))
    }
}
