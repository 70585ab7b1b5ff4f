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
    ) -> [Bytes20] {
        let profile = variable.parameters.profileNumber
        return (0..<variable.parameters.chainCount).map { index in
            Hash160.hash(
                Array("\(seed)/\(variable.name)/\(profile)/\(ceremony)/\(index)".utf8))
        }
    }

    package func oneTimeKey(
        _ variable: VariableDeclaration, in ceremony: CeremonyID
    ) throws -> OneTimePublicKey {
        var chains = oneTimeSecrets(variable, in: ceremony)
        let steps = [UInt8](repeating: variable.parameters.stepCount, count: chains.count)
        Hash160Lanes.iterate(&chains, steps: steps)
        return try OneTimePublicKey(parameters: variable.parameters, chains: chains)
    }

    /// The signature of a message with the one-time key of a variable.
    package func oneTimeSignature(
        _ message: [UInt8], _ variable: VariableDeclaration, in ceremony: CeremonyID
    ) throws -> OneTimeSignature {
        var chains = oneTimeSecrets(variable, in: ceremony)
        switch variable.parameters {
        case .base16(let parameters):
            Hash160Lanes.iterate(&chains, steps: parameters.digits(of: message))
            return .base16(try WinternitzSignature(chains: chains))
        case .composition:
            guard let message = Bytes20(message) else {
                throw WinternitzError.messageByteCount(message.count)
            }
            let positions = CompositionCode.positions(of: message)
            var values = CompositionCode.chainIndices(at: positions).map { chains[$0] }
            Hash160Lanes.iterate(
                &values, steps: CompositionCode.distances.map { CompositionCode.stepCount - $0 })
            return .composition(try CompositionSignature(values: values))
        }
    }

    /// What this operator announces for a ceremony.
    ///
    /// - Parameter variables: Nil for those that the definition's program declares.
    package func keys(
        for definition: CeremonyDefinition, declaring variables: [VariableDeclaration]? = nil
    ) throws -> ParticipantKeys {
        let ceremony = definition.id
        var signing: [KeyRole: ProvenKey] = [:]
        for role in KeyRole.allCases {
            signing[role] = try provenKey(
                signingKey(role, in: ceremony), as: role, in: ceremony)
        }
        var oneTimeKeys: [VariableName: OneTimePublicKey] = [:]
        for variable in variables ?? definition.variables {
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
