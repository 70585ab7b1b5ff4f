/// A Bitcoin network and the numbers that tell it from the others.
///
/// - Source: Bitcoin Core, `kernel/chainparams.cpp`; BIP-94 for testnet4.
public enum Network: String, Hashable, Sendable, CaseIterable {
    case mainnet, testnet4, signet, regtest

    /// The network of this name.
    public init?(name: String) {
        self.init(rawValue: name)
    }

    /// The name in files and on screens: the case's own.
    public var name: String {
        rawValue
    }

    /// The human-readable part of segwit addresses (BIP-173).
    public var bech32HumanReadablePart: String {
        switch self {
        case .mainnet: "bc"
        case .testnet4, .signet: "tb"
        case .regtest: "bcrt"
        }
    }

    /// The first byte of a base58 address that pays to a public key hash.
    public var publicKeyHashVersion: UInt8 {
        self == .mainnet ? 0 : 111
    }

    /// The first byte of a base58 address that pays to a script hash.
    public var scriptHashVersion: UInt8 {
        self == .mainnet ? 5 : 196
    }

    /// The four bytes that begin every message between nodes.
    public var magic: [UInt8] {
        switch self {
        case .mainnet: [0xF9, 0xBE, 0xB4, 0xD9]
        case .testnet4: [0x1C, 0x16, 0x3F, 0x28]
        case .signet: [0x0A, 0x03, 0xCF, 0x40]
        case .regtest: [0xFA, 0xBF, 0xB5, 0xDA]
        }
    }

    /// The coin type of key paths (BIP-44): 0 for real money, 1 for all tests.
    public var coinType: UInt32 {
        self == .mainnet ? 0 : 1
    }

    /// The name that Bitcoin Core gives the chain in `getblockchaininfo` and `-chain`.
    public var chainName: String {
        self == .mainnet ? "main" : rawValue
    }

    /// The easiest target that a block may have, in the compact form of a header's `bits`.
    public var proofOfWorkLimitBits: UInt32 {
        switch self {
        case .mainnet, .testnet4: 0x1D00_FFFF
        case .signet: 0x1E03_77AE
        case .regtest: 0x207F_FFFF
        }
    }

    /// The hash of the first block, in the order in which hashes are shown.
    public var genesisHashText: String {
        switch self {
        case .mainnet: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
        case .testnet4: "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043"
        case .signet: "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6"
        case .regtest: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"
        }
    }
}
