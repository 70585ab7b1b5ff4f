import Bitcoin
import Model
import Primitives

extension Graph {
    /// What a drawing of the graph shows.
    package var picture: Picture {
        var builder = PictureBuilder<Label>(headings: Set(transactions.map { $0.label.text }))
        for transaction in transactions {
            builder.append(transaction)
        }
        let count = transactions.count
        return Picture(
            title: name,
            subtitle: "\(count) transaction\(count == 1 ? "" : "s") · \(plan.tasks.count)"
                + " signatures · digest \(digest.hex.prefix(16))… · dashed: after a wait",
            cards: builder.cards, edges: builder.edges)
    }

    /// The drawing for Graphviz.
    package func dot() -> String { picture.dot() }

    /// The drawing for a browser.
    package func svg() -> String { picture.svg() }
}

/// Collects the cards and edges of a graph's transactions, parents first.
private struct PictureBuilder<Label: GraphLabel> {
    private(set) var cards: [PictureCard] = []
    private(set) var edges: [PictureEdge] = []
    private var positions: [Label: Int] = [:]
    private var externals: [OutPoint: Int] = [:]
    private var headings: Set<String>

    /// - Parameter headings: What the cards of transactions will be called.
    init(headings: Set<String>) {
        self.headings = headings
    }

    mutating func append(_ transaction: GraphTransaction<Label>) {
        let sources = transaction.inputs.map { source($0) }
        positions[transaction.label] = cards.count
        for (row, from) in sources.enumerated() {
            let isDelayed = transaction.inputs[row].waitText != nil
            edges.append(
                PictureEdge(
                    from: from, to: PictureEdge.End(card: cards.count, row: row),
                    style: isDelayed ? .delayed : .direct))
        }
        cards.append(
            PictureCard(
                kind: .transaction, heading: transaction.label.text,
                details: transaction.detailTexts,
                inputs: transaction.inputs.enumerated().map { $1.row($0) },
                outputs: transaction.outputs.enumerated().map { $1.row($0) }))
    }

    /// Where an input's output is drawn; an output outside of the graph gets a card of its own.
    private mutating func source(_ input: GraphInput<Label>) -> PictureEdge.End {
        switch input.description.source {
        case .output(let label, let index):
            guard let card = positions[label] else {
                preconditionFailure("a finished graph has parents before children")
            }
            return PictureEdge.End(card: card, row: index)
        case .external(let output):
            if let card = externals[output.outPoint] {
                return PictureEdge.End(card: card, row: 0)
            }
            externals[output.outPoint] = cards.count
            let text = output.outPoint.txid.description
            cards.append(
                PictureCard(
                    kind: .external, heading: heading(output),
                    details: ["txid \(text.prefix(8))…\(text.suffix(8))"], inputs: [],
                    outputs: [
                        PictureRow(
                            style: .contract, text: "output \(output.outPoint.outputIndex)",
                            notes: [PictureText.amount(output.prevout.value)]
                                + PictureText.leaves(output.taproot))
                    ]))
            return PictureEdge.End(card: cards.count - 1, row: 0)
        }
    }

    /// Headings differ, also where two outputs outside of the graph have one name.
    private mutating func heading(_ output: ExternalOutput) -> String {
        if headings.insert(output.name).inserted { return output.name }
        let heading = "\(output.name) \(output.outPoint)"
        headings.insert(heading)
        return heading
    }
}

extension GraphTransaction {
    fileprivate var detailTexts: [String] {
        let text = txid.description
        var details = [
            "txid \(text.prefix(8))…\(text.suffix(8))",
            "v\(transaction.version) · ≤ \(largestVirtualSize) · fee \(PictureText.amount(fee))",
        ]
        switch transaction.lockTime.meaning {
        case .height(let height) where height > .genesis: details.append("not before \(height)")
        case .time(let seconds): details.append("not before time \(seconds)")
        default: break
        }
        return details
    }
}

extension GraphInput {
    fileprivate var waitText: String? {
        guard case .blocks(let wait) = description.sequence.relativeLock else { return nil }
        return "after \(wait)"
    }

    fileprivate func row(_ index: Int) -> PictureRow {
        let texts = spends.map { spend in
            let owners = spend.description.owners.map { $0.text }
            return (
                name: name(of: spend.path),
                owners: owners.isEmpty ? "no signature" : owners.joined(separator: " + ")
            )
        }
        var notes = waitText.map { [$0] } ?? []
        if texts.count == 1 {
            notes.insert("by \(texts[0].owners)", at: 0)
            return PictureRow(style: .contract, text: "\(index) \(texts[0].name)", notes: notes)
        }
        notes = texts.map { "\($0.name) by \($0.owners)" } + notes
        return PictureRow(style: .contract, text: "\(index) one of", notes: notes)
    }
}

extension GraphOutput {
    fileprivate func row(_ index: Int) -> PictureRow {
        let amount = PictureText.amount(txOut.value)
        let text = "\(index) \(name)"
        switch description.content {
        case .taproot(let taproot):
            return PictureRow(
                style: .contract, text: text, notes: [amount] + PictureText.leaves(taproot))
        case .payout:
            return PictureRow(style: .payout, text: text, notes: [amount])
        case .anchor:
            return PictureRow(style: .anchor, text: text, notes: [amount])
        case .data(let bytes):
            return PictureRow(style: .data, text: text, notes: ["\(bytes.count) bytes"])
        }
    }
}

private enum PictureText {
    /// Leaves beyond this number are counted, not listed.
    static let leafLimit = 6

    /// With a comma between thousands, as in `1,234,567 sat`.
    static func amount(_ amount: Amount) -> String {
        let digits = Array(String(amount.satoshi))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text + " sat"
    }

    static func leaves(_ taproot: TaprootDescription) -> [String] {
        let lines = taproot.leaves.map { leaf in
            let wait = (try? LeafLocks(leaf.script))?.relative
                .compactMap { lock -> String? in
                    if case .blocks(let wait) = lock.relativeLock { "after \(wait)" } else { nil }
                }.first
            return "↳ \(leaf.name)" + (wait.map { ", \($0)" } ?? "")
        }
        guard lines.count > leafLimit else { return lines }
        return lines.prefix(leafLimit - 1) + ["and \(lines.count - leafLimit + 1) more leaves"]
    }
}
