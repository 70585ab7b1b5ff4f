package import Bitcoin
package import Curve
package import Model
package import Winternitz

extension ParticipantKeys {
    /// The same keys with some fields replaced.
    package func changing(
        identity: XOnlyPublicKey? = nil, signing: [KeyRole: ProvenKey]? = nil,
        payout: Script? = nil, payoutIndex: UInt32? = nil,
        oneTimeKeys: [VariableName: OneTimePublicKey]? = nil
    ) -> ParticipantKeys {
        ParticipantKeys(
            identity: identity ?? self.identity, signing: signing ?? self.signing,
            payout: payout ?? self.payout, payoutIndex: payoutIndex ?? self.payoutIndex,
            oneTimeKeys: oneTimeKeys ?? self.oneTimeKeys)
    }
}
