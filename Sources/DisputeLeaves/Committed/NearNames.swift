/// Names that somebody may have meant.
enum NearNames {
    private static let most = 5
    private static let mostChanges = 3

    /// At most five names, the nearest first: those that begin alike, or differ by few letters.
    static func of(_ name: String, among names: [String]) -> [String] {
        let wanted = Array(name.utf8)
        let distances = names.enumerated().compactMap { index, candidate in
            let letters = Array(candidate.utf8)
            let distance =
                letters.starts(with: wanted) && wanted.count > 1
                ? 1 : distance(wanted, letters)
            return distance <= mostChanges ? (distance: distance, index: index) : nil
        }
        return distances.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
            .prefix(most).map { names[$0.index] }
    }

    /// How many letters must be put in, left out or changed to get from one word to another.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard abs(left.count - right.count) <= mostChanges else { return mostChanges + 1 }
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var corner = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let changed = corner + (letter == other ? 0 : 1)
                corner = row[place + 1]
                row[place + 1] = min(changed, row[place] + 1, row[place + 1] + 1)
            }
        }
        return row[right.count]
    }
}
