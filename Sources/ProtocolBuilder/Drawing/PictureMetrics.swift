/// Sizes of everything that is drawn, in pixels of the SVG's own coordinates.
enum PictureMetrics {
    static let margin = 32
    static let titleHeight = 52
    static let headingHeight = 30
    static let detailHeight = 16
    static let rowHeight = 20
    static let noteHeight = 15
    static let rowGap = 6
    static let cardPadding = 12
    static let columnGap = 28
    static let cardGap = 26
    /// Height that an edge keeps free for itself where it passes a column of cards.
    static let laneHeight = 8
    static let channelWidth = 72
    static let channelPerEdge = 5
    static let channelLimit = 200
    static let textLimit = 34
    static let portRadius = 4

    /// Width of text in the monospaced faces that the style sheet names: at most 0.61 em.
    static func width(of text: String, fontSize: Int) -> Int {
        (min(text.count, textLimit) * fontSize * 61 + 99) / 100
    }

    static func height(of row: PictureRow) -> Int {
        rowHeight + row.notes.count * noteHeight + rowGap
    }
}

/// The size of a card and where its rows begin, relative to its upper left corner.
struct CardGeometry: Hashable, Sendable {
    let width: Int
    let height: Int
    let outputsX: Int
    let inputYs: [Int]
    let outputYs: [Int]

    init(_ card: PictureCard) {
        let top =
            PictureMetrics.headingHeight + card.details.count * PictureMetrics.detailHeight
            + PictureMetrics.cardPadding
        let left = Self.columnWidth(card.inputs)
        let right = Self.columnWidth(card.outputs)
        let gap = card.inputs.isEmpty || card.outputs.isEmpty ? 0 : PictureMetrics.columnGap
        let heading =
            ([PictureMetrics.width(of: card.heading, fontSize: 15)]
            + card.details.map { PictureMetrics.width(of: $0, fontSize: 11) }).max() ?? 0
        let inner = max(heading, left + gap + right)
        width = inner + 2 * PictureMetrics.cardPadding
        outputsX = PictureMetrics.cardPadding + inner - right
        inputYs = Self.starts(of: card.inputs, from: top)
        outputYs = Self.starts(of: card.outputs, from: top)
        let rows = max(Self.total(card.inputs), Self.total(card.outputs))
        height = top + rows + PictureMetrics.cardPadding / 2
    }

    private static func columnWidth(_ rows: [PictureRow]) -> Int {
        rows.flatMap { row in
            [PictureMetrics.width(of: row.text, fontSize: 12)]
                + row.notes.map { PictureMetrics.width(of: $0, fontSize: 11) + 10 }
        }.max() ?? 0
    }

    private static func total(_ rows: [PictureRow]) -> Int {
        rows.reduce(0) { $0 + PictureMetrics.height(of: $1) }
    }

    private static func starts(of rows: [PictureRow], from top: Int) -> [Int] {
        var y = top
        return rows.map { row in
            defer { y += PictureMetrics.height(of: row) }
            return y
        }
    }

    /// Where the edge of an input meets the card.
    func inputPort(_ row: Int) -> Int { inputYs[row] + PictureMetrics.rowHeight / 2 }

    /// Where the edge of an output leaves the card.
    func outputPort(_ row: Int) -> Int { outputYs[row] + PictureMetrics.rowHeight / 2 }
}
