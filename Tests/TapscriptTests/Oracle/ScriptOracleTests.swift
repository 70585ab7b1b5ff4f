import Bitcoin
import Foundation
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Testing

@Suite("The interpreter against Bitcoin Core's own engine")
struct ScriptOracleTests {
    /// How many spends; `BITVMX_ORACLE_SPENDS` asks for another number.
    static var spendCount: Int {
        ProcessInfo.processInfo.environment["BITVMX_ORACLE_SPENDS"].flatMap(Int.init) ?? 100_000
    }

    /// How many are in one file, so that memory stays small.
    private static let batchCount = 20_000

    @Test(
        "100,000 random spends have the same verdict",
        .enabled(
            if: ScriptOracle.isAvailable,
            "Bitcoin Core's engine is not there: run Airgap/setup-script-oracle"))
    func randomSpends() throws {
        var random = SplitMix64.announced("random spends")
        var left = Self.spendCount
        var counts: [String: (accepted: Int, refused: Int)] = [:]
        var reasons: [String: Int] = [:]
        while left > 0 {
            let spends = try (0..<min(left, Self.batchCount)).map { _ in
                try RandomSpends.spend(&random)
            }
            left -= spends.count
            for (spend, expected) in zip(spends, try ScriptOracle.verdicts(spends)) {
                let verdict = spend.verdict
                if (verdict == .accepted) != expected {
                    let hex = Hex.encode(spend.data.transaction.encoded())
                    Issue.record(
                        "\(spend.kind): \(verdict), input \(spend.inputIndex) of \(hex)")
                }
                counts[spend.kind, default: (0, 0)].accepted += expected ? 1 : 0
                counts[spend.kind, default: (0, 0)].refused += expected ? 0 : 1
                reasons[verdict.description, default: 0] += 1
            }
        }
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(kind): \(count.accepted) accepted, \(count.refused) refused")
            // A generator that makes nothing but failures, or none, tests little.
            #expect(Self.spendCount < 10_000 || count.accepted > 0, "\(kind)")
            #expect(Self.spendCount < 10_000 || count.refused > 0, "\(kind)")
        }
        print("reasons:", reasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }

    @Test(
        "Every published spend of the sample has the same verdict",
        .enabled(
            if: ScriptOracle.isAvailable,
            "Bitcoin Core's engine is not there: run Airgap/setup-script-oracle"))
    func publishedSpends() throws {
        let spends = try ScriptAssetsTests.vectors().flatMap { vector in
            try [vector.success, vector.failure].compactMap { spend in
                try spend.map {
                    OracleSpend(
                        data: try vector.data($0), inputIndex: vector.index,
                        flags: try .named(vector.flags), kind: vector.type)
                }
            }
        }
        for (spend, expected) in zip(spends, try ScriptOracle.verdicts(spends)) {
            #expect((spend.verdict == .accepted) == expected, "\(spend.kind)")
        }
    }
}
