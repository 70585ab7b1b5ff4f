import Bitcoin
import Curve
package import Exchange
package import Model
import Primitives
import Winternitz

/// A participant's keys as they arrived: the record and the bundle that its owner signed.
package struct AnnouncedKeys: Sendable {
    package let bundle: SignedBundle
    package let keys: ParticipantKeys

    /// - Throws: `ExchangeError` when `bytes` are not a keys bundle.
    package init(decoding bytes: [UInt8]) throws(ExchangeError) {
        bundle = try SignedBundle(decoding: bytes)
        let envelope = bundle.envelope
        guard envelope.kind == .keys, envelope.direction == .response else {
            throw .unexpectedKind(
                found: envelope.kind, direction: envelope.direction,
                expected: "a keys response")
        }
        keys = try KeysResponse.decoded(from: envelope.payload).keys
    }

    /// By name, so that two programs report the same violation first.
    var sortedOneTimeKeys: [(name: VariableName, key: OneTimePublicKey)] {
        keys.oneTimeKeys.sorted { $0.key < $1.key }.map { (name: $0.key, key: $0.value) }
    }
}

/// The keys of all participants before a graph is built from them.
package struct KeySubject: Sendable {
    package let definition: CeremonyDefinition
    package let announced: [AnnouncedKeys]
    /// What this signer announced; nil where a watcher has not seen it.
    package let mine: ParticipantKeys?
    /// What was announced in other ceremonies.
    package let usedOneTimeKeys: UsedOneTimeKeys
    /// What every participant announces a one-time key for.
    package let variables: [VariableDeclaration]

    /// - Parameter variables: Nil for those that the definition's program declares.
    package init(
        definition: CeremonyDefinition, announced: [AnnouncedKeys], mine: ParticipantKeys?,
        usedOneTimeKeys: UsedOneTimeKeys, variables: [VariableDeclaration]? = nil
    ) {
        self.definition = definition
        self.announced = announced
        self.mine = mine
        self.usedOneTimeKeys = usedOneTimeKeys
        self.variables = variables ?? definition.variables
    }

    /// Name of the participant that announced the keys at `index`.
    func name(_ index: Int) -> String {
        let identity = announced[index].keys.identity
        return definition.participants.first { $0.identity == identity }?.name.text
            ?? identity.hex
    }
}

