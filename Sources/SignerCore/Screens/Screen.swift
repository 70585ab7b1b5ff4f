package import Primitives

/// What a person reads before saying yes: plain lines under headings, printable ASCII only.
package struct Screen: Hashable, Sendable {
    /// Lines about one subject.
    package struct Section: Hashable, Sendable {
        package let heading: String
        package let lines: [String]

        init(_ heading: String, _ lines: [String]) {
            self.heading = heading
            self.lines = lines
        }
    }

    package let title: String
    /// Shown first: what meets the rules and should still be looked at.
    package let warnings: [String]
    package let sections: [Section]
    /// The digest of the request that a yes is for.
    package let requestDigest: Bytes32

    /// What has to be typed, exactly: the first three words of the request's digest.
    package var phrase: String {
        Bytewords.words(for: requestDigest, count: 3).joined(separator: " ")
    }

    /// All lines, top to bottom.
    package var lines: [String] {
        var lines = [title, String(repeating: "=", count: title.count)]
        for warning in warnings {
            lines.append("WARNING  \(warning)")
        }
        for section in sections {
            lines += ["", section.heading]
            lines += section.lines.map { $0.isEmpty ? "" : "  \($0)" }
        }
        return lines
    }
}
