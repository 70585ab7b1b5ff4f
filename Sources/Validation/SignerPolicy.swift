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

    package init(
        coldTripBlocks: BlockCount, feeRates: ClosedRange<FeeRate>, feePercentLimit: UInt64,
        revealConfirmations: Int
    ) {
        self.coldTripBlocks = coldTripBlocks
        self.feeRates = feeRates
        self.feePercentLimit = feePercentLimit
        self.revealConfirmations = revealConfirmations
    }

    /// The product's own limits: a day for a cold trip where blocks cost work, six blocks where
    /// they cost nothing.
    package static func standard(
        for network: Network, coldTripBlocks: BlockCount? = nil
    ) -> SignerPolicy {
        let isReal = network == .mainnet
        return SignerPolicy(
            coldTripBlocks: coldTripBlocks ?? BlockCount(isReal ? 144 : 6),
            feeRates: FeeRate(satoshiPerKilovirtualbyte: 1_000)...FeeRate(satoshiPerKilovirtualbyte: 500_000),
            feePercentLimit: 20, revealConfirmations: isReal ? 6 : 1)
    }
}

extension Amount {
    /// What Bitcoin Core relays at least in a taproot output, at its default dust fee rate.
    static let leastTaprootOutput: Amount = 330
}
