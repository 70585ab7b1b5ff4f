import Primitives

/// Both visits of a ceremony with 5,000 signatures and three operators, with the signer's real vault
/// on the disk: opened, every record examined, every commit synced and anchored.
///
/// Stretching the passphrase is measured by itself: scrypt is chosen to cost time and memory, the same
/// for every command.
///
/// The programs that the product knows have few signatures. So the graph is made for measuring, and
/// the rules that are particular to a lock are left out; everything that grows with the number of
/// signatures is done as `Signer` does it.
enum VisitSuite {
    static func run() throws -> SuiteReport {
        let count = VisitScene.signatureCount
        var report = SuiteReport("visit (\(count) signatures, 3 operators)")
        let scene = try VisitScene()
        let prepared = Measurement.peakMemoryByteCount
        let nonces = try Measurement.once("first visit: public nonces", count: 1) {
            try scene.releaseNonces()
        }
        let request = try scene.secondRequest()
        var responseByteCount = 0
        let partials = try Measurement.once("second visit: partial signatures", count: 1) {
            responseByteCount = try scene.sign(request)
        }
        let peak = Measurement.peakMemoryByteCount
        let stretching = try Measurement.once("stretching the passphrase", count: 1, stretch)
        report.measurements = [nonces, partials, stretching]
        report.figures = [
            ("CPU, first visit (aim: below 5,000 ms)", milliseconds(nonces.cpuNanoseconds), "ms"),
            (
                "CPU, second visit (aim: below 5,000 ms)", milliseconds(partials.cpuNanoseconds),
                "ms"
            ),
            ("wall time, first visit", milliseconds(nonces.wallNanoseconds), "ms"),
            ("wall time, second visit", milliseconds(partials.wallNanoseconds), "ms"),
            ("peak memory of the visits (aim: below 200 MB)", peak / 1_000_000, "MB"),
            ("of it before the first visit", prepared / 1_000_000, "MB"),
            (
                "memory of stretching, gone before the visit",
                ScryptParameters.interactive.memoryByteCount / 1_000_000, "MB"
            ),
            ("response with partial signatures", responseByteCount, "bytes"),
        ]
        return report
    }

    private static func stretch() throws {
        var key = [UInt8](repeating: 0, count: 32)
        var output = key.mutableSpan
        let (passphrase, salt) = (Array("a passphrase".utf8), [UInt8](repeating: 1, count: 32))
        try Scrypt.derive(
            from: passphrase.span, salt: salt.span, parameters: .interactive, into: &output)
    }

    private static func milliseconds(_ nanoseconds: UInt64) -> Int { Int(nanoseconds / 1_000_000) }
}

/// Why a measurement is not one.
enum BenchError: Error {
    case wrongSignature(index: Int)
    case otherGraph
    case otherNonces
    case noSession
}
