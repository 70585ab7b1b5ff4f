import Bitcoin
package import Model
package import ProtocolBuilder

/// The graph of a cardinal lock.
///
/// A user pays an asset and a fee into a request. The operators accept it by revealing the
/// secret, and release the asset later; whoever waits too long loses by a time-out.
///
/// Source: docs/protocol/lock.md.
package struct LockProtocol: Sendable {
    package typealias Transaction = TransactionDescription<TransactionLabel>
    package typealias Input = InputDescription<TransactionLabel>

    /// Value of each anchor output: the least that nodes relay beside a fee.
    static let anchorAmount: Amount = 240

    let outputs: LockOutputs
    let participants: [ParticipantKeys]
    let funding: Funding

    package init(outputs: LockOutputs, participants: [ParticipantKeys], funding: Funding) {
        self.outputs = outputs
        self.participants = participants
        self.funding = funding
    }

    package var description: GraphDescription<TransactionLabel> {
        GraphDescription(
            name: ProgramKind.cardinalLock.rawValue,
            fee: .rate(outputs.parameters.feeRate),
            keys: [.aggregate(.operators): [outputs.operators]],
            transactions: [accept, release, collect])
    }

    private var accept: Transaction {
        Transaction(
            .lock(.accept), version: .three,
            inputs: LockOutput.allCases.map(requestInput),
            outputs: [
                OutputDescription(
                    "ordinal", .exact(outputs.parameters.ordinalAmount),
                    .taproot(outputs.lockedOrdinal)),
                OutputDescription("fee", .remainder, .taproot(outputs.lockedFee)),
                .anchor(Self.anchorAmount),
            ])
    }

    private var release: Transaction {
        Transaction(
            .lock(.release), version: .three,
            inputs: [
                lockedInput(0, outputs.lockedOrdinal, LockOutputs.LeafName.operators),
                lockedInput(1, outputs.lockedFee, LockOutputs.LeafName.operators),
            ],
            outputs: [
                OutputDescription(
                    "ordinal", .exact(outputs.parameters.ordinalAmount),
                    .taproot(outputs.releasedOrdinal))
            ] + payouts + [.anchor(Self.anchorAmount)])
    }

    private var collect: Transaction {
        Transaction(
            .lock(.collect), version: .three,
            inputs: [
                lockedInput(
                    1, outputs.lockedFee, LockOutputs.LeafName.collect,
                    sequence: .blocks(outputs.parameters.endOfLife))
            ],
            outputs: payouts + [.anchor(Self.anchorAmount)])
    }

    /// Equal shares to the operators' cold addresses, in canonical order.
    private var payouts: [OutputDescription] {
        participants.enumerated().map { index, keys in
            OutputDescription(
                "payout-\(index)", .share(index: index, of: participants.count),
                .payout(keys.payout))
        }
    }

    private func requestInput(_ output: LockOutput) -> Input {
        let index = output == .ordinal ? funding.ordinalIndex : funding.feeIndex
        let taproot = outputs.request(output)
        return Input(
            .external(
                ExternalOutput(
                    name: "request \(output.rawValue)",
                    outPoint: OutPoint(txid: funding.transaction.txid, outputIndex: index),
                    prevout: funding.transaction.outputs[Int(index)], taproot: taproot)),
            spends: [spend(taproot, LockOutputs.LeafName.accept)])
    }

    private func lockedInput(
        _ index: Int, _ taproot: TaprootDescription, _ leaf: String,
        sequence: Sequence = .replaceable
    ) -> Input {
        Input(
            .output(of: .lock(.accept), index: index), sequence: sequence,
            spends: [spend(taproot, leaf)])
    }

    private func spend(_ taproot: TaprootDescription, _ leaf: String) -> SpendDescription {
        guard let index = taproot.index(ofLeaf: leaf) else {
            preconditionFailure("a lock's outputs have the leaves that its inputs spend")
        }
        return SpendDescription(.leaf(index), signedBy: .aggregate(.operators))
    }
}
