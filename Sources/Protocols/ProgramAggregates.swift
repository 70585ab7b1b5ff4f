package import Bitcoin
import Curve
package import Model
package import MuSig2
import Primitives

/// The aggregate keys of a program: known as soon as all participants' keys are, before anybody
/// has paid anything.
package struct ProgramAggregates: Sendable {
    package let definition: CeremonyDefinition
    /// In the definition's canonical order.
    package let participants: [ParticipantKeys]
    private let contexts: [KeyRole: KeyAggContext]

    /// - Throws: `ProgramError.missingKeys` or `.aggregation`.
    package init(
        definition: CeremonyDefinition, keys: [ParticipantKeys]
    ) throws(ProgramError) {
        var ordered: [ParticipantKeys] = []
        for participant in definition.participants {
            guard let own = keys.first(where: { $0.identity == participant.identity }) else {
                throw .missingKeys(participant.name)
            }
            ordered.append(own)
        }
        var contexts: [KeyRole: KeyAggContext] = [:]
        for role in KeyRole.allCases {
            var signing: [PublicKey] = []
            for (participant, own) in zip(definition.participants, ordered) {
                guard let key = own.signing[role]?.key else {
                    throw .missingKeys(participant.name)
                }
                signing.append(key)
            }
            do {
                contexts[role] = try KeyAggContext(KeySort.sorted(signing))
            } catch {
                throw .aggregation(role: role.text, reason: "\(error)")
            }
        }
        self.definition = definition
        self.participants = ordered
        self.contexts = contexts
    }

    package func context(_ role: KeyRole) -> KeyAggContext {
        guard let context = contexts[role] else {
            preconditionFailure("every role has an aggregate key")
        }
        return context
    }

    package var lockOutputs: LockOutputs {
        LockOutputs(
            ceremony: definition.id, parameters: definition.lock,
            operators: context(.operators).xOnly, release: context(.release).xOnly)
    }

    /// What the user pays to: value and script of the asset's and of the fee's output.
    package var requestOutputs: [(output: LockOutput, value: Amount, script: Script)] {
        LockOutput.allCases.map { output in
            let value =
                output == .ordinal
                ? definition.lock.ordinalAmount : definition.lock.feeAmount
            return (output, value, lockOutputs.request(output).scriptPubKey)
        }
    }
}
