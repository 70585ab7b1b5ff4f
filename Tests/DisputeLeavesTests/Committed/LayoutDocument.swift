import Bitcoin
import Dispute
import DisputeLeaves
import DisputeSupport
import Foundation
import Tapscript

/// The tables of docs/protocol/leaves-layouts.md, made from the catalogue.
struct LayoutDocument {
    static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/protocol/leaves-layouts.md")

    /// Leaves with names of one form, such as `opcode[i]`: the first stands for all.
    private struct Family {
        let name: String
        let leaf: CommittedLeaf
        var memberCount = 1
    }

    private let catalogue: LeafCatalogue
    private var families: [Family] = []
    private var publishedFamilies: [Family] = []

    init() throws {
        let program = try ChallengeMaker.program(stepLimit: 500_000_000, arity: 8)
        let waits = ResponseWaits(prover: BlockCount(144), verifier: BlockCount(144))
        catalogue = LeafCatalogue(LeafContext(program), waits: waits)
        families = try Self.families(catalogue)
        let other = LeafCatalogue(
            LeafContext(program, publishedHashes: .chosenChains), waits: waits)
        publishedFamilies = try Self.families(other).filter { family in
            family.leaf.layout.entries.contains { $0.profile == .chosenChains }
        }
    }

    private static func families(_ catalogue: LeafCatalogue) throws -> [Family] {
        var families: [Family] = []
        var places: [String: Int] = [:]
        for kind in catalogue.kinds {
            let name = pattern(kind.name)
            if let place = places[name] {
                families[place].memberCount += 1
                continue
            }
            places[name] = families.count
            families.append(
                Family(name: name, leaf: try CommittedLeaf(example: kind, catalogue.context)))
        }
        return families
    }

    /// A name with letters in place of its numbers.
    private static func pattern(_ name: String) -> String {
        var letters = ["i", "r"]
        if name.filter({ $0 == "[" }).count > 1 { letters = ["r", "i"] }
        if name.hasPrefix("timeout") { return "timeout[...]" }
        if name.contains("round") || name.contains("selection") { letters = ["r", "i"] }
        var pattern = ""
        for part in name.split(separator: "[", omittingEmptySubsequences: false) {
            if pattern.isEmpty {
                pattern = String(part)
            } else {
                pattern += "[" + letters.removeFirst() + "]"
            }
        }
        return pattern
    }

    // MARK: Tables

    /// The name and the generated text of each table.
    var tables: [(name: String, lines: [String])] {
        [("values", values), ("layouts", layouts), ("sizes", sizes)]
    }

    private var values: [String] {
        var lines = ["| Value | Committed by | Bytes |", "|---|---|---|"]
        for kind in catalogue.kinds {
            for entry in kind.layout(catalogue.context).entries {
                let line =
                    "| `\(Self.pattern(entry.value.name))` | \(entry.value.committer.rawValue) "
                    + "| \(entry.value.byteCount) |"
                if !lines.contains(line) { lines.append(line) }
            }
        }
        return lines
    }

    private var layouts: [String] {
        var groups: [(names: [String], text: String)] = []
        for family in families {
            let text = Self.text(family.leaf.layout)
            if let index = groups.firstIndex(where: { $0.text == text }) {
                groups[index].names.append(family.name)
            } else {
                groups.append(([family.name], text))
            }
        }
        return ["| Leaves | Values, the deepest first |", "|---|---|"]
            + groups.map { group in
                let names = group.names.map { "`\($0)`" }.joined(separator: ", ")
                return "| \(names) | \(group.text) |"
            }
    }

    /// Values by name; those that are committed only in brackets.
    private static func text(_ layout: LeafLayout) -> String {
        var parts: [(text: String, count: Int)] = []
        for entry in layout.entries {
            let name = "`\(pattern(entry.value.name))`"
            let text = entry.isRead ? name : "(\(name))"
            if parts.last?.text == text {
                parts[parts.count - 1].count += 1
            } else {
                parts.append((text, 1))
            }
        }
        if parts.isEmpty { return "-" }
        return parts.map { $0.count == 1 ? $0.text : "\($0.count) x \($0.text)" }
            .joined(separator: ", ")
    }

    private var sizes: [String] {
        [
            "| Leaf | Leaves | Script | Witness, mean | most | Items | Peak | Input, vB | OP_IF |",
            "|---|---|---|---|---|---|---|---|---|",
        ] + families.map { Self.line($0, suffix: "") }
            + publishedFamilies.map { Self.line($0, suffix: ", profile 2") }
    }

    private static func line(_ family: Family, suffix: String) -> String {
        let costs = family.leaf.costs
        return "| `\(family.name)`\(suffix) | \(family.memberCount) | \(costs.scriptByteCount) "
            + "| \(costs.meanWitnessByteCount) | \(costs.mostWitnessByteCount) "
            + "| \(costs.itemCount) | \(costs.peakItemCount) "
            + "| \(costs.inputVirtualSize(depth: 7)) | \(costs.hasConditions ? "yes" : "") |"
    }
}
