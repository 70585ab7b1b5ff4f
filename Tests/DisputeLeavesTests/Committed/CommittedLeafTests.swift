import Bitcoin
import Dispute
import DisputeLeaves
import RiscV
import Tapscript
import TestSupport
import Testing

@Suite("Whole leaves")
struct CommittedLeafTests {
    /// Groups of leaves that are tested side by side: every fourth.
    static let quarters = [0, 1, 2, 3]

    /// A leaf with values that it takes.
    private struct SignedCase {
        let leaf: RunnableLeaf
        let messages: [LeafValue: [UInt8]]
        let values: [LeafValue: SignedValue]
        let signature: [UInt8]
    }

    private static func kinds(_ scene: LeafScene, _ quarter: Int) -> [LeafKind] {
        scene.catalogue.kinds.enumerated().filter { $0.offset % 4 == quarter }.map(\.element)
    }

    @Test(
        "of a program take what is right, and refuse every value that is changed",
        arguments: CommitmentProfile.allCases, quarters)
    func judge(_ profile: CommitmentProfile, _ quarter: Int) throws {
        let scene = try LeafScene(publishedHashes: profile)
        var messages = LeafMessages(
            program: scene.program, random: .announced("whole leaves \(profile) \(quarter)"))
        for kind in Self.kinds(scene, quarter) {
            if profile == .chosenChains, !Self.hasPublishedHash(kind, scene) { continue }
            let leaf = RunnableLeaf(try scene.leaf(kind))
            guard let right = messages.right(kind, leaf.leaf.layout) else {
                Issue.record("no right values for \(kind.name)")
                continue
            }
            let signed = SignedCase(
                leaf: leaf, messages: right, values: try scene.signed(leaf.leaf, right),
                signature: try scene.signature(leaf.leaf))
            let witness = try leaf.leaf.witness(
                signature: signed.signature, values: signed.values)
            guard leaf.takes(witness, flags: .standard) else {
                Issue.record("\(kind.name) refuses \(right)")
                continue
            }
            try expectDecoded(leaf.leaf, witness, right)
            try changeConsistently(signed, scene, &messages)
            changeInconsistently(leaf, witness, &messages.random)
            var forged = witness
            forged[forged.count - 1][0] ^= 1
            #expect(!leaf.takes(forged), "\(kind.name), signature")
            forged[forged.count - 1] = []
            #expect(!leaf.takes(forged), "\(kind.name), no signature")
        }
    }

    private static func hasPublishedHash(_ kind: LeafKind, _ scene: LeafScene) -> Bool {
        kind.layout(scene.catalogue.context).entries.contains { $0.profile == .chosenChains }
    }

    private func expectDecoded(
        _ leaf: CommittedLeaf, _ witness: [[UInt8]], _ messages: [LeafValue: [UInt8]]
    ) throws {
        let reading = try leaf.reading(of: witness)
        #expect(reading.signature == witness.last)
        for entry in leaf.layout.entries {
            #expect(reading.message(entry.value) == messages[entry.value])
        }
    }

    /// Signs another value rightly: the body alone judges.
    private func changeConsistently(
        _ signed: SignedCase, _ scene: LeafScene, _ messages: inout LeafMessages
    ) throws {
        let entries = signed.leaf.leaf.layout.entries
        var hasRefused = false
        for entry in entries {
            for _ in 0..<2 where try isRefused(entry, of: signed, scene, &messages) {
                hasRefused = true
                #expect(entry.isRead, "\(signed.leaf.leaf.kind.name), \(entry.value.name)")
            }
        }
        let read = entries.filter(\.isRead)
        guard !read.isEmpty, !Self.takesMostValues(signed.leaf.leaf.kind) else { return }
        // Two changes may by chance both be right ones.
        for _ in 0..<200 where !hasRefused {
            guard let entry = read.randomElement(using: &messages.random) else { return }
            hasRefused = try isRefused(entry, of: signed, scene, &messages)
        }
        #expect(hasRefused, "\(signed.leaf.leaf.kind.name)")
    }

    /// Changes a digit of a value, and compares script and meaning.
    private func isRefused(
        _ entry: LeafLayout.Entry, of signed: SignedCase, _ scene: LeafScene,
        _ messages: inout LeafMessages
    ) throws -> Bool {
        let leaf = signed.leaf
        var changed = signed.messages
        let index = Int.random(in: 0..<entry.value.byteCount, using: &messages.random)
        let shift = UInt8.random(in: 0...1, using: &messages.random) * 4
        let digit = UInt8.random(in: 1...15, using: &messages.random)
        changed[entry.value]?[index] ^= digit << shift
        guard let isRight = messages.isRight(leaf.leaf.kind, changed) else { return false }
        var values = signed.values
        values[entry.value] = try scene.signed(entry, changed[entry.value] ?? [])
        let witness = try leaf.leaf.witness(signature: signed.signature, values: values)
        let isTaken = leaf.takes(witness)
        if isTaken != isRight {
            Issue.record("\(leaf.leaf.kind.name) with \(changed), right: \(isRight)")
        }
        #expect((try? leaf.leaf.reading(of: witness)) != nil)
        return !isTaken
    }

    /// Leaves that demand so little that two changes of each value may be right.
    private static func takesMostValues(_ kind: LeafKind) -> Bool {
        guard case .challenge(let challenge) = kind else { return false }
        return switch challenge {
        case .refuse, .refuseRead, .claim, .selection, .readSelection, .addressesSections,
            .traceHash, .earlyHalt, .futureRead:
            true
        default: false
        }
    }

    /// Changes an item of the witness, so that it is no signature any more.
    private func changeInconsistently(
        _ leaf: RunnableLeaf, _ witness: [[UInt8]], _ random: inout SplitMix64
    ) {
        var first = 0
        for entry in leaf.leaf.layout.entries {
            let count = leaf.leaf.itemCount(of: entry)
            let index = first + Int.random(in: 0..<count, using: &random)
            first += count
            var changed = witness
            if changed[index].count >= 20 {
                changed[index][Int.random(in: 0..<20, using: &random)] ^= 1
            } else {
                let value = (changed[index].first ?? 0) ^ 1
                changed[index] = value == 0 ? [] : [value]
            }
            #expect(!leaf.takes(changed), "\(leaf.leaf.kind.name), \(entry.value.name)")
            #expect(throws: LeafFault.notSigned(entry.value)) {
                _ = try leaf.leaf.reading(of: changed)
            }
        }
    }
}
