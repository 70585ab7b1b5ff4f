package import Bitcoin

/// How an output gets its amount.
package enum OutputAmount: Hashable, Sendable {
    case exact(Amount)
    /// Everything that the inputs bring and the other outputs and the fee leave over.
    case remainder
    /// One of `count` equal parts of that rest; each index from 0 on occurs once. The satoshis
    /// that do not divide go one each to the outputs with the smallest indices.
    case share(index: Int, of: Int)
}

/// What an output is for.
package enum OutputContent: Hashable, Sendable {
    /// Spent by transactions of the graph or, by its leaves and keys, by anybody who is meant to.
    case taproot(TaprootDescription)
    /// Leaves the graph: the script of an address.
    case payout(Script)
    /// Pay-to-anchor: whoever wants to add a fee spends it.
    case anchor
    /// OP_RETURN with one push.
    case data([UInt8])
}

/// An output of a transaction of a graph.
package struct OutputDescription: Hashable, Sendable {
    /// 1 to 60 printable ASCII characters; unique in the transaction.
    package var name: String
    package var amount: OutputAmount
    package var content: OutputContent

    package init(_ name: String, _ amount: OutputAmount, _ content: OutputContent) {
        self.name = name
        self.amount = amount
        self.content = content
    }

    /// A pay-to-anchor output; zero needs a transaction without fee, else 240 sat are the least.
    package static func anchor(_ amount: Amount) -> OutputDescription {
        OutputDescription("anchor", .exact(amount), .anchor)
    }
}
