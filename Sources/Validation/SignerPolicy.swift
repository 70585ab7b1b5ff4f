package import Bitcoin

/// The limits that an operator holds every ceremony to.
package struct SignerPolicy: Hashable, Sendable {
    /// Blocks that a trip to the cold machine and back may take.
    package let coldTripBlocks: BlockCount
    package let feeRates: ClosedRange<FeeRate>
    /// Largest share of a transaction's input that may become fee, in percent.
    package let feePercentLimit: UInt64
    /// Blocks on top of a transaction before its one-time value may be revealed, its own included.
    package let revealConfirmations: Int

    /// Easiest target that a header under a revealed value may have; nil: the network's limit.
    package let easiestTarget: ProofOfWorkTarget?

    package init(
        coldTripBlocks: BlockCount, feeRates: ClosedRange<FeeRate>, feePercentLimit: UInt64,
        revealConfirmations: Int, easiestTarget: ProofOfWorkTarget? = nil
    ) {
        self.coldTripBlocks = coldTripBlocks
        self.feeRates = feeRates
        self.feePercentLimit = feePercentLimit
        self.revealConfirmations = revealConfirmations
        self.easiestTarget = easiestTarget
    }

    /// A difficulty of 2^44: below mainnet's own since 2022, and out of reach of anybody who is not
    /// a large miner.
    private static let leastMainnetBits: UInt32 = 0x1710_0000

    /// The product's own limits: a day for a cold trip where blocks cost work, six blocks where
    /// they cost nothing.
    package static func standard(
        for network: Network, coldTripBlocks: BlockCount? = nil
    ) -> SignerPolicy {
        let isReal = network == .mainnet
        return SignerPolicy(
            coldTripBlocks: coldTripBlocks ?? BlockCount(isReal ? 144 : 6),
            feeRates: .oneSatoshiPerVirtualbyte...FeeRate(satoshiPerKilovirtualbyte: 500_000),
            feePercentLimit: 20, revealConfirmations: isReal ? 6 : 1,
            easiestTarget: isReal ? ProofOfWorkTarget(bits: leastMainnetBits) : nil)
    }
}

extension Amount {
    /// What Bitcoin Core relays at least in a taproot output, at its default dust fee rate.
    static let leastTaprootOutput: Amount = 330
}
