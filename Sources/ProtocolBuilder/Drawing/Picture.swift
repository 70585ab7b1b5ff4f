/// What a drawing of a graph shows, without any position: the common source of DOT and SVG.
package struct Picture: Hashable, Sendable {
    package let title: String
    package let subtitle: String
    package let cards: [PictureCard]
    package let edges: [PictureEdge]

    /// - Precondition: every edge joins an output row and an input row that exist.
    package init(title: String, subtitle: String, cards: [PictureCard], edges: [PictureEdge]) {
        for edge in edges {
            precondition(
                cards.indices.contains(edge.from.card)
                    && cards[edge.from.card].outputs.indices.contains(edge.from.row)
                    && cards.indices.contains(edge.to.card)
                    && cards[edge.to.card].inputs.indices.contains(edge.to.row),
                "an edge of a picture joins rows that exist")
        }
        self.title = title
        self.subtitle = subtitle
        self.cards = cards
        self.edges = edges
    }
}

/// One box of a drawing: a transaction of the graph or a funding transaction outside of it.
package struct PictureCard: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case transaction, external
    }

    package let kind: Kind
    /// Different for different cards of a picture; the id in DOT.
    package let heading: String
    package let details: [String]
    package let inputs: [PictureRow]
    package let outputs: [PictureRow]

    package init(
        kind: Kind, heading: String, details: [String], inputs: [PictureRow],
        outputs: [PictureRow]
    ) {
        self.kind = kind
        self.heading = heading
        self.details = details
        self.inputs = inputs
        self.outputs = outputs
    }
}

/// An input or an output inside a card.
package struct PictureRow: Hashable, Sendable {
    package enum Style: String, Hashable, Sendable {
        case contract, payout, anchor, data
    }

    package let style: Style
    package let text: String
    /// Smaller lines under the text: amounts, leaves, paths, locks.
    package let notes: [String]

    package init(style: Style, text: String, notes: [String]) {
        self.style = style
        self.text = text
        self.notes = notes
    }
}

/// A spent output: from an output row to an input row.
package struct PictureEdge: Hashable, Sendable {
    package enum Style: String, Hashable, Sendable {
        /// Spendable at once.
        case direct
        /// Spendable only after a relative lock.
        case delayed
    }

    /// A row of a card, both 0-based.
    package struct End: Hashable, Sendable {
        package let card: Int
        package let row: Int

        package init(card: Int, row: Int) {
            self.card = card
            self.row = row
        }
    }

    package let from: End
    package let to: End
    package let style: Style

    package init(from: End, to: End, style: Style) {
        self.from = from
        self.to = to
        self.style = style
    }
}
