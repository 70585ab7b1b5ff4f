import Dispute
import DisputeLeaves
import Primitives
import RiscV
import Tapscript
import TestSupport
import Testing
import Winternitz

@Suite("Decoder of whole leaves")
struct LeafDecodingTests {
    /// Leaves without a body accept exactly what their one-time checks accept.
    private static let names = ["input[0]", "round[3]", "read_round[3]"]

    @Test("reads exactly the witnesses that the script takes", arguments: names)
    func mutations(_ name: String) throws {
        for profile in CommitmentProfile.allCases {
            var random = SplitMix64.announced("decoding \(name) \(profile)")
            let scene = try LeafScene(publishedHashes: profile)
            let leaf = RunnableLeaf(try scene.leaf(scene.catalogue.kind(named: name)))
            var messages = LeafMessages(program: scene.program, random: random)
            let made = messages.right(leaf.leaf.kind, leaf.leaf.layout)
            let right = try #require(made)
            let witness = try leaf.leaf.witness(
                signature: scene.signature(leaf.leaf), values: scene.signed(leaf.leaf, right))
            var counts = (taken: 0, refused: 0)
            for round in 0..<400 {
                let changed =
                    round % 20 == 0 ? witness : Self.changed(witness, &random)
                let isTaken = leaf.takes(changed)
                let reading = try? leaf.leaf.reading(of: changed)
                #expect(isTaken == (reading != nil), "\(name): \(changed)")
                if isTaken { counts.taken += 1 } else { counts.refused += 1 }
            }
            #expect(counts.taken >= 20 && counts.refused > 200)
        }
    }

    /// One item of the one-time signatures changed, or one too many or too few.
    private static func changed(
        _ witness: [[UInt8]], _ random: inout SplitMix64
    ) -> [[UInt8]] {
        var changed = witness
        let index = Int.random(in: 0..<witness.count - 1, using: &random)
        let numbers: [[UInt8]] = [
            [], [0], [0x80], [1], [1, 0], [2], [15], [16], [0x81], [5, 0], [0, 0, 0, 0, 0],
        ]
        switch Int.random(in: 0..<8, using: &random) {
        case 0: changed.remove(at: index)
        case 1: changed.insert([], at: index)
        case 2: changed.swapAt(index, Int.random(in: 0..<witness.count - 1, using: &random))
        case 3 where changed[index].count >= 20: changed[index] = Hash160.hash(changed[index]).bytes
        case 4 where changed[index].count >= 20: changed[index].append(0)
        default:
            if changed[index].count >= 20 {
                changed[index][Int.random(in: 0..<20, using: &random)] ^= 1
            } else {
                changed[index] = numbers[Int.random(in: numbers.indices, using: &random)]
            }
        }
        return changed
    }

    @Test("says which value is not signed, and how many items are missing")
    func faults() throws {
        let scene = try LeafScene()
        let leaf = try scene.leaf(.challenge(.entryPoint))
        let values = try scene.signed(
            leaf,
            [
                .counterAddress: [0x80, 0, 0, 0], .counterMicro: [0],
                .conflictStep: [UInt8](repeating: 0, count: 8),
            ])
        let signature = [UInt8](repeating: 1, count: 64)
        let witness = try leaf.witness(signature: signature, values: values)
        #expect(throws: LeafFault.itemCount(found: witness.count - 1, needed: witness.count)) {
            _ = try leaf.reading(of: witness.dropLast())
        }
        #expect(throws: LeafFault.signatureByteCount(63)) {
            _ = try leaf.witness(signature: signature.dropLast(), values: values)
        }
        for entry in leaf.layout.entries {
            var missing = values
            missing[entry.value] = nil
            #expect(throws: LeafFault.noSignedValue(entry.value)) {
                _ = try leaf.witness(signature: signature, values: missing)
            }
            var short = values
            short[entry.value] = values[.counterMicro]
            if entry.value != .counterMicro {
                #expect(throws: LeafFault.signedByteCount(entry.value)) {
                    _ = try leaf.witness(signature: signature, values: short)
                }
            }
        }
    }

    @Test("keys are checked before a script is written")
    func keys() throws {
        let scene = try LeafScene()
        let context = scene.catalogue.context
        let kind = LeafKind.challenge(.entryPoint)
        let aggregate = ExampleKeys.aggregate
        #expect(throws: LeafFault.noKey(.counterMicro)) {
            _ = try CommittedLeaf(kind, context, key: aggregate) { value in
                value == .counterMicro ? nil : scene.oneTimeKey(value)
            }
        }
        #expect(throws: LeafFault.keyByteCount(.counterMicro, found: 4, needed: 1)) {
            _ = try CommittedLeaf(kind, context, key: aggregate) { value in
                scene.oneTimeKey(value == .counterMicro ? .opcode : value)
            }
        }
        #expect(throws: LeafFault.sharedKey(.lastStep, .doubtedLastStep)) {
            _ = try CommittedLeaf(.challenge(.doubt), context, key: aggregate) { _ in
                scene.oneTimeKey(.lastStep)
            }
        }
        #expect(
            throws: LeafFault.keyProfile(.lastStep, found: .chosenChains, needed: .base16)
        ) {
            _ = try CommittedLeaf(.challenge(.claim), context, key: aggregate) { value in
                ExampleKeys.oneTimeKey(value, .chosenChains)
            }
        }
    }

    @Test("a round of 15 hashes fits no leaf")
    func tooManyHashes() throws {
        let shape = try #require(SearchShape(covering: 2000, arity: 16))
        for profile in CommitmentProfile.allCases {
            let context = LeafContext(shape, stepLimit: 2000, publishedHashes: profile)
            #expect(throws: LeafFault.self) {
                _ = try CommittedLeaf(
                    example: .publication(.hashes(round: 0)), context)
            }
        }
    }
}
