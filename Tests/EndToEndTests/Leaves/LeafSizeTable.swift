import Bitcoin
import Foundation
import Tapscript
import TestSupport

/// The table of sizes of docs/protocol/leaves-on-chain.md.
struct LeafSizeTable {
    private static let header = """
        | Leaf | script | items | peak | witness | weight | vbytes | depth | needs |
        |---|---|---|---|---|---|---|---|---|
        """

    private var lines: [String] = []

    private static var file: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/protocol/leaves-on-chain.md")
    }

    static var isRecording: Bool { ProcessInfo.processInfo.environment["BITVMX_RECORD"] == "1" }

    /// Adds a leaf whose transaction has sizes of the node's.
    mutating func append(_ signed: SignedLeaf, _ sizes: NodeSizes) {
        let properties = signed.leaf.script.properties
        // Weight counts bytes outside witnesses four times; marker and flag count as witness.
        let witness = (4 * sizes.size - sizes.weight) / 3 - 2
        let depth = signed.spend.output.tree.depth(ofLeaf: signed.spend.leafIndex)
        let cells = [
            signed.leaf.name, "\(properties.byteCount)", "\(properties.inputItemCount)",
            "\(properties.peakItemCount)", "\(witness)", "\(sizes.weight)", "\(sizes.vsize)",
            "\(depth)", signed.unrelayedFeatures.joined(separator: ", "),
        ]
        lines.append("| " + cells.joined(separator: " | ") + " |")
    }

    /// The document with this table in the place of its own.
    private func document(_ text: String) -> String {
        let before = text.components(separatedBy: Self.header)
        let rest = (before.count > 1 ? before[1] : "").split(
            separator: "\n", omittingEmptySubsequences: false
        ).drop { $0.isEmpty || $0.hasPrefix("| ") }
        let after = rest.isEmpty ? "" : "\n" + rest.joined(separator: "\n")
        return before[0] + Self.header + "\n" + lines.joined(separator: "\n") + "\n" + after
    }

    /// Compares the document with the table, or writes it.
    ///
    /// - Returns: Lines that the document should have and has not.
    func check() throws -> [String] {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let wanted = document(text)
        if Self.isRecording {
            try wanted.write(to: Self.file, atomically: true, encoding: .utf8)
            return []
        }
        guard wanted != text else { return [] }
        let documented = Set(text.split(separator: "\n").map(String.init))
        return lines.filter { !documented.contains($0) } + ["(or a line too many)"]
    }
}
