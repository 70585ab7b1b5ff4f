import Dispute
import DisputeLeaves
import DisputeSupport
import Testing

/// A leaf that can be run, and what it must say.
struct JudgedChallenge {
    let program: DisputeProgram
    private let scripted: ScriptedChallenge

    init(_ kind: ChallengeKind, _ program: DisputeProgram) throws {
        self.program = program
        scripted = try ScriptedChallenge(kind, program)
    }

    var leaf: ChallengeLeaf { scripted.leaf }

    /// What the body reads, deepest first.
    var entries: [LeafLayout.Entry] { leaf.layout.entries.filter(\.isRead) }

    /// The witness for some values.
    func items(_ values: ChallengeValues) -> [[UInt8]] {
        scripted.items { values.digits[$0] ?? [] }
    }

    /// What the leaf must say; nil if the values cannot be opened.
    func meaning(_ values: ChallengeValues) -> Bool? {
        values.meaning(leaf.kind, program)?.holds(for: program)
    }

    /// The plain verdict if script and meaning agree; nil if the values cannot be opened.
    func verdict(_ values: ChallengeValues) -> Bool? {
        guard let plain = meaning(values) else { return nil }
        let takes = scripted.takes(items(values))
        if takes != plain {
            let text = entries.map { entry in
                let digits = values.digits[entry.value] ?? []
                let hex = digits.map { String($0, radix: 16) }.joined()
                return "\(entry.value.name)=\(hex)"
            }
            Issue.record("\(leaf.kind): script \(takes), meaning \(plain), \(text)")
        }
        return plain
    }

    /// Values that the leaf takes, one digit away from values that it refuses where there are such.
    func proof(_ maker: inout ChallengeMaker) throws -> ChallengeValues {
        for _ in 0..<50 {
            let honest = maker.values(leaf.kind)
            if meaning(honest) == true { return honest }
            for _ in 0..<200 {
                var changed = honest
                let entry = entries[Int(maker.word()) % entries.count]
                Self.change(&changed, entry, &maker)
                if meaning(changed) == true { return changed }
            }
        }
        throw MissingFixture("a proof by \(leaf.kind)")
    }

    /// Replaces one digit by another.
    static func change(
        _ values: inout ChallengeValues, _ entry: LeafLayout.Entry,
        _ maker: inout ChallengeMaker
    ) {
        let position = Int(maker.word()) % entry.value.digitCount
        let old = values.digits[entry.value]?[position] ?? 0
        values.digits[entry.value]?[position] = (old + 1 + UInt8(maker.word() % 15)) & 15
    }
}
