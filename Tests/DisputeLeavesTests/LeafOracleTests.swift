import Bitcoin
import Dispute
import DisputeLeaves
import DisputeSupport
import RiscV
import ScriptSupport
import Tapscript
import TestSupport
import Testing

/// Bodies of leaves as spends of a taproot output, by this interpreter and by Bitcoin Core's engine.
@Suite("Leaf bodies in Bitcoin Core's own engine")
struct LeafOracleTests {
    private static let isMissing: Comment =
        "Bitcoin Core's engine is not there: run Airgap/setup-script-oracle"

    /// A spend, and whether the leaf must take it.
    private struct Claim {
        let spend: OracleSpend
        let isRight: Bool
    }

    private static func check(_ claims: [Claim]) throws {
        var taken = 0
        let verdicts = try ScriptOracle.verdicts(claims.map(\.spend))
        for (claim, accepted) in zip(claims, verdicts) {
            taken += accepted ? 1 : 0
            let verdict = claim.spend.verdict
            if accepted != claim.isRight || (verdict == .accepted) != accepted {
                let kind = claim.spend.kind
                Issue.record("\(kind): meaning \(claim.isRight), \(verdict), engine \(accepted)")
            }
        }
        print("leaves in the engine: \(taken) of \(claims.count) spends accepted")
        #expect(taken > 0 && taken < claims.count)
    }

    @Test(
        "all instructions, with rows that are right, changed, or another's",
        .enabled(if: ScriptOracle.isAvailable, isMissing))
    func instructions() throws {
        var random = SplitMix64.announced("instructions in the engine")
        let leaves = StepCode.withScript.compactMap { ScriptedLeaf.all[$0]?.leaf }
        let spends = try LeafSpends(leaves.map(\.script.tapLeaf))
        var claims: [Claim] = []
        for (index, leaf) in leaves.enumerated() {
            func claim(_ row: TraceRow, _ what: String) throws {
                claims.append(
                    Claim(
                        spend: try spends.spend(
                            leaf.witness(of: row), leaf: index,
                            kind: "\(leaf.code.text), \(what): \(row.csv)"),
                        isRight: leaf.accepts(row)))
            }
            var maker = RowMaker(random)
            var rows: [TraceRow] = []
            while rows.count < 3 {
                if let row = maker.row(leaf.code) { rows.append(row) }
            }
            random = maker.random
            for row in rows {
                try claim(row, "right")
                for _ in 0..<20 {
                    var changed = row
                    guard let field = leaf.layout.readFields.randomElement(using: &random) else {
                        continue
                    }
                    var digits = field.digits(of: row)
                    let position = Int.random(in: digits.indices, using: &random)
                    digits[position] ^= UInt8.random(in: 1..<16, using: &random)
                    guard field.put(digits, into: &changed) else { continue }
                    try claim(changed, "\(field.rawValue)[\(position)] changed")
                }
                let other = leaves[(index + 1 + Int(random.next() % 72)) % leaves.count]
                var others = RowMaker(random)
                if let row = others.row(other.code) {
                    try claim(row, "a row of \(other.code.text)")
                }
            }
        }
        try Self.check(claims)
    }

    @Test(
        "all challenges of a program, with values that prove something, or nothing, or changed",
        .enabled(if: ScriptOracle.isAvailable, isMissing))
    func challenges() throws {
        let program = try ChallengeMaker.program(stepLimit: 200, arity: 4)
        let context = LeafContext(program)
        let kinds =
            ChallengeKind.challenges(of: context, constants: [1: 0x8000_000F])
            + ChallengeKind.readChallenges(of: context)
            + [.claim, .doubt, .selection(round: 0), .readOpening, .refuse, .refuseRead]
        let judged = try kinds.map { try JudgedChallenge($0, program) }
        let spends = try LeafSpends(judged.map(\.leaf.script.tapLeaf))
        var maker = ChallengeMaker(
            program: program, random: .announced("challenges in the engine"))
        var claims: [Claim] = []
        for (index, leaf) in judged.enumerated() {
            var values = [try leaf.proof(&maker), maker.values(leaf.leaf.kind)]
            for _ in 0..<(leaf.leaf.kind.hasHash ? 6 : 20) {
                var changed = values[0]
                let entry = leaf.entries[Int(maker.word()) % leaf.entries.count]
                JudgedChallenge.change(&changed, entry, &maker)
                values.append(changed)
            }
            for values in values {
                guard let isRight = leaf.meaning(values) else { continue }
                claims.append(
                    Claim(
                        spend: try spends.spend(
                            leaf.items(values), leaf: index, kind: "\(leaf.leaf.kind)"),
                        isRight: isRight))
            }
        }
        try Self.check(claims)
    }
}
