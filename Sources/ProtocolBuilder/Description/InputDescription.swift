package import Bitcoin
package import Model

/// An output that exists outside of the graph, with everything that spending it needs.
package struct ExternalOutput: Hashable, Sendable {
    /// What people call it: 1 to 60 printable ASCII characters.
    package var name: String
    package var outPoint: OutPoint
    package var prevout: TxOut
    /// What the script of `prevout` commits to.
    package var taproot: TaprootDescription

    package init(
        name: String, outPoint: OutPoint, prevout: TxOut, taproot: TaprootDescription
    ) {
        self.name = name
        self.outPoint = outPoint
        self.prevout = prevout
        self.taproot = taproot
    }
}

/// What an input spends.
package enum InputSource<Label: GraphLabel>: Hashable, Sendable {
    /// An output of a transaction of the same graph; the index is 0-based.
    case output(of: Label, index: Int)
    case external(ExternalOutput)
}

/// How a taproot output is spent.
package enum SpendPath: Hashable, Comparable, Sendable {
    case keyPath
    /// 0-based position in the output's leaves.
    case leaf(Int)
}

/// One way to satisfy an input; all ways of an input share the txid.
package struct SpendDescription: Hashable, Sendable {
    package var path: SpendPath
    package var sighashType: SighashType
    /// Who makes each signature of the path, in the order of its signature items; a key path has
    /// one, and a leaf without signatures has none.
    package var owners: [SignatureOwner]

    package init(
        _ path: SpendPath, sighashType: SighashType = .default, owners: [SignatureOwner]
    ) {
        self.path = path
        self.sighashType = sighashType
        self.owners = owners
    }

    /// A path that one owner signs.
    package init(
        _ path: SpendPath, sighashType: SighashType = .default, signedBy owner: SignatureOwner
    ) {
        self.init(path, sighashType: sighashType, owners: owner == .nobody ? [] : [owner])
    }
}

/// An input of a transaction of a graph.
package struct InputDescription<Label: GraphLabel>: Hashable, Sendable {
    package var source: InputSource<Label>
    package var sequence: Sequence
    /// At least one; the paths differ.
    package var spends: [SpendDescription]

    package init(
        _ source: InputSource<Label>, sequence: Sequence = .replaceable,
        spends: [SpendDescription]
    ) {
        self.source = source
        self.sequence = sequence
        self.spends = spends
    }
}
