package import Curve
internal import Primitives
internal import Winternitz

/// Public keys that stand in scripts where there is no ceremony: made from public text, so that
/// nobody has, and nobody can take, their secrets for safe.
package enum ExampleKeys {
    private static let hash = TaggedHash("BitVMX/example-key/v1")

    /// A key in place of the parties' aggregate.
    package static var aggregate: XOnlyPublicKey {
        for counter in 0..<UInt64.max {
            let candidate = hash.hash(Array("aggregate/\(counter)".utf8))
            if let key = XOnlyPublicKey(candidate) { return key }
        }
        preconditionFailure("every other number is the x coordinate of a key")
    }

    /// A one-time key of a value, in the profile that its leaves have for it.
    package static func oneTimeKey(
        _ value: LeafValue, _ profile: CommitmentProfile
    ) -> OneTimeKey? {
        switch profile {
        case .base16:
            guard let parameters = try? WinternitzParameters(messageByteCount: value.byteCount)
            else { return nil }
            let chains = chains(value, count: parameters.chainCount)
            return (try? WinternitzPublicKey(parameters: parameters, chains: chains))
                .map { .base16($0) }
        case .chosenChains:
            let chains = chains(value, count: CompositionCode.chainCount)
            return (try? CompositionPublicKey(chains: chains)).map { .chosenChains($0) }
        }
    }

    private static func chains(_ value: LeafValue, count: Int) -> [Bytes20] {
        (0..<count).map { index in
            let digest = hash.hash(Array("\(value.name)/\(index)".utf8))
            guard let chain = Bytes20(digest.bytes.prefix(Bytes20.byteCount)) else {
                preconditionFailure("a digest has more than 20 bytes")
            }
            return chain
        }
    }
}

extension CommittedLeaf {
    /// A leaf with example keys, to be read and measured.
    package init(example kind: LeafKind, _ context: LeafContext) throws(LeafFault) {
        let layout = kind.layout(context)
        try self.init(kind, context, key: ExampleKeys.aggregate) { value in
            layout.entry(of: value).flatMap { ExampleKeys.oneTimeKey(value, $0.profile) }
        }
    }
}
