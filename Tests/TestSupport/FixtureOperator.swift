package import Bitcoin
import Curve
package import Model
package import Primitives
package import Winternitz

/// An operator with everything that its signer and its watcher would hold.
package struct FixtureOperator: Hashable, Sendable {
    package let name: OperatorName
    /// The signer's identity.
    package let identity: FixtureKey
    /// The watcher's transport identity.
    package let watcher: FixtureKey
    package let payout: Script
    package let payoutIndex: UInt32
    private let seed: String

    /// - Parameter seed: Different for operators of different ceremonies.
    package init(_ name: String, seed: String) throws {
        self.name = try OperatorName(name)
        self.seed = seed + "/" + name
        identity = try FixtureKey(self.seed + "/identity")
        watcher = try FixtureKey(self.seed + "/watcher")
        payout = .payToTaproot(
            outputKey: try FixtureKey(self.seed + "/payout").xOnly.bytes32)
        payoutIndex = 0
    }

    package var participant: Participant {
        Participant(name: name, identity: identity.xOnly)
    }

    /// The key of a role; it belongs to one ceremony, as the product's keys do.
    package func signingKey(_ role: KeyRole, in ceremony: CeremonyID) throws -> FixtureKey {
        try FixtureKey("\(seed)/\(role.text)/\(ceremony)")
    }

    /// The starts of the chains of a one-time key.
    package func oneTimeSecrets(
        _ variable: VariableDeclaration, in ceremony: CeremonyID
    ) throws -> [Bytes20] {
        let parameters = try WinternitzParameters(
            profile: variable.profile, messageByteCount: variable.byteCount)
        return (0..<parameters.chainCount).map { index in
            Hash160.hash(Array("\(seed)/\(variable.name)/\(ceremony)/\(index)".utf8))
        }
    }

    package func oneTimeKey(
        _ variable: VariableDeclaration, in ceremony: CeremonyID
    ) throws -> WinternitzPublicKey {
        var chains = try oneTimeSecrets(variable, in: ceremony)
        Hash160Lanes.iterate(
            &chains,
            steps: [UInt8](repeating: variable.profile.maximumDigit, count: chains.count))
        return try WinternitzPublicKey(
            profile: variable.profile, messageByteCount: variable.byteCount, chains: chains)
    }

    /// The signature of a message with the one-time key of a variable.
    package func oneTimeSignature(
        _ message: [UInt8], _ variable: VariableDeclaration, in ceremony: CeremonyID
    ) throws -> WinternitzSignature {
        var chains = try oneTimeSecrets(variable, in: ceremony)
        let parameters = try WinternitzParameters(
            profile: variable.profile, messageByteCount: variable.byteCount)
        Hash160Lanes.iterate(&chains, steps: parameters.digits(of: message))
        return try WinternitzSignature(chains: chains)
    }

    /// What this operator announces for a ceremony.
    package func keys(for definition: CeremonyDefinition) throws -> ParticipantKeys {
        let ceremony = definition.id
        var signing: [KeyRole: ProvenKey] = [:]
        for role in KeyRole.allCases {
            signing[role] = try provenKey(
                signingKey(role, in: ceremony), as: role, in: ceremony)
        }
        var oneTimeKeys: [VariableName: WinternitzPublicKey] = [:]
        for variable in definition.variables {
            oneTimeKeys[variable.name] = try oneTimeKey(variable, in: ceremony)
        }
        return ParticipantKeys(
            identity: identity.xOnly, signing: signing, payout: payout,
            payoutIndex: payoutIndex, oneTimeKeys: oneTimeKeys)
    }

    /// Any key with a proof that this operator possesses it.
    package func provenKey(
        _ key: FixtureKey, as role: KeyRole, in ceremony: CeremonyID
    ) throws -> ProvenKey {
        let message = ParticipantKeys.possessionMessage(
            ceremony: ceremony, identity: identity.xOnly, role: role, key: key.publicKey)
        return ProvenKey(key: key.publicKey, proof: try key.sign(message))
    }
}
