package import Bitcoin
package import Curve
package import Model
package import Primitives
import Protocols

/// A definition in front of the operator that it asks to take part.
package struct DefinitionSubject: Sendable {
    package let definition: CeremonyDefinition
    /// The ceremony that the request's envelope names.
    package let announced: CeremonyID?
    package let me: XOnlyPublicKey
    package let network: Network
    /// Enrolled signers, own one included, by identity.
    package let signers: [XOnlyPublicKey: OperatorName]
    package let policy: SignerPolicy
    /// The secret hashes of this operator's other programs.
    package let usedSecretHashes: Set<Bytes32>

    package init(
        definition: CeremonyDefinition, announced: CeremonyID?, me: XOnlyPublicKey,
        network: Network, signers: [XOnlyPublicKey: OperatorName], policy: SignerPolicy,
        usedSecretHashes: Set<Bytes32>
    ) {
        self.definition = definition
        self.announced = announced
        self.me = me
        self.network = network
        self.signers = signers
        self.policy = policy
        self.usedSecretHashes = usedSecretHashes
    }
}

/// PAR and TIM: a program that an operator may agree to at all.
package enum DefinitionRules {
    package static let all: [Rule<DefinitionSubject>] = [
        ceremony, network, member, enrolled, userKey, secret, amounts, feeRate, graph, feeShare,
        requestWindow, lifeWindow,
    ]

    static let ceremony = Rule<DefinitionSubject>(
        "PAR-CEREMONY", "The bundle names the ceremony that its definition makes."
    ) { subject in
        guard subject.announced != subject.definition.id else { return nil }
        return "the definition makes ceremony \(subject.definition.id.short), the bundle names "
            + (subject.announced?.short ?? "none")
    }

    static let network = Rule<DefinitionSubject>(
        "PAR-NETWORK", "The program runs on this state's network."
    ) { subject in
        guard subject.definition.network != subject.network else { return nil }
        return "the program is for \(subject.definition.network.rawValue)"
    }

    static let member = Rule<DefinitionSubject>(
        "PAR-MEMBER", "This operator is one of the participants."
    ) { subject in
        guard subject.definition.index(of: subject.me) == nil else { return nil }
        return "identity \(subject.me.hex) is not a participant"
    }

    static let enrolled = Rule<DefinitionSubject>(
        "PAR-ENROLLED", "Every participant is an enrolled signer under the name it was enrolled by."
    ) { subject in
        for participant in subject.definition.participants {
            guard let known = subject.signers[participant.identity] else {
                return "'\(participant.name)' (\(participant.identity.hex)) is not enrolled"
            }
            if known != participant.name {
                return "the key of '\(participant.name)' was enrolled as '\(known)'"
            }
        }
        return nil
    }

    static let userKey = Rule<DefinitionSubject>(
        "PAR-USER-KEY", "The user's key is nobody else's and not the unspendable point."
    ) { subject in
        let user = subject.definition.lock.user
        if user == .nums { return "the user's key is the unspendable point" }
        guard let owner = subject.signers[user] else { return nil }
        return "the user's key is the identity key of '\(owner)'"
    }

    static let secret = Rule<DefinitionSubject>(
        "PAR-SECRET", "No other program of this operator has the same secret hash."
    ) { subject in
        let hash = subject.definition.lock.secretHash
        guard subject.usedSecretHashes.contains(hash) else { return nil }
        return "whoever accepts one program with secret hash \(hash.hex) has accepted all of them"
    }

    static let amounts = Rule<DefinitionSubject>(
        "PAR-AMOUNTS", "Neither the asset's output nor the fee is below the dust limit."
    ) { subject in
        let lock = subject.definition.lock
        let dust = Amount.leastTaprootOutput
        if lock.ordinalAmount < dust {
            return "the asset's output has \(lock.ordinalAmount); \(dust) is the dust limit"
        }
        guard lock.feeAmount < dust else { return nil }
        return "the fee output has \(lock.feeAmount); \(dust) is the dust limit"
    }

    static let feeRate = Rule<DefinitionSubject>(
        "PAR-FEE-RATE", "The fee rate is within the operator's policy."
    ) { subject in
        let rate = subject.definition.lock.feeRate
        let allowed = subject.policy.feeRates
        guard !allowed.contains(rate) else { return nil }
        return "\(rate) is not within \(allowed.lowerBound) to \(allowed.upperBound)"
    }

    static let graph = Rule<DefinitionSubject>(
        "PAR-GRAPH", "The fee pays for every transaction and leaves every operator a payout."
    ) { subject in
        do throws(ProgramError) {
            _ = try ProgramGraph.rehearsal(of: subject.definition)
            return nil
        } catch {
            return "a graph cannot be built: \(error)"
        }
    }

    static let feeShare = Rule<DefinitionSubject>(
        "PAR-FEE-SHARE", "No transaction of the program pays a larger fee than policy allows."
    ) { subject in
        // Without a graph there is no fee; PAR-GRAPH says so.
        guard let program = try? ProgramGraph.rehearsal(of: subject.definition) else {
            return nil
        }
        return GraphSafetyRules.feeFault(of: program, policy: subject.policy)
    }

    static let requestWindow = Rule<DefinitionSubject>(
        "TIM-REQUEST", "A request stays open for the three trips to cold machines that follow it."
    ) { subject in
        let window = UInt32(subject.definition.lock.requestTimeout.value)
        // Nonces, the participant that signs last, partial signatures: one after the other.
        let needed = max(1, 3 * UInt32(subject.policy.coldTripBlocks.value))
        guard window < needed else { return nil }
        return "the request times out after \(window) blocks; three cold trips may take "
            + "\(needed)"
    }

    static let lifeWindow = Rule<DefinitionSubject>(
        "TIM-LIFE", "The lock lives at least as long as the request stays open, and as a cold trip."
    ) { subject in
        let life = subject.definition.lock.endOfLife
        let needed = max(
            1, subject.policy.coldTripBlocks.value, subject.definition.lock.requestTimeout.value)
        guard life.value < needed else { return nil }
        return "the lock ends after \(life.value) blocks; at least \(needed) are needed"
    }
}
