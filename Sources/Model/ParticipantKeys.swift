package import Bitcoin
package import Curve
package import Primitives
package import Winternitz

/// A key of a participant together with the proof that it holds the secret.
package struct ProvenKey: Hashable, Sendable {
    package let key: PublicKey
    /// BIP-340 signature by `key` over `ParticipantKeys.possessionMessage`.
    package let proof: SchnorrSignature

    package init(key: PublicKey, proof: SchnorrSignature) {
        self.key = key
        self.proof = proof
    }
}

/// Everything that one participant brings into one ceremony.
package struct ParticipantKeys: Hashable, Sendable {
    package let identity: XOnlyPublicKey
    /// One proven key per role, in the order of `KeyRole`.
    package let signing: [KeyRole: ProvenKey]
    /// Where this participant's money goes: a cold BIP-86 address.
    package let payout: Script
    /// Index of `payout` under the operator's account (m/86h/c'h/0h/0/index).
    package let payoutIndex: UInt32
    /// One key per declared variable, of the variable's profile.
    package let oneTimeKeys: [VariableName: OneTimePublicKey]

    package init(
        identity: XOnlyPublicKey, signing: [KeyRole: ProvenKey], payout: Script,
        payoutIndex: UInt32, oneTimeKeys: [VariableName: OneTimePublicKey]
    ) {
        self.identity = identity
        self.signing = signing
        self.payout = payout
        self.payoutIndex = payoutIndex
        self.oneTimeKeys = oneTimeKeys
    }

    /// What a proof of possession signs: the ceremony, the owner, the role and the key itself.
    package static func possessionMessage(
        ceremony: CeremonyID, identity: XOnlyPublicKey, role: KeyRole, key: PublicKey
    ) -> Bytes32 {
        TaggedHash("BitVMX/possession/v1").hash(
            ceremony.digest.bytes, identity.bytes, [role.rawValue], key.bytes)
    }

    /// Digest that transcripts and screens name these keys by.
    package var digest: Bytes32 {
        TaggedHash("BitVMX/participant-keys/v1").hash(encoded())
    }
}

/// The user's transaction that pays into the program, whole, so that its amounts are proven.
package struct Funding: Hashable, Sendable {
    package let transaction: Transaction
    package let ordinalIndex: UInt32
    package let feeIndex: UInt32

    package init(transaction: Transaction, ordinalIndex: UInt32 = 0, feeIndex: UInt32 = 1) {
        self.transaction = transaction
        self.ordinalIndex = ordinalIndex
        self.feeIndex = feeIndex
    }
}
