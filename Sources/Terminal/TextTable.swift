/// Rows under headings, as wide as their content; numbers can stand to the right.
package struct TextTable: Sendable {
    package enum Alignment: Sendable {
        case left
        case right
    }

    private let headings: [(text: String, alignment: Alignment)]
    private var rows: [[String]] = []

    package init(_ headings: [(String, Alignment)]) {
        self.headings = headings.map { (text: $0.0, alignment: $0.1) }
    }

    /// - Precondition: one cell per heading.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count == headings.count, "a row has a cell for every heading")
        rows.append(cells.map(SafeText.printable))
    }

    package var lines: [String] {
        let widths = headings.indices.map { column in
            max(headings[column].text.count, rows.map { $0[column].count }.max() ?? 0)
        }
        let head = line(headings.map(\.text), widths)
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        return [head, rule] + rows.map { line($0, widths) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.indices.map { column in
            let space = String(repeating: " ", count: widths[column] - cells[column].count)
            return headings[column].alignment == .left
                ? cells[column] + space : space + cells[column]
        }
        var text = padded.joined(separator: "  ")
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// Text from outside on its way to a terminal.
package enum SafeText {
    /// Printable ASCII stays; everything else becomes `?`, so that no escape sequence and no
    /// change of writing direction gets through.
    package static func printable(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                (0x20...0x7E).contains(scalar.value) ? Character(scalar) : "?"
            })
    }

    /// A line that a program made: its letters and line ends stay, whatever steers a terminal
    /// becomes `?`.
    ///
    /// The line may quote the name of a file on somebody's stick.
    package static func line(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(scalar == "\n" || !isSteering(scalar) ? scalar : "?")
        }
        return String(scalars)
    }

    private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            true
        default: false
        }
    }
}
