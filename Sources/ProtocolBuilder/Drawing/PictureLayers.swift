/// The columns of a drawing: which card stands in which, and lanes for edges that pass one.
///
/// Source: the layered method of Sugiyama, with medians replaced by averages of port heights.
struct PictureLayers {
    /// What takes up room in a column.
    enum Occupant: Hashable {
        case card(Int)
        /// The edge with this index passes the column without stopping.
        case lane(edge: Int)
    }

    /// A part of an edge between neighbouring columns; offsets are heights within the occupants.
    struct Link: Hashable {
        let from: Int
        let fromOffset: Int
        let to: Int
        let toOffset: Int
    }

    private(set) var occupants: [Occupant] = []
    private(set) var heights: [Int] = []
    private(set) var layerOf: [Int] = []
    private(set) var links: [Link] = []
    /// Occupants of each column from top to bottom.
    private(set) var columns: [[Int]] = []
    /// The occupants that each edge visits, first and last are cards.
    private(set) var routes: [[Int]] = []
    private var incoming: [[Link]] = []
    private var outgoing: [[Link]] = []

    init(_ picture: Picture, _ geometry: [CardGeometry]) {
        let cardLayers = Self.layers(of: picture)
        for index in picture.cards.indices {
            add(.card(index), height: geometry[index].height, layer: cardLayers[index])
        }
        for (index, edge) in picture.edges.enumerated() {
            route(edge, index, geometry)
        }
        columns = Array(repeating: [], count: (layerOf.max() ?? -1) + 1)
        for occupant in occupants.indices {
            columns[layerOf[occupant]].append(occupant)
        }
        incoming = Array(repeating: [], count: occupants.count)
        outgoing = Array(repeating: [], count: occupants.count)
        for link in links {
            incoming[link.to].append(link)
            outgoing[link.from].append(link)
        }
        reduceCrossings()
    }

    /// The links that end at an occupant, and those that begin there.
    func neighbours(of occupant: Int) -> (incoming: [Link], outgoing: [Link]) {
        (incoming[occupant], outgoing[occupant])
    }

    private mutating func add(_ occupant: Occupant, height: Int, layer: Int) {
        occupants.append(occupant)
        heights.append(height)
        layerOf.append(layer)
    }

    private mutating func route(_ edge: PictureEdge, _ index: Int, _ geometry: [CardGeometry]) {
        var stops = [edge.from.card]
        var offset = geometry[edge.from.card].outputPort(edge.from.row)
        let first = layerOf[edge.from.card] + 1
        for layer in first..<max(first, layerOf[edge.to.card]) {
            let lane = occupants.count
            add(.lane(edge: index), height: PictureMetrics.laneHeight, layer: layer)
            let middle = PictureMetrics.laneHeight / 2
            links.append(
                Link(
                    from: stops[stops.count - 1], fromOffset: offset, to: lane, toOffset: middle))
            stops.append(lane)
            offset = middle
        }
        links.append(
            Link(
                from: stops[stops.count - 1], fromOffset: offset, to: edge.to.card,
                toOffset: geometry[edge.to.card].inputPort(edge.to.row)))
        stops.append(edge.to.card)
        routes.append(stops)
    }

    /// Longest path from a card without predecessors; external cards stand next to their
    /// first consumer.
    private static func layers(of picture: Picture) -> [Int] {
        var layers = Array(repeating: 0, count: picture.cards.count)
        for _ in picture.cards.indices {
            var isStable = true
            for edge in picture.edges where layers[edge.to.card] <= layers[edge.from.card] {
                layers[edge.to.card] = layers[edge.from.card] + 1
                isStable = false
            }
            if isStable { break }
        }
        for (index, card) in picture.cards.enumerated() where card.kind == .external {
            let consumers = picture.edges.filter { $0.from.card == index }.map { $0.to.card }
            if let first = consumers.map({ layers[$0] }).min() {
                layers[index] = max(0, first - 1)
            }
        }
        return layers
    }

    private mutating func reduceCrossings() {
        var best = columns
        var fewest = crossingCount()
        for sweep in 0..<12 where fewest > 0 {
            if sweep.isMultiple(of: 2) {
                for layer in columns.indices.dropFirst() {
                    columns[layer] = sorted(layer) { incoming[$0].map { ($0.from, $0.fromOffset) } }
                }
            } else {
                for layer in columns.indices.dropLast().reversed() {
                    columns[layer] = sorted(layer) { outgoing[$0].map { ($0.to, $0.toOffset) } }
                }
            }
            let count = crossingCount()
            if count < fewest {
                fewest = count
                best = columns
            }
        }
        columns = best
    }

    /// Heights of the occupants when each column is stacked without gaps, halves upwards.
    private func stackedTops() -> [Int] {
        var tops = Array(repeating: 0, count: occupants.count)
        for column in columns {
            var y = -column.reduce(0) { $0 + heights[$1] + PictureMetrics.cardGap } / 2
            for occupant in column {
                tops[occupant] = y
                y += heights[occupant] + PictureMetrics.cardGap
            }
        }
        return tops
    }

    /// A column in the order of the average height of the links' other ends.
    private func sorted(
        _ layer: Int, by ends: (Int) -> [(occupant: Int, offset: Int)]
    ) -> [Int] {
        let tops = stackedTops()
        let keys = columns[layer].enumerated().map { position, occupant in
            let ends = ends(occupant)
            let sum = ends.reduce(0) { $0 + tops[$1.occupant] + $1.offset }
            let key = ends.isEmpty ? tops[occupant] : sum / ends.count
            return (key: key, position: position, occupant: occupant)
        }
        return keys.sorted { ($0.key, $0.position) < ($1.key, $1.position) }
            .map { $0.occupant }
    }

    private func crossingCount() -> Int {
        let tops = stackedTops()
        var groups: [Int: [(from: Int, to: Int)]] = [:]
        for link in links {
            groups[layerOf[link.from], default: []].append(
                (tops[link.from] + link.fromOffset, tops[link.to] + link.toOffset))
        }
        var count = 0
        for group in groups.values {
            let ends = group.sorted { ($0.from, $0.to) < ($1.from, $1.to) }.map { $0.to }
            for index in ends.indices {
                for later in ends[index...].dropFirst() where later < ends[index] {
                    count += 1
                }
            }
        }
        return count
    }
}
