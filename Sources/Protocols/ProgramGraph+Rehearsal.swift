import Bitcoin
import Curve
package import Model
import Primitives

extension ProgramGraph {
    /// The graph of a definition with stand-ins for keys and funding.
    ///
    /// Sizes, fees and amounts do not depend on either: what fails here fails in the ceremony as
    /// well, after the user has paid.
    ///
    /// - Throws: `ProgramError`.
    package static func rehearsal(
        of definition: CeremonyDefinition
    ) throws(ProgramError) -> ProgramGraph {
        let keys = definition.participants.enumerated().map { index, participant in
            standInKeys(of: participant, at: index)
        }
        let aggregates = try ProgramAggregates(definition: definition, keys: keys)
        let outputs = aggregates.requestOutputs.map {
            TxOut(value: $0.value, scriptPubKey: $0.script)
        }
        let funding = Funding(
            transaction: Transaction(
                version: 2, inputs: [TxIn(outPoint: OutPoint(txid: .zero, outputIndex: 0))],
                outputs: outputs))
        return try ProgramGraph(definition: definition, keys: keys, funding: funding)
    }

    private static func standInKeys(
        of participant: Participant, at index: Int
    ) -> ParticipantKeys {
        var signing: [KeyRole: ProvenKey] = [:]
        for role in KeyRole.allCases {
            signing[role] = ProvenKey(
                key: standInKey(role.text, index), proof: SchnorrSignature(r: .zero, s: .zero))
        }
        return ParticipantKeys(
            identity: participant.identity, signing: signing,
            payout: .payToTaproot(outputKey: standInKey("payout", index).xOnly.bytes32),
            payoutIndex: 0, oneTimeKeys: [:])
    }

    private static func standInKey(_ use: String, _ index: Int) -> PublicKey {
        let digest = TaggedHash("BitVMX/stand-in/v1").hash(Array("\(use)/\(index)".utf8))
        do {
            return try PublicKey(generatorTimes: Scalar(reducing: digest))
        } catch {
            preconditionFailure("nobody can find a text whose hash is zero")
        }
    }
}
