import Curve
import MuSig2
import Primitives
import Secrets

/// MuSig2 against libsecp256k1's own Schnorr signing and verification.
enum MuSig2Suite {
    static let signerCount = 15

    static func run() throws -> SuiteReport {
        var report = SuiteReport("musig2 (\(signerCount) signers)")
        let key = try SeededKeys.secretKey(0)
        let keys = try KeyAggContext(KeySort.sorted(SeededKeys.publicKeys(signerCount)))
        let message = SeededKeys.digest("message", 0)
        let signature = key.schnorrSign(message: message.bytes, auxiliary: .zero)
        let xOnly = key.publicKey.xOnly
        let sign = Measurement.repeated("libsecp256k1 Schnorr sign", each: 100) {
            for _ in 0..<100 { _ = key.schnorrSign(message: message.bytes, auxiliary: .zero) }
        }
        let verify = Measurement.repeated("libsecp256k1 Schnorr verify", each: 100) {
            for _ in 0..<100 { _ = xOnly.verify(signature, message: message.bytes) }
        }
        let aggregate = try Measurement.repeated("key aggregation") {
            _ = try KeyAggContext(keys.publicKeys)
        }
        report.measurements = [sign, verify, aggregate]
        try measureSigning(&report, key, keys, schnorrSign: sign, schnorrVerify: verify)
        report.ratio(
            "key aggregation per key / Schnorr verify",
            of: aggregate.divided(
                by: signerCount), to: verify)
        return report
    }

    private static func measureSigning(
        _ report: inout SuiteReport, _ key: borrowing SecretKey, _ keys: KeyAggContext,
        schnorrSign: Measurement, schnorrVerify: Measurement
    ) throws {
        let count = 64
        let requests = (0..<count).map { index in
            NonceRequest(
                sessionDigest: .zero, index: index, keys: keys,
                message: SeededKeys.digest("message", index).bytes)
        }
        let root = try NonceRoot.generate()
        let nonces = try root.pubNonces(requests, key: key)
        let generate = try Measurement.repeated("nonce generation", each: count) {
            _ = try root.pubNonces(requests, key: key)
        }
        let others = try aggregateOthers(nonces)
        let sign = try Measurement.repeated("nonce again, partial sign, self-check", each: count) {
            let copy = try root.withBytes { bytes in try NonceRoot(copying: bytes) }
            let signing = zip(requests, others).map { SigningRequest(nonce: $0, aggNonce: $1) }
            _ = try copy.partialSignatures(signing, key: key)
        }
        let copy = try root.withBytes { bytes in try NonceRoot(copying: bytes) }
        let partials = try copy.partialSignatures(
            zip(requests, others).map { SigningRequest(nonce: $0, aggNonce: $1) }, key: key)
        let sessions = zip(requests, others).map {
            SessionContext(aggNonce: $1, keys: keys, message: $0.message)
        }
        let verify = Measurement.repeated("partial verify", each: count) {
            for index in 0..<count {
                _ = partials[index].verify(
                    pubNonce: nonces[index], publicKey: key.publicKey, session: sessions[index])
            }
        }
        report.measurements += [generate, sign, verify]
        report.ratio("nonce generation / Schnorr sign", of: generate, to: schnorrSign)
        report.ratio("partial sign with self-check / Schnorr sign", of: sign, to: schnorrSign)
        report.ratio("partial verify / Schnorr verify", of: verify, to: schnorrVerify)
    }

    /// Aggregates of the measured nonces with those of a second signer.
    private static func aggregateOthers(_ nonces: [PubNonce]) throws -> [AggNonce] {
        let second = try SeededKeys.secretKey(1).publicKey
        return try nonces.map {
            try AggNonce(aggregating: [$0, PubNonce(second, second)])
        }
    }
}

extension Measurement {
    /// The measurement of one of `parts` equal parts of each operation.
    func divided(by parts: Int) -> Measurement {
        Measurement(
            name: name, count: count * parts, cpuNanoseconds: cpuNanoseconds,
            wallNanoseconds: wallNanoseconds)
    }
}

extension NonceRoot {
    /// A second root with the same bytes: a measurement signs over and over what a signer signs once.
    init(copying bytes: Span<UInt8>) throws {
        var page = try SecretPage(byteCount: NonceRoot.byteCount)
        page.withMutableBytes { copy in
            for index in bytes.indices { copy[index] = bytes[index] }
        }
        try self.init(page)
    }
}