/// KEY: the keys are those of exactly these participants, proven, distinct and complete.
package enum KeyRules {
    package static let all: [Rule<KeySubject>] = [
        count, sender, ceremony, possession, distinct, mine, variables, chains, registry, payout,
    ]

    static let count = Rule<KeySubject>(
        "KEY-COUNT", "There is one keys bundle per participant, in canonical order."
    ) { subject in
        let expected = subject.definition.participants.map(\.identity)
        let found = subject.announced.map(\.bundle.envelope.sender)
        guard found != expected else { return nil }
        return found.count == expected.count
            ? "the senders are not the participants in canonical order"
            : "\(found.count) keys bundles for \(expected.count) participants"
    }

    static let sender = Rule<KeySubject>(
        "KEY-SENDER", "Keys are signed by the identity that they are for.", exit: .badSignature
    ) { subject in
        for (index, announced) in subject.announced.enumerated()
        where announced.keys.identity != announced.bundle.envelope.sender {
            return "the keys of '\(subject.name(index))' were signed by "
                + announced.bundle.envelope.sender.hex
        }
        return nil
    }

    static let ceremony = Rule<KeySubject>(
        "KEY-CEREMONY", "Keys were announced for this ceremony and network."
    ) { subject in
        for (index, announced) in subject.announced.enumerated() {
            let envelope = announced.bundle.envelope
            if envelope.ceremony != subject.definition.id
                || envelope.network != subject.definition.network
            {
                return "the keys of '\(subject.name(index))' belong to ceremony "
                    + "\(envelope.ceremony?.short ?? "none") on \(envelope.network.rawValue)"
            }
        }
        return nil
    }

    static let possession = Rule<KeySubject>(
        "KEY-POSSESSION", "Every signing key comes with a valid proof that its owner holds it.",
        exit: .badSignature
    ) { subject in
        for (index, announced) in subject.announced.enumerated() {
            for role in KeyRole.allCases {
                guard let proven = announced.keys.signing[role] else {
                    return "'\(subject.name(index))' announced no \(role.text) key"
                }
                let message = ParticipantKeys.possessionMessage(
                    ceremony: subject.definition.id, identity: announced.keys.identity,
                    role: role, key: proven.key)
                if !proven.key.xOnly.verify(proven.proof, message: message.bytes) {
                    return "the proof for the \(role.text) key of "
                        + "'\(subject.name(index))' is invalid"
                }
            }
        }
        return nil
    }

    static let distinct = Rule<KeySubject>(
        "KEY-DISTINCT", "No key stands twice, neither as an identity, the user's or a signing key."
    ) { subject in
        var owners: [XOnlyPublicKey: String] = [.nums: "the unspendable point"]
        owners[subject.definition.lock.user] = "the user"
        for participant in subject.definition.participants {
            owners[participant.identity] = "the identity of '\(participant.name)'"
        }
        for (index, announced) in subject.announced.enumerated() {
            for role in KeyRole.allCases {
                guard let key = announced.keys.signing[role]?.key.xOnly else { continue }
                let owner = "the \(role.text) key of '\(subject.name(index))'"
                if let other = owners.updateValue(owner, forKey: key) {
                    return "\(owner) is also \(other)"
                }
            }
        }
        return nil
    }

    static let mine = Rule<KeySubject>(
        "KEY-MINE", "My own keys are the ones that I announced."
    ) { subject in
        guard let mine = subject.mine else { return nil }
        let mineAnnounced = subject.announced.first { $0.keys.identity == mine.identity }
        guard mineAnnounced?.keys != mine else { return nil }
        return mineAnnounced == nil
            ? "my keys are missing" : "my keys differ from those that I announced"
    }

    static let variables = Rule<KeySubject>(
        "KEY-ONE-TIME",
        "Every participant announces exactly the declared one-time keys, of profile and length."
    ) { subject in
        let declared = subject.variables
        for (index, announced) in subject.announced.enumerated() {
            let found = announced.keys.oneTimeKeys
            guard Set(found.keys) == Set(declared.map(\.name)) else {
                return "'\(subject.name(index))' announced one-time keys for "
                    + found.keys.sorted().map(\.text).joined(separator: ", ")
            }
            for variable in declared {
                guard let key = found[variable.name] else { continue }
                if key.parameters != variable.parameters {
                    return "the key of '\(subject.name(index))' for \(variable.name) is for "
                        + "\(key.parameters), not for \(variable.parameters)"
                }
            }
        }
        return nil
    }

    static let chains = Rule<KeySubject>(
        "KEY-CHAINS", "No one-time chain value stands twice among all participants."
    ) { subject in
        var seen: Set<Bytes20> = []
        for (index, announced) in subject.announced.enumerated() {
            for (name, key) in announced.sortedOneTimeKeys {
                for chain in key.chains where !seen.insert(chain).inserted {
                    return "a chain of '\(subject.name(index))', \(name), stands twice"
                }
            }
        }
        return nil
    }

    static let registry = Rule<KeySubject>(
        "KEY-REGISTRY",
        "No one-time key was announced in another ceremony by its owner, and none is mine."
    ) { subject in
        for (index, announced) in subject.announced.enumerated() {
            for (name, key) in announced.sortedOneTimeKeys
            where subject.usedOneTimeKeys.forbids(key.digest, to: announced.keys.identity) {
                return "the key of '\(subject.name(index))' for \(name) was used before"
            }
        }
        return nil
    }

    static let payout = Rule<KeySubject>(
        "KEY-PAYOUT", "Every participant has a taproot address of its own for its money."
    ) { subject in
        var seen: Set<Script> = []
        for (index, announced) in subject.announced.enumerated() {
            let script = announced.keys.payout
            if !script.isPayToTaproot {
                return "the payout of '\(subject.name(index))' is not a taproot address"
            }
            if !seen.insert(script).inserted {
                return "the payout address of '\(subject.name(index))' stands twice"
            }
        }
        return nil
    }
}
