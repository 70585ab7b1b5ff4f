import Winternitz

/// How two committed values stand to each other.
public enum Relation: Hashable, Sendable {
    /// They are the same 20 bytes.
    case equal
    /// They are not: also where one is a choice of chains that no message has.
    case different
}

extension Assembler {
    /// Compares a value of profile 2 with one of base 16.
    ///
    /// Profile 2's groups are numbers below 2^31, so that script arithmetic can compute them; each
    /// is compared with the number of its digits of 4 bits.
    ///
    /// - Parameters:
    ///   - positions: What `verify(_:_:)` kept; fails unless those inside of a pick ascend, as every
    ///     choice can be written.
    ///   - digits: 40 digits, the first most significant. Both runs are consumed.
    ///   - relation: The script fails unless it holds.
    public mutating func verify(_ relation: Relation, positions: Items, digits: Items) {
        precondition(digits.count == 2 * CompositionCode.messageByteCount, "40 digits are compared")
        var rest = Array(digits)[...]
        compare(relation, positions) { assembler, group, _ in
            let own = rest.prefix(group.bitCount / 4)
            rest = rest.dropFirst(own.count)
            return assembler.number(fromDigits: Items(own), as: "wanted")
        }
    }

    /// Compares two values of profile 2: `different` proves two signatures of one key.
    ///
    /// - Parameters:
    ///   - relation: The script fails unless it holds.
    ///   - positions: What `verify(_:_:)` kept, as above.
    ///   - others: Likewise. Both runs are consumed.
    public mutating func verify(_ relation: Relation, positions: Items, positions others: Items) {
        var selection: CompositionSelection?
        compare(relation, positions) { assembler, group, tables in
            var current =
                selection
                ?? CompositionSelection(
                    positions: Array(others), pairs: tables.pairs, triples: tables.triples)
            let number = current.number(of: group, &assembler)
            selection = current
            return number
        }
    }

    private mutating func compare(
        _ relation: Relation, _ positions: Items,
        with wanted: (
            inout Assembler, CompositionCode.Group, (pairs: Table, triples: Table)
        ) -> Item
    ) {
        let pairs = table(
            "pairs", (0..<50).map { Int64(CompositionCode.combinations(2, of: $0 + 1)) })
        let triples = table(
            "triples", (0..<50).map { Int64(CompositionCode.combinations(3, of: $0 + 2)) })
        var selection = CompositionSelection(
            positions: Array(positions), pairs: pairs, triples: triples)
        var equalCount: Item?
        for group in CompositionCode.groups {
            let chosen = selection.number(of: group, &self)
            let other = wanted(&self, group, (pairs, triples))
            if relation == .equal {
                verifyNumEqual(.move(chosen), .move(other))
            } else {
                let isEqual = isNumEqual(.move(chosen), .move(other))
                equalCount = equalCount.map { add(.move(isEqual), .move($0)) } ?? isEqual
            }
        }
        if let equalCount {
            let all = Int64(CompositionCode.groups.count)
            verify(.move(isNumNotEqual(.move(equalCount), .number(all))))
        }
        drop(triples.items + pairs.items)
    }
}

/// Computes what positions say, pick by pick.
private struct CompositionSelection {
    private var positions: ArraySlice<Item>
    private let pairs: Table
    private let triples: Table
    private var available = CompositionCode.chainCount

    init(positions: [Item], pairs: Table, triples: Table) {
        self.positions = positions[...]
        self.pairs = pairs
        self.triples = triples
    }

    mutating func number(of group: CompositionCode.Group, _ assembler: inout Assembler) -> Item {
        var number: Item?
        for pick in group.picks {
            let own = Array(positions.prefix(pick.count))
            positions = positions.dropFirst(pick.count)
            let radix = CompositionCode.combinations(pick.count, of: available)
            available -= pick.count
            let scaled = number.map { assembler.multiply(.move($0), by: radix) }
            let rank = rank(own, &assembler)
            number = scaled.map { assembler.add(.move($0), .move(rank)) } ?? rank
        }
        guard let number else { preconditionFailure("a group has picks") }
        return number
    }

    private func rank(_ own: [Item], _ assembler: inout Assembler) -> Item {
        for (low, high) in zip(own, own.dropFirst()) {
            assembler.verify(.move(assembler.isLessOrEqual(.copy(low), .copy(high))))
        }
        var rank = own[0]
        // What an earlier member of the pick took from the list is added by the tables' offsets.
        for (table, position) in zip([pairs, triples], own.dropFirst()) {
            let part = assembler.lookup(table, .move(position))
            rank = assembler.add(.move(part), .move(rank))
        }
        return rank
    }
}
