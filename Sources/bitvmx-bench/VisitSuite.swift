import Curve
import Exchange
import Model
import MuSig2
import Primitives
import ProtocolBuilder
import Secrets

/// A whole signing visit with 5,000 signatures and three operators: read the others' nonces,
/// rebuild the graph, make the own nonces again, sign, check every signature, write the response.
enum VisitSuite {
    static let signatureCount = BundleSuite.nonceCount

    static func run() throws -> SuiteReport {
        var report = SuiteReport("visit (\(signatureCount) signatures, 3 operators)")
        let others = try (1...2).map { signer in
            try BundleSuite.seal(BundleSuite.nonces(signer: signer), signer: signer).bytes
        }
        let key = try SeededKeys.secretKey(0)
        let root = try NonceRoot.generate()
        var responseByteCount = 0
        let visit = try Measurement.once("whole visit", count: 1) {
            responseByteCount = try sign(key: key, root: root, others: others)
        }
        report.measurements = [visit]
        report.figures = [
            ("CPU time (aim: below 5,000 ms)", Int(visit.cpuNanoseconds / 1_000_000), "ms"),
            ("wall time", Int(visit.wallNanoseconds / 1_000_000), "ms"),
            (
                "peak memory of the process (aim: below 200 MB)",
                Measurement.peakMemoryByteCount / 1_000_000, "MB"
            ),
            ("response", responseByteCount, "bytes"),
        ]
        return report
    }

    /// - Returns: Bytes of the response bundle.
    private static func sign(
        key: borrowing SecretKey, root: borrowing NonceRoot, others: [[UInt8]]
    ) throws -> Int {
        let nonces = try others.map { bytes in
            try NoncesResponse.decoded(from: SignedBundle(decoding: bytes).envelope.payload)
                .nonces
        }
        let keys = try KeyAggContext(KeySort.sorted(SeededKeys.publicKeys(3)))
        let graph = try Graph(
            building: SyntheticGraph.description(
                signatureCount: signatureCount, key: keys.xOnly))
        let requests = graph.plan.tasks.enumerated().map { index, task in
            NonceRequest(
                sessionDigest: graph.digest, index: index, keys: keys,
                message: task.sighash.bytes)
        }
        let own = try root.pubNonces(requests, key: key)
        let aggregates = try own.indices.map { index in
            try AggNonce(aggregating: [own[index]] + nonces.map { $0[index] })
        }
        let copy = try root.withBytes { bytes in try NonceRoot(copying: bytes) }
        let partials = try copy.partialSignatures(
            zip(requests, aggregates).map { SigningRequest(nonce: $0, aggNonce: $1) }, key: key)
        for index in partials.indices {
            let session = SessionContext(
                aggNonce: aggregates[index], keys: keys, message: requests[index].message)
            guard
                partials[index].verify(
                    pubNonce: own[index], publicKey: key.publicKey, session: session)
            else { throw BenchError.wrongSignature(index: index) }
        }
        let share = key.schnorrSign(message: graph.digest.bytes, auxiliary: .zero)
        let response = PartialSignaturesResponse(
            attempt: 1, graphDigest: graph.digest, nonces: nil, signatures: partials,
            certificateShare: share)
        return try BundleSuite.seal(response, signer: 0).bytes.count
    }
}

/// Why a measurement is not one.
enum BenchError: Error {
    case wrongSignature(index: Int)
}
