import Bitcoin
import Curve
import Dispute
import DisputeLeaves
import Primitives
import ScriptSupport
import Tapscript
import TestSupport
import Winternitz

/// A whole leaf beside others in a tree, and a witness that it takes.
struct LeafTarget {
    let leaf: CommittedLeaf
    /// What the script takes, bottom first; the signature is last.
    let items: [[UInt8]]
    private let spends: LeafSpends

    /// Where the leaf stands: before a neighbour and the same script of another version.
    private static let place = 0
    private static let neighbour = 1
    private static let otherVersion = 2

    /// A leaf with its fixture keys.
    init(_ kind: LeafKind, _ profile: CommitmentProfile) throws {
        let scene = try LeafScene(publishedHashes: profile)
        let leaf = try scene.leaf(kind)
        var messages = LeafMessages(
            program: scene.program, random: SplitMix64(seed: UInt64(kind.name.utf8.count)))
        guard let right = messages.right(kind, leaf.layout) else {
            throw MissingWitness(leaf: kind.name)
        }
        try self.init(leaf) { try scene.signed($0, right[$0.value] ?? []) }
    }

    /// A leaf with any keys.
    ///
    /// - Parameter signed: What stands in the witness for each value of the layout.
    init(
        _ leaf: CommittedLeaf, _ signed: (LeafLayout.Entry) throws -> SignedValue
    ) throws {
        self.leaf = leaf
        let script = leaf.script.script
        spends = try LeafSpends([
            leaf.tapLeaf, TapLeaf(script: Script([0x51])), TapLeaf(version: 0xC2, script: script),
        ])
        var values: [LeafValue: SignedValue] = [:]
        for entry in leaf.layout.entries { values[entry.value] = try signed(entry) }
        let signature = try FixtureKey("leaf scene").sign(spends.sighash(leaf: Self.place))
        items = try leaf.witness(signature: signature.bytes, values: values)
    }

    /// The same leaf with another item in its witness.
    func replacing(_ index: Int, _ item: [UInt8]) -> LeafTarget {
        LeafTarget(leaf: leaf, items: changed(index, item), spends: spends)
    }

    private init(leaf: CommittedLeaf, items: [[UInt8]], spends: LeafSpends) {
        self.leaf = leaf
        self.items = items
        self.spends = spends
    }

    /// A witness with other items for the script.
    func witness(_ name: String, _ items: [[UInt8]], _ expected: BadWitness.Expected) -> BadWitness
    {
        BadWitness(
            name: name, stack: spends.output.witness(items, forLeaf: Self.place).items,
            items: items, expected: expected)
    }

    /// Witnesses that are wrong around the script.
    var aroundScript: [BadWitness] {
        let script = leaf.script.script.bytes
        let block = spends.output.controlBlock(forLeaf: Self.place).bytes
        let other = spends.output.controlBlock(forLeaf: Self.neighbour).bytes
        let version = spends.output.controlBlock(forLeaf: Self.otherVersion).bytes
        func bad(
            _ name: String, _ script: [UInt8], _ block: [UInt8], _ reason: ScriptError,
            annex: [UInt8]? = nil
        ) -> BadWitness {
            BadWitness(
                name: name, stack: items + [script, block] + (annex.map { [$0] } ?? []), items: nil,
                expected: .reason(reason))
        }
        let parity = [block[0] ^ 1] + block.dropFirst()
        let renamed = [block[0] ^ 2] + block.dropFirst()
        return [
            bad("control block of another leaf", script, other, .witnessProgramMismatch),
            bad(
                "another leaf's control block and version", script, renamed, .witnessProgramMismatch
            ),
            bad("another parity", script, parity, .witnessProgramMismatch),
            bad("a byte short", script, block.dropLast(), .taprootWrongControlSize),
            bad("a byte long", script, block + [0], .taprootWrongControlSize),
            bad("a step short", script, block.dropLast(32), .witnessProgramMismatch),
            bad("a step long", script, block + script.prefix(32), .witnessProgramMismatch),
            bad(
                "129 steps", script, block.prefix(33) + Array(repeating: 0, count: 32 * 129),
                .taprootWrongControlSize),
            bad("no control block", script, [], .taprootWrongControlSize),
            bad("another byte", script.dropLast() + [0xAC], block, .witnessProgramMismatch),
            bad("a byte more", script + [0x51], block, .witnessProgramMismatch),
            bad("an annex that nobody signed", script, block, .schnorrSig, annex: [0x50, 1]),
            BadWitness(
                name: "nothing", stack: [], items: nil,
                expected: .reason(.witnessProgramWitnessEmpty)),
            // What a version without a meaning says, nobody checks.
            BadWitness(
                name: "a leaf of another version", stack: [[1], script, version], items: nil,
                expected: .accepted),
        ]
    }

    /// A spend of the leaf.
    func spend(_ witness: BadWitness) throws -> OracleSpend {
        try spends.spend(witness: witness.stack, kind: "\(leaf.kind.name), \(witness.name)")
    }

    private struct MissingWitness: Error {
        let leaf: String
    }
}

/// A witness and what must become of it.
struct BadWitness {
    enum Expected: Hashable {
        case accepted
        /// For any reason.
        case refused
        case reason(ScriptError)
        /// Whatever all others say.
        case anything
    }

