package import Winternitz

/// How a value is committed.
///
/// - Source: docs/protocol/winternitz.md.
package enum CommitmentProfile: UInt8, Hashable, CaseIterable, Sendable {
    /// Digits that scripts can read: profile 1.
    case base16 = 1
    /// 20 bytes as a choice of chains, smaller where no script reads them: profile 2.
    case chosenChains = 2
}

/// The public part of the one-time key of a value.
package enum OneTimeKey: Hashable, Sendable {
    /// Of profile 1.
    case base16(WinternitzPublicKey)
    /// Of profile 2.
    case chosenChains(CompositionPublicKey)

    /// Its profile.
    package var profile: CommitmentProfile {
        switch self {
        case .base16: .base16
        case .chosenChains: .chosenChains
        }
    }

    /// Bytes of the messages that it signs.
    package var messageByteCount: Int {
        switch self {
        case .base16(let key): key.messageByteCount
        case .chosenChains: CompositionCode.messageByteCount
        }
    }
}
