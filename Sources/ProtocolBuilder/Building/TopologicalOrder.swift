import Model

/// Parents before children, and otherwise by label: an order that all parties share.
struct TopologicalOrder<Label: GraphLabel> {
    let sorted: [TransactionDescription<Label>]

    /// - Precondition: every label occurs once and every spent label exists.
    init(_ transactions: [TransactionDescription<Label>]) throws(GraphError<Label>) {
        let byText = transactions.sorted { NameLimit.precedes($0.label.text, $1.label.text) }
        let ranks = Dictionary(
            uniqueKeysWithValues: byText.enumerated().map { ($1.label, $0) })
        let parents = byText.map { transaction in
            Set(transaction.inputs.compactMap { $0.parent.flatMap { ranks[$0] } })
        }
        var children: [[Int]] = byText.map { _ in [] }
        for (child, own) in parents.enumerated() {
            for parent in own {
                children[parent].append(child)
            }
        }
        var openParents = parents.map { $0.count }
        var ready = RankHeap(openParents.indices.filter { openParents[$0] == 0 })
        var order: [Int] = []
        while let next = ready.popLeast() {
            order.append(next)
            for child in children[next] {
                openParents[child] -= 1
                if openParents[child] == 0 { ready.insert(child) }
            }
        }
        guard order.count == byText.count else {
            throw .cycle(Self.cycle(parents, openParents).map { byText[$0].label })
        }
        sorted = order.map { byText[$0] }
    }

    /// Walks from child to parent among the blocked until one comes again.
    private static func cycle(_ parents: [Set<Int>], _ openParents: [Int]) -> [Int] {
        guard var current = openParents.firstIndex(where: { $0 > 0 }) else { return [] }
        var walk: [Int] = []
        while !walk.contains(current) {
            walk.append(current)
            guard let parent = parents[current].filter({ openParents[$0] > 0 }).min() else {
                return []
            }
            current = parent
        }
        // The walk goes against the flow of money; the error tells it with the flow, from the
        // smallest label on.
        let loop = Array(walk.drop { $0 != current }.reversed())
        guard let least = loop.min(), let start = loop.firstIndex(of: least) else { return [] }
        return Array(loop[start...] + loop[..<start])
    }
}

extension InputDescription {
    /// The transaction of the graph whose output is spent, or nil.
    var parent: Label? {
        guard case .output(let label, _) = source else { return nil }
        return label
    }
}

/// A binary heap of numbers, the least first.
private struct RankHeap {
    private var ranks: [Int] = []

    init(_ ranks: [Int]) {
        // An ascending array is a heap.
        self.ranks = ranks.sorted()
    }

    mutating func insert(_ rank: Int) {
        ranks.append(rank)
        var child = ranks.count - 1
        while child > 0, ranks[(child - 1) / 2] > ranks[child] {
            ranks.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popLeast() -> Int? {
        guard let least = ranks.first, let last = ranks.popLast() else { return nil }
        guard !ranks.isEmpty else { return least }
        ranks[0] = last
        var parent = 0
        while true {
            let children = (2 * parent + 1...2 * parent + 2).filter { $0 < ranks.count }
            guard let smaller = children.min(by: { ranks[$0] < ranks[$1] }),
                ranks[smaller] < ranks[parent]
            else { return least }
            ranks.swapAt(parent, smaller)
            parent = smaller
        }
    }
}
