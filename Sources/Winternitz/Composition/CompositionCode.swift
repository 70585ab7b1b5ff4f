public import Primitives

/// How 20 bytes choose which chains of a key are disclosed, and how far: profile 2.
///
/// Every signature discloses the same number of chains at each distance from the public end: only the
/// choice of the chains says the message. So the script knows beforehand how often it hashes which
/// witness item, and no checksum is needed: whoever holds one signature would have to go back on some
/// chain to make another.
///
/// - Source: docs/protocol/winternitz.md, "Profile 2".
public enum CompositionCode {
    /// The number of the profile in encodings and key derivations.
    public static let profileNumber: UInt8 = 2
    /// Bytes of a message.
    public static let messageByteCount = 20
    /// Chains of a key.
    public static let chainCount = 53
    /// Chains of which a signature discloses a value.
    public static let disclosedCount = 34
    /// Hash steps from a chain's secret to its public value.
    public static let stepCount: UInt8 = 23

    /// Chains that are disclosed at one distance.
    public struct Pick: Hashable, Sendable {
        /// How many chains are chosen from those left: 1 to 3.
        public let count: Int
        /// Hash steps from their disclosed values to the public ones.
        public let distance: UInt8
    }

    /// Picks that together say some bits of the message.
    public struct Group: Hashable, Sendable {
        /// How many bits of the message, a multiple of 4; at most 28.
        public let bitCount: Int
        /// In the order of choosing.
        public let picks: [Pick]
    }

    /// The picks, in the order of the message's bits, most significant first.
    public static let groups: [Group] = {
        // The more chains at one distance, the nearer: hash steps are bytes of script.
        var distances: [Int: UInt8] = [3: 1, 2: 5, 1: 8]
        let counts: [(bits: Int, counts: [Int])] = [
            (28, [1, 1, 1, 1, 1]), (24, [3, 2]), (24, [1, 1, 3]), (28, [1, 3, 1, 1]),
            (28, [1, 1, 1, 2, 1]), (28, [1, 3, 1, 2]),
        ]
        return counts.map { group in
            Group(
                bitCount: group.bits,
                picks: group.counts.map { count in
                    let distance = distances[count, default: 0]
                    distances[count] = distance + 1
                    return Pick(count: count, distance: distance)
                })
        }
    }()

    /// All picks in order.
    public static let picks = groups.flatMap(\.picks)

    /// The distance of each disclosed value, in the order of signatures.
    public static let distances = picks.flatMap { [UInt8](repeating: $0.distance, count: $0.count) }

    /// How many ways there are to choose.
    ///
    /// - Parameter count: 0 to 3.
    public static func combinations(_ count: Int, of available: Int) -> Int {
        (0..<count).reduce(1) { $0 * (available - $1) / ($1 + 1) }
    }

    // MARK: Encoding

    /// Which of the chains that are left each disclosed value belongs to, counted from 0.
    ///
    /// Inside a pick chains ascend.
    ///
    /// - Returns: `disclosedCount` positions; the position `i` of `k` chains left is below `k`.
    public static func positions(of message: Bytes20) -> [Int] {
        var positions: [Int] = []
        var available = chainCount
        for (group, number) in zip(groups, numbers(of: message)) {
            var ranks: [Int] = []
            var rest = number
            var end = available - group.picks.reduce(0) { $0 + $1.count }
            for pick in group.picks.reversed() {
                end += pick.count
                let radix = combinations(pick.count, of: end)
                ranks.insert(rest % radix, at: 0)
                rest /= radix
            }
            for (pick, rank) in zip(group.picks, ranks) {
                positions += subset(rank, pick.count, of: available)
                available -= pick.count
            }
        }
        return positions
    }

    /// The message in numbers of the groups' bits.
    public static func numbers(of message: Bytes20) -> [Int] {
        let digits = message.bytes.flatMap { [Int($0 >> 4), Int($0 & 15)] }
        var rest = digits[...]
        return groups.map { group in
            let own = rest.prefix(group.bitCount / 4)
            rest = rest.dropFirst(own.count)
            return own.reduce(0) { $0 << 4 | $1 }
        }
    }

    /// A subset by its rank in the combinatorial number system, as positions among those left.
    private static func subset(_ rank: Int, _ count: Int, of available: Int) -> [Int] {
        var rest = rank
        var members: [Int] = []
        var limit = available
        for size in stride(from: count, to: 0, by: -1) {
            let member = (0..<limit).last { combinations(size, of: $0) <= rest } ?? 0
            rest -= combinations(size, of: member)
            limit = member
            members.insert(member, at: 0)
        }
        return members.enumerated().map { $1 - $0 }
    }

    // MARK: Decoding

    /// What positions say, whatever the order inside of a pick.
    ///
    /// - Parameter positions: As many as values are disclosed, each below the number of chains left.
    /// - Returns: One number per group; those of a message are below 2 to the group's `bitCount`, others
    ///   are not, and no message has them.
    public static func numbers(at positions: [Int]) -> [Int] {
        var rest = positions[...]
        var available = chainCount
        return groups.map { group in
            group.picks.reduce(0) { number, pick in
                let radix = combinations(pick.count, of: available)
                let rank = rank(Array(rest.prefix(pick.count)))
                rest = rest.dropFirst(pick.count)
                available -= pick.count
                return number * radix + rank
            }
        }
    }

    private static func rank(_ positions: [Int]) -> Int {
        var members: [Int] = []
        for position in positions {
            // The chosen ones before are gone from the list that the position counts in.
            let member = members.sorted().reduce(position) { $1 <= $0 ? $0 + 1 : $0 }
            members.append(member)
        }
        return members.sorted().enumerated().reduce(0) {
            $0 + combinations($1.offset + 1, of: $1.element)
        }
    }

    /// The message with given numbers; nil if one is too large for any message.
    public static func message(_ numbers: [Int]) -> Bytes20? {
        var digits: [UInt8] = []
        for (group, number) in zip(groups, numbers) {
            guard number >> group.bitCount == 0 else { return nil }
            for shift in stride(from: group.bitCount - 4, through: 0, by: -4) {
                digits.append(UInt8(number >> shift & 15))
            }
        }
        return Bytes20(
            stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }

    /// The chain of each disclosed value.
    ///
    /// - Parameter positions: Each below the number of chains left.
    public static func chainIndices(at positions: [Int]) -> [Int] {
        var left = Array(0..<chainCount)
        return positions.map { left.remove(at: $0) }
    }
}
