package import Bitcoin
package import Curve
package import Model
import Primitives
package import ProtocolBuilder
import Tapscript

/// The outputs of a cardinal lock: who can spend them, and how.
///
/// Every internal key is unspendable and can be checked by anybody: the BIP-341 point H plus a
/// multiple of the generator that the ceremony and the output's name determine.
///
/// Source: docs/protocol/lock.md.
package struct LockOutputs: Sendable {
    package let ceremony: CeremonyID
    package let parameters: LockParameters
    /// Aggregate key of `KeyRole.operators`.
    package let operators: XOnlyPublicKey
    /// Aggregate key of `KeyRole.release`.
    package let release: XOnlyPublicKey

    package init(
        ceremony: CeremonyID, parameters: LockParameters, operators: XOnlyPublicKey,
        release: XOnlyPublicKey
    ) {
        self.ceremony = ceremony
        self.parameters = parameters
        self.operators = operators
        self.release = release
    }

    /// Names of leaves; witnesses, drawings and the command line use them.
    package enum LeafName {
        package static let timeout = "user-timeout"
        package static let accept = "accept"
        package static let endOfLife = "end-of-life"
        package static let operators = "operators"
        package static let collect = "collect"
        package static let release = "release"
    }

    /// Name of the witness item that accepting reveals.
    package static let preimage = "preimage"

    /// Both outputs of the user's request: the asset and the fee have the same leaves.
    package func request(_ output: LockOutput) -> TaprootDescription {
        let accept = LeafScript.hashLock(parameters.secretHash, operators)
        return TaprootDescription(
            internalKey: internalKey(.request, output),
            leaves: [
                timelock(LeafName.timeout, parameters.requestTimeout, parameters.user),
                LeafDescription(
                    LeafName.accept, script: accept.script,
                    items: [
                        ItemDescription("signature", .signature(operators)),
                        ItemDescription(
                            Self.preimage, .preimage(of: parameters.secretHash)),
                    ]),
            ])
    }

    /// The asset after acceptance.
    package var lockedOrdinal: TaprootDescription {
        TaprootDescription(
            internalKey: internalKey(.accept, .ordinal),
            leaves: [
                timelock(LeafName.endOfLife, parameters.endOfLife, parameters.user),
                signature(LeafName.operators, operators),
            ])
    }

    /// The fee after acceptance.
    package var lockedFee: TaprootDescription {
        TaprootDescription(
            internalKey: internalKey(.accept, .fee),
            leaves: [
                signature(LeafName.operators, operators),
                timelock(LeafName.collect, parameters.endOfLife, operators),
            ])
    }

    /// The asset after release.
    package var releasedOrdinal: TaprootDescription {
        TaprootDescription(
            internalKey: internalKey(.release, .ordinal),
            leaves: [signature(LeafName.release, release)])
    }

    /// The internal keys of what a transaction of the lock spends, input by input.
    package func internalKeys(spentBy transaction: LockTransaction) -> [XOnlyPublicKey] {
        switch transaction {
        case .request: []
        case .accept: [internalKey(.request, .ordinal), internalKey(.request, .fee)]
        case .release: [internalKey(.accept, .ordinal), internalKey(.accept, .fee)]
        case .collect: [internalKey(.accept, .fee)]
        }
    }

    /// The internal keys of a transaction's first outputs; those behind are addresses and anchors.
    package func internalKeys(madeBy transaction: LockTransaction) -> [XOnlyPublicKey] {
        switch transaction {
        case .request: [internalKey(.request, .ordinal), internalKey(.request, .fee)]
        case .accept: [internalKey(.accept, .ordinal), internalKey(.accept, .fee)]
        case .release: [internalKey(.release, .ordinal)]
        case .collect: []
        }
    }

    private func internalKey(
        _ transaction: LockTransaction, _ output: LockOutput
    ) -> XOnlyPublicKey {
        let digest = TaggedHash("BitVMX/internal-key/v1").hash(
            ceremony.digest.bytes, Array("\(transaction.text)/\(output.rawValue)".utf8))
        return .unspendable(derivedFrom: digest)
    }

    private func timelock(
        _ name: String, _ delay: BlockCount, _ key: XOnlyPublicKey
    ) -> LeafDescription {
        LeafDescription(
            name, script: LeafScript.timelock(delay, key).script,
            items: [ItemDescription("signature", .signature(key))])
    }

    private func signature(_ name: String, _ key: XOnlyPublicKey) -> LeafDescription {
        LeafDescription(
            name, script: LeafScript.checkSignature(key).script,
            items: [ItemDescription("signature", .signature(key))])
    }
}

/// The two values that a lock moves.
package enum LockOutput: String, CaseIterable, Sendable {
    case ordinal
    case fee
}

extension TaprootDescription {
    /// The script of an output that commits to this description.
    package var scriptPubKey: Script { output.scriptPubKey }

    /// What spending a leaf reveals after its script.
    ///
    /// - Parameter index: 0-based position in `leaves`.
    package func controlBlock(ofLeaf index: Int) -> [UInt8] {
        output.controlBlock(forLeaf: index).bytes
    }

    private var output: TaprootOutput {
        let leaves = leaves.map { TapLeaf(script: $0.script) }
        do {
            let tree: TapTree =
                switch shape {
                case .balanced: try .balanced(leaves)
                case .weighted(let weights): try .weighted(Array(zip(leaves, weights)))
                }
            return try TaprootOutput(internalKey: internalKey, tree: tree)
        } catch {
            preconditionFailure("nobody can find a tree whose hash is not a scalar")
        }
    }
}
