extension Picture {
    /// The picture as a self-contained SVG that follows the reader's light or dark setting.
    package func svg() -> String {
        PictureLayout(self).svg()
    }
}

extension PictureLayout {
    /// The laid-out picture as a self-contained SVG.
    package func svg() -> String {
        let title = MarkupText.escaped(picture.title)
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" aria-label="\(title)">
            <title>\(title)</title>
            <style>\(PictureStyle.sheet)</style>
            <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" \
            markerHeight="7" orient="auto"><path class="tip" d="M0 0.5L8 4L0 7.5Z"/></marker></defs>
            <rect class="page" width="\(width)" height="\(height)"/>
            <text class="title" x="\(PictureMetrics.margin)" y="\(PictureMetrics.margin + 12)">\
            \(title)</text>
            <text class="note" x="\(PictureMetrics.margin)" y="\(PictureMetrics.margin + 31)">\
            \(MarkupText.escaped(picture.subtitle))</text>
            """
        ]
        for index in routes.indices {
            parts.append(edge(index))
        }
        for index in boxes.indices {
            parts.append(card(index))
        }
        return parts.joined(separator: "\n") + "\n</svg>\n"
    }

    private func edge(_ index: Int) -> String {
        let points = routes[index]
        var path = "M\(points[0].x) \(points[0].y)"
        for step in stride(from: 1, to: points.count - 1, by: 2) {
            let from = points[step]
            let to = points[step + 1]
            let bend = max(24, (to.x - from.x) / 2)
            path +=
                "H\(from.x)C\(from.x + bend) \(from.y) \(to.x - bend) \(to.y) \(to.x) \(to.y)"
        }
        let style = picture.edges[index].style.rawValue
        return "<path class=\"edge \(style)\" d=\"\(path)\" marker-end=\"url(#arrow)\"/>"
    }

    private func card(_ index: Int) -> String {
        let card = picture.cards[index]
        let box = boxes[index]
        let padding = PictureMetrics.cardPadding
        var parts = [
            "<g class=\"card \(card.kind.rawValue)\" transform=\"translate(\(box.x) \(box.y))\">",
            "<rect class=\"body\" width=\"\(box.width)\" height=\"\(box.height)\" rx=\"8\"/>",
            "<path class=\"rule\" d=\"M0 \(rulePosition(card))H\(box.width)\"/>",
            text("heading", padding, 20, card.heading),
        ]
        for (line, detail) in card.details.enumerated() {
            let y = PictureMetrics.headingHeight + line * PictureMetrics.detailHeight + 7
            parts.append(text("note", padding, y, detail))
        }
        for (row, input) in card.inputs.enumerated() {
            parts += rowParts(input, x: padding, y: geometry[index].inputYs[row])
            parts.append(port(0, geometry[index].inputPort(row), input.style))
        }
        for (row, output) in card.outputs.enumerated() {
            parts += rowParts(output, x: geometry[index].outputsX, y: geometry[index].outputYs[row])
            parts.append(port(box.width, geometry[index].outputPort(row), output.style))
        }
        parts.append("</g>")
        return parts.joined()
    }

    private func rulePosition(_ card: PictureCard) -> Int {
        PictureMetrics.headingHeight + card.details.count * PictureMetrics.detailHeight
    }

    private func rowParts(_ row: PictureRow, x: Int, y: Int) -> [String] {
        var parts = [text("row \(row.style.rawValue)", x, y + 14, row.text)]
        for (line, note) in row.notes.enumerated() {
            let top = y + PictureMetrics.rowHeight + line * PictureMetrics.noteHeight
            parts.append(text("note", x + 10, top + 10, note))
        }
        return parts
    }

    private func port(_ x: Int, _ y: Int, _ style: PictureRow.Style) -> String {
        "<circle class=\"port \(style.rawValue)\" cx=\"\(x)\" cy=\"\(y)\""
            + " r=\"\(PictureMetrics.portRadius)\"/>"
    }

    private func text(_ style: String, _ x: Int, _ y: Int, _ text: String) -> String {
        let short = MarkupText.shortened(text, limit: PictureMetrics.textLimit)
        let whole =
            short == text ? "" : "<title>\(MarkupText.escaped(text))</title>"
        return "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">"
            + MarkupText.escaped(short) + whole + "</text>"
    }
}
