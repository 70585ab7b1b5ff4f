import Bitcoin
import Curve
import Exchange
import Model
import Primitives
import Secrets
import Winternitz

extension Signer {
    static let payoutCounter = "payout-index"

    /// Stores a definition and announces this signer's keys for it.
    func register(
        _ work: RegistrationWork, _ responder: borrowing Responder
    ) throws(SignerError) -> Release {
        let definition = work.definition
        let index = try nextPayoutIndex()
        let keys = try makeKeys(work, payoutIndex: index)
        let oneTime = keys.oneTimeKeys.sorted { $0.key < $1.key }.map { variable, key in
            OneTimeKey(
                name: OneTimeKeyName(definition, variable, owner: .me),
                publicKeyDigest: key.digest)
        }
        let identity = profile.identity.bytes
        return try commit(responder) { transaction throws(VaultError) in
            try responder.note(transaction)
            try transaction.ceremonies.register(
                definition.id.digest, definition: definition.encoded())
            try transaction.oneTime.announce(oneTime)
            let taken = try transaction.counters.next(Self.payoutCounter)
            precondition(taken == UInt64(index) + 1, "one thread gives out payout indices")
            return KeysResponse(keys: keys)
        } finish: { transaction, response throws(VaultError) in
            try transaction.ceremonies.storeKeyBundle(
                KeyBundleRecord(
                    ceremony: definition.id.digest, participant: identity,
                    bytes: response.bytes))
        }
    }

    /// The index of the next payout address, not yet taken.
    package func nextPayoutIndex() throws(SignerError) -> UInt32 {
        let last = try SignerError.vault { () throws(VaultError) in
            try vault.counters.last(Self.payoutCounter)
        }
        guard let index = UInt32(exactly: last), index < 1 << 31 else {
            throw .vault(.refused(.counterExhausted(name: Self.payoutCounter)))
        }
        return index
    }

    /// Derives everything that this signer brings into a ceremony.
    private func makeKeys(
        _ work: RegistrationWork, payoutIndex: UInt32
    ) throws(SignerError) -> ParticipantKeys {
        let definition = work.definition
        var signing: [KeyRole: ProvenKey] = [:]
        for role in KeyRole.allCases {
            let key = try signingKey(definition.id, role)
            let message = ParticipantKeys.possessionMessage(
                ceremony: definition.id, identity: profile.identity, role: role,
                key: key.publicKey)
            signing[role] = ProvenKey(
                key: key.publicKey,
                // The same keys have the same proofs, so that a signer which was restored from its
                // words announces what it announced before.
                proof: key.schnorrSign(message: message.bytes, auxiliary: .zero))
        }
        let account = try payoutAccount()
        let payout = try SignerError.secrets { () throws(SecretsError) in
            try account.output(at: payoutIndex).scriptPubKey
        }
        var oneTime: [VariableName: OneTimePublicKey] = [:]
        for variable in work.variables {
            let key = try oneTimeKey(definition, variable)
            do throws(SecretsError) {
                oneTime[variable.name] = try key.publicKey()
            } catch { throw .secrets(error) }
        }
        return ParticipantKeys(
            identity: profile.identity, signing: signing, payout: Script(payout),
            payoutIndex: payoutIndex, oneTimeKeys: oneTime)
    }

    /// The key of one role in one ceremony: derived when it is needed, kept nowhere.
    func signingKey(
        _ ceremony: CeremonyID, _ role: KeyRole
    ) throws(SignerError) -> SecretKey {
        let derivation = try derivation()
        do throws(SecretsError) {
            return try derivation.signingKey(
                KeyNetwork(profile.network), ceremony: ceremony.digest, role: role.text)
        } catch { throw .secrets(error) }
    }

    /// The one-time key of a variable: derived when it is needed, kept nowhere.
    func oneTimeKey(
        _ definition: CeremonyDefinition, _ variable: VariableDeclaration
    ) throws(SignerError) -> OneTimeSecretKey {
        let derivation = try derivation()
        do throws(SecretsError) {
            return try derivation.oneTimeKey(
                OneTimeContext(
                    network: KeyNetwork(profile.network), ceremony: definition.id.digest,
                    instance: definition.instance, variable: variable.name.text,
                    parameters: variable.parameters))
        } catch { throw .secrets(error) }
    }
}
