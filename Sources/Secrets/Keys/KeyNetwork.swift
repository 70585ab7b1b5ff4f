/// The Bitcoin network that a key is made for; the names are those of `Bitcoin.Network`.
package enum KeyNetwork: String, Hashable, Sendable, CaseIterable {
    case mainnet, testnet4, signet, regtest

    /// The coin type of BIP-44 paths (SLIP-44): 0 for mainnet, 1 for all test networks.
    package var coinType: UInt32 {
        self == .mainnet ? 0 : 1
    }

    /// The version of extended public keys: `xpub` for mainnet, else `tpub`.
    var extendedPublicKeyVersion: UInt32 {
        self == .mainnet ? 0x0488_B21E : 0x0435_87CF
    }
}