    let name: String
    /// The whole witness.
    let stack: [[UInt8]]
    /// What the script takes; nil where something else is wrong.
    let items: [[UInt8]]?
    let expected: Expected

    /// Whether a verdict is what was expected.
    func allows(_ verdict: Verdict) -> Bool {
        switch (expected, verdict) {
        case (.accepted, .accepted), (.refused, .refused), (.anything, _): true
        case (.reason(let expected), .refused(let reason)): expected == reason
        default: false
        }
    }
}

extension LeafTarget {
    /// Forms of one item that nobody makes, by what is in its place.
    private static func forms(_ right: [UInt8]) -> [(name: String, item: [UInt8])] {
        var forms: [(String, [UInt8])] = [81, 520, 521].map { count in
            ("\(count) bytes", [UInt8](repeating: 0, count: count))
        }
        guard right.count < 20 else {
            return forms + [
                ("no chain value", []), ("a byte short", right.dropLast()),
                ("a byte long", right + [0]), ("another bit", [right[0] ^ 1] + right.dropFirst()),
            ]
        }
        forms += [("128", [128, 0]), ("minus 127", [0xFF])]
        if right.isEmpty {
            forms += [
                ("0x00", [0]), ("negative zero", [0x80]), ("two zeros", [0, 0]),
                ("long negative zero", [0, 0x80]), ("five zeros", [0, 0, 0, 0, 0]),
            ]
        } else {
            forms += [
                ("negative", [right[0] | 0x80]), ("two bytes", right + [0]),
                ("four bytes", right + [0, 0, 0]), ("five bytes", right + [0, 0, 0, 0]),
                ("negative, two bytes", right + [0x80]),
            ]
        }
        return forms
    }

    /// Every form of some items.
    ///
    /// - Parameter stride: One in so many items is changed.
    func changedItems(stride step: Int) -> [BadWitness] {
        stride(from: 0, to: items.count - 1, by: step).flatMap { index in
            let numbers: [BadWitness] =
                items[index].count >= 20
                ? []
                : [16, 17, 99].filter { [$0] != items[index] }.map { number in
                    // Of profile 2 it may be a position, to which the chain value does not lead.
                    witness("item \(index): \(number)", changed(index, [number]), .refused)
                }
            return numbers
                + Self.forms(items[index]).map { form in
                    witness(
                        "item \(index): \(form.name)", changed(index, form.item),
                        expected(index, form.item))
                }
        }
    }

    /// Positions of profile 2 are numbers in any form, other digits only in the shortest.
    private func expected(_ index: Int, _ item: [UInt8]) -> BadWitness.Expected {
        if item.count > 520 { return .reason(.pushSize) }
        guard items[index].count < 20, isPosition(index), item.count <= 4,
            ScriptNumber.encode(Self.number(item)) == items[index]
        else { return .refused }
        return .accepted
    }

    private func isPosition(_ index: Int) -> Bool {
        var first = 0
        for entry in leaf.layout.entries {
            let count = leaf.itemCount(of: entry)
            if index < first + count { return entry.profile == .chosenChains }
            first += count
        }
        return false
    }

    /// What consensus reads, at most 4 bytes.
    private static func number(_ item: [UInt8]) -> Int64 {
        guard let last = item.last else { return 0 }
        let magnitude = item.dropLast().reversed().reduce(Int64(last & 0x7F)) {
            $0 << 8 | Int64($1)
        }
        return last & 0x80 == 0 ? magnitude : -magnitude
    }

    private func changed(_ index: Int, _ item: [UInt8]) -> [[UInt8]] {
        var changed = items
        changed[index] = item
        return changed
    }

    /// Witnesses with other numbers of items, or other signatures.
    var changedStack: [BadWitness] {
        let signature = items[items.count - 1]
        let body = Array(items.dropLast())
        func padded(_ count: Int) -> [[UInt8]] {
            Array(repeating: [], count: count - items.count) + items
        }
        return [
            witness("right", items, .accepted),
            witness("one short below", Array(items.dropFirst()), .refused),
            witness("one short above", Array(body.dropLast()) + [signature], .refused),
            witness("one more below", [[]] + items, .reason(.cleanStack)),
            witness("one more below, true", [[1]] + items, .reason(.cleanStack)),
            witness("one more above", body + [[], signature], .refused),
            witness("no signature", body, .refused),
            witness("nothing but the script", [], .refused),
            witness("1,000 items", padded(1000), .refused),
            witness("1,001 items", padded(1001), .reason(.stackSize)),
            witness("an empty signature", body + [[]], .refused),
            witness("63 bytes", body + [signature.dropLast()], .reason(.schnorrSigSize)),
            witness("66 bytes", body + [signature + [1, 1]], .reason(.schnorrSigSize)),
            witness("type 0 written out", body + [signature + [0]], .reason(.schnorrSigHashType)),
            witness("type 4", body + [signature + [4]], .reason(.schnorrSigHashType)),
            witness("another type", body + [signature + [1]], .reason(.schnorrSig)),
            witness(
                "another signature", body + [[signature[0] ^ 1] + signature.dropFirst()],
                .reason(.schnorrSig)),
        ]
    }
}
