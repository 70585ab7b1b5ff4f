/// A picture with a place for everything: no card covers another, no edge runs under a card.
package struct PictureLayout: Sendable {
    /// An upper left corner and a size.
    package struct Box: Hashable, Sendable {
        package let x: Int
        package let y: Int
        package let width: Int
        package let height: Int

        package init(x: Int, y: Int, width: Int, height: Int) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }

        /// Whether two boxes have a point in common.
        package func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width
                && y < other.y + other.height && other.y < y + height
        }
    }

    /// A corner of an edge: straight to the second, curved to the third, and so on in turn.
    ///
    /// Edges are straight over a column and curved between columns.
    package struct Point: Hashable, Sendable {
        package let x: Int
        package let y: Int
    }

    package let picture: Picture
    /// One box per card of the picture, in the same order.
    package let boxes: [Box]
    /// One list of corners per edge of the picture, in the same order.
    package let routes: [[Point]]
    package let width: Int
    package let height: Int
    let geometry: [CardGeometry]

    package init(_ picture: Picture) {
        let geometry = picture.cards.map { CardGeometry($0) }
        let layers = PictureLayers(picture, geometry)
        let tops = PictureHeights(layers).tops
        let columns = Self.columns(layers, geometry, edgeCount: picture.edges.count)
        self.picture = picture
        self.geometry = geometry
        let topOfAll = PictureMetrics.margin + PictureMetrics.titleHeight
        let boxes = picture.cards.indices.map { card in
            Box(
                x: columns[layers.layerOf[card]].x, y: tops[card] + topOfAll,
                width: geometry[card].width, height: geometry[card].height)
        }
        routes = picture.edges.enumerated().map { index, edge in
            let from = boxes[edge.from.card]
            let to = boxes[edge.to.card]
            let own = columns[layers.layerOf[edge.from.card]]
            let start = from.y + geometry[edge.from.card].outputPort(edge.from.row)
            // Straight to the end of the column: its other cards may be wider.
            var points = [
                Point(x: from.x + from.width, y: start),
                Point(x: own.x + own.width, y: start),
            ]
            for lane in layers.routes[index].dropFirst().dropLast() {
                let column = columns[layers.layerOf[lane]]
                let y = tops[lane] + topOfAll + PictureMetrics.laneHeight / 2
                points.append(Point(x: column.x, y: y))
                points.append(Point(x: column.x + column.width, y: y))
            }
            points.append(
                Point(
                    x: to.x - PictureMetrics.portRadius,
                    y: to.y + geometry[edge.to.card].inputPort(edge.to.row)))
            return points
        }
        let lowest = layers.occupants.indices.map { tops[$0] + layers.heights[$0] }.max() ?? 0
        let right = columns.last.map { $0.x + $0.width } ?? 0
        let title =
            PictureMetrics.margin
            + max(
                picture.title.count * 12, picture.subtitle.count * 8)
        self.boxes = boxes
        width = max(right, title) + PictureMetrics.margin
        height = topOfAll + lowest + PictureMetrics.margin
    }

    private static func columns(
        _ layers: PictureLayers, _ geometry: [CardGeometry], edgeCount: Int
    ) -> [(x: Int, width: Int)] {
        var x = PictureMetrics.margin
        return layers.columns.indices.map { layer in
            let width =
                layers.columns[layer].map { occupant in
                    if case .card(let card) = layers.occupants[occupant] {
                        geometry[card].width
                    } else {
                        0
                    }
                }.max() ?? 0
            let crossing = layers.links.count { layers.layerOf[$0.from] == layer }
            defer {
                x +=
                    width
                    + min(
                        PictureMetrics.channelLimit,
                        PictureMetrics.channelWidth + crossing * PictureMetrics.channelPerEdge)
            }
            return (x, width)
        }
    }
}
