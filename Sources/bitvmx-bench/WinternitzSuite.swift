import Primitives
import Secrets
import Winternitz

/// Many-lane hash chains against one chain at a time with libcrypto.
enum WinternitzSuite {
    static let messageByteCount = 32

    static func run() throws -> SuiteReport {
        var report = SuiteReport("winternitz (\(messageByteCount)-byte message)")
        let parameters = try WinternitzParameters(
            profile: .base16Hash160, messageByteCount: messageByteCount)
        let starts = (0..<parameters.chainCount).map { index in
            Bytes20(SeededKeys.digest("chain", index).bytes.prefix(20)) ?? .zero
        }
        let message = SeededKeys.digest("value", 0).bytes
        let digits = parameters.digits(of: message)
        let plainKey = Measurement.repeated("key, plain libcrypto HASH160 chains") {
            for start in starts { _ = plainChain(start, steps: 15) }
        }
        let fullSteps = [UInt8](repeating: 15, count: starts.count)
        let lanesKey = Measurement.repeated("key, many lanes") {
            var values = starts
            Hash160Lanes.iterate(&values, steps: fullSteps)
        }
        var ends = starts
        Hash160Lanes.iterate(&ends, steps: fullSteps)
        let publicKey = try WinternitzPublicKey(parameters: parameters, chains: ends)
        var revealed = starts
        Hash160Lanes.iterate(&revealed, steps: digits)
        let signature = try WinternitzSignature(chains: revealed)
        let plainVerify = Measurement.repeated("verify, plain libcrypto HASH160 chains") {
            for (value, digit) in zip(revealed, digits) {
                _ = plainChain(value, steps: 15 - Int(digit))
            }
        }
        let lanesVerify = Measurement.repeated("verify, many lanes") {
            _ = signature.verify(message: message, publicKey: publicKey)
        }
        report.measurements = [
            plainKey, lanesKey, plainVerify, lanesVerify, try fromSeed(parameters),
        ]
        report.ratio("key generation, plain / lanes", of: plainKey, to: lanesKey, aim: ">= 4")
        report.ratio("verification, plain / lanes", of: plainVerify, to: lanesVerify, aim: ">= 4")
        return report
    }

    private static func plainChain(_ start: Bytes20, steps: Int) -> Bytes20 {
        var value = start
        for _ in 0..<steps { value = Hash160.hash(value.bytes) }
        return value
    }

    /// What a signer does: derive all chains from the seed, then walk them.
    private static func fromSeed(_ parameters: WinternitzParameters) throws -> Measurement {
        let seed = try Seed(KernelRandom.page(byteCount: Seed.byteCount))
        let derivation = try SecretDerivation(seed: seed)
        let context = OneTimeContext(
            network: .regtest, ceremony: .zero, instance: [], variable: "bench",
            parameters: .base16(parameters))
        return try Measurement.repeated("key, derived from the seed") {
            _ = try derivation.oneTimeKey(context).publicKey()
        }
    }
}
