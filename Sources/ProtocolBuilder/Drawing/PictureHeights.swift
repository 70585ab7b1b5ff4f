/// Chooses the height of every occupant of a column: near its neighbours, never over another.
struct PictureHeights {
    /// Upper ends, in the order of the layers' occupants; the smallest is 0.
    private(set) var tops: [Int]
    private let layers: PictureLayers

    init(_ layers: PictureLayers) {
        self.layers = layers
        tops = Array(repeating: 0, count: layers.occupants.count)
        for column in layers.columns {
            place(column, wanted: column.map { _ in 0 })
        }
        for sweep in 0..<16 {
            let order = Array(layers.columns.indices)
            for layer in sweep.isMultiple(of: 2) ? order : order.reversed() {
                let column = layers.columns[layer]
                place(column, wanted: column.map { wish(of: $0) })
            }
        }
        let highest = tops.min() ?? 0
        tops = tops.map { $0 - highest }
    }

    /// Where an occupant's edges would be level on average.
    private func wish(of occupant: Int) -> Int {
        let (incoming, outgoing) = layers.neighbours(of: occupant)
        let sum =
            incoming.reduce(0) { $0 + tops[$1.from] + $1.fromOffset - $1.toOffset }
            + outgoing.reduce(0) { $0 + tops[$1.to] + $1.toOffset - $1.fromOffset }
        let count = incoming.count + outgoing.count
        return count == 0 ? tops[occupant] : sum / count
    }

    private func gap(_ upper: Int, _ lower: Int) -> Int {
        if case .lane = layers.occupants[upper], case .lane = layers.occupants[lower] {
            return PictureMetrics.laneHeight
        }
        return PictureMetrics.cardGap
    }

    /// Keeps the order of a column and moves its occupants as little as possible from their
    /// wishes: neighbours that would collide become one block at the average of their wishes.
    private mutating func place(_ column: [Int], wanted: [Int]) {
        var distance = 0
        var distances: [Int] = []
        var blocks: [(sum: Int, count: Int)] = []
        for (position, occupant) in column.enumerated() {
            if position > 0 {
                let upper = column[position - 1]
                distance += layers.heights[upper] + gap(upper, occupant)
            }
            distances.append(distance)
            var block = (sum: wanted[position] - distance, count: 1)
            while let last = blocks.last, last.sum * block.count >= block.sum * last.count {
                block = (last.sum + block.sum, last.count + block.count)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        var position = 0
        for block in blocks {
            // Rounding down keeps the order of blocks, so that distances stay kept.
            let base = Self.floorDivide(block.sum, block.count)
            for _ in 0..<block.count {
                tops[column[position]] = base + distances[position]
                position += 1
            }
        }
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
