extension Picture {
    /// The picture in the language of Graphviz: one table per card, one port per row.
    package func dot() -> String {
        var lines = [
            "digraph \(MarkupText.quoted(title)) {",
            "  graph [rankdir=LR, nodesep=0.4, ranksep=1.2, fontname=\"monospace\"];",
            "  node [shape=plain, fontname=\"monospace\", fontsize=10];",
            "  edge [arrowsize=0.7];",
        ]
        for card in cards {
            lines.append("  \(MarkupText.quoted(card.heading)) [label=<\(Self.table(of: card))>];")
        }
        for edge in edges {
            let from = MarkupText.quoted(cards[edge.from.card].heading)
            let to = MarkupText.quoted(cards[edge.to.card].heading)
            let style = edge.style == .delayed ? "dashed" : "solid"
            lines.append(
                "  \(from):\"o\(edge.from.row)\":e -> \(to):\"i\(edge.to.row)\":w [style=\(style)];"
            )
        }
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(of card: PictureCard) -> String {
        let style = card.kind == .external ? " STYLE=\"dashed\"" : ""
        let open =
            "<TABLE BORDER=\"1\"\(style) CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\">"
        var rows = ["<TR><TD COLSPAN=\"2\"><B>\(MarkupText.escaped(card.heading))</B></TD></TR>"]
        for detail in card.details {
            rows.append("<TR><TD COLSPAN=\"2\">\(MarkupText.escaped(detail))</TD></TR>")
        }
        for index in 0..<max(card.inputs.count, card.outputs.count) {
            rows.append(
                "<TR>" + cell(index < card.inputs.count ? card.inputs[index] : nil, "i\(index)")
                    + cell(index < card.outputs.count ? card.outputs[index] : nil, "o\(index)")
                    + "</TR>")
        }
        return open + rows.joined() + "</TABLE>"
    }

    private static func cell(_ row: PictureRow?, _ port: String) -> String {
        guard let row else { return "<TD></TD>" }
        let text = ([row.text] + row.notes).map { MarkupText.escaped($0) }
            .joined(separator: "<BR ALIGN=\"LEFT\"/>")
        return "<TD PORT=\"\(port)\" ALIGN=\"LEFT\">\(text)<BR ALIGN=\"LEFT\"/></TD>"
    }
}
