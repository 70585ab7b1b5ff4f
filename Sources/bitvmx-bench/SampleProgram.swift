import Bitcoin
import Curve
import Model
import Primitives
import Protocols
import Winternitz

/// A cardinal lock of any number of operators, with keys that everybody knows.
struct SampleProgram {
    let definition: CeremonyDefinition
    let keys: [ParticipantKeys]
    let funding: Funding

    init(operatorCount: Int) throws {
        var participants: [Participant] = []
        for index in 0..<operatorCount {
            participants.append(
                Participant(
                    name: try OperatorName("operator-\(index)"),
                    identity: try SeededKeys.secretKey(1000 + index).publicKey.xOnly))
        }
        definition = try CeremonyDefinition(
            network: .regtest, title: "bench", instance: [UInt8](repeating: 7, count: 16),
            participants: participants, lastSigner: nil,
            lock: LockParameters(
                user: try SeededKeys.secretKey(2000).publicKey.xOnly, secretHash: .zero,
                ordinalAmount: 10_000, feeAmount: 1_000_000,
                requestTimeout: BlockCount(144), endOfLife: BlockCount(1008),
                feeRate: FeeRate(satoshiPerKilovirtualbyte: 2_000)))
        var keys: [ParticipantKeys] = []
        for (index, participant) in participants.enumerated() {
            keys.append(try Self.keys(of: participant, index: index, in: definition.id))
        }
        self.keys = keys
        let aggregates = try ProgramAggregates(definition: definition, keys: keys)
        funding = Funding(
            transaction: Transaction(
                version: 2,
                inputs: [
                    TxIn(outPoint: OutPoint(txid: Txid(.zero), outputIndex: 0))
                ],
                outputs: aggregates.requestOutputs.map {
                    TxOut(value: $0.value, scriptPubKey: $0.script)
                }))
    }

    private static func keys(
        of participant: Participant, index: Int, in ceremony: CeremonyID
    ) throws -> ParticipantKeys {
        var signing: [KeyRole: ProvenKey] = [:]
        for role in KeyRole.allCases {
            let secret = try SeededKeys.secretKey(index * 2 + Int(role.rawValue))
            let message = ParticipantKeys.possessionMessage(
                ceremony: ceremony, identity: participant.identity, role: role,
                key: secret.publicKey)
            signing[role] = ProvenKey(
                key: secret.publicKey,
                proof: secret.schnorrSign(message: message.bytes, auxiliary: .zero))
        }
        let parameters = try WinternitzParameters(messageByteCount: 32)
        let chains = (0..<parameters.chainCount).map { chain in
            Bytes20(SeededKeys.digest("chain \(index)", chain).bytes.prefix(20)) ?? .zero
        }
        let payout = try SeededKeys.secretKey(3000 + index).publicKey.xOnly
        return ParticipantKeys(
            identity: participant.identity, signing: signing,
            payout: .payToTaproot(outputKey: payout.bytes32), payoutIndex: 0,
            oneTimeKeys: [
                .acceptance: .base16(
                    try WinternitzPublicKey(parameters: parameters, chains: chains))
            ])
    }
}
