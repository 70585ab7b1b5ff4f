/// A price of block space in satoshi for 1,000 virtual bytes (Bitcoin Core: `CFeeRate`).
public struct FeeRate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The rate of Bitcoin Core's default `-dustrelayfee`.
    public static let dustRelay = FeeRate(satoshiPerKilovirtualbyte: 3_000)
    /// One satoshi for one virtual byte.
    public static let oneSatoshiPerVirtualbyte = FeeRate(satoshiPerKilovirtualbyte: 1_000)

    /// Satoshi for 1,000 virtual bytes.
    public let satoshiPerKilovirtualbyte: UInt64

    /// A rate; every value can exist.
    public init(satoshiPerKilovirtualbyte: UInt64) {
        self.satoshiPerKilovirtualbyte = satoshiPerKilovirtualbyte
    }

    /// The fee for a size, rounded up to a whole satoshi as Bitcoin Core does.
    public func fee(for size: VirtualSize) throws(AmountError) -> Amount {
        let (product, overflow) = satoshiPerKilovirtualbyte.multipliedReportingOverflow(
            by: UInt64(size.vbytes))
        let (rounded, carry) = product.addingReportingOverflow(999)
        guard !overflow, !carry else { throw .overflow }
        return try Amount(rounded / 1_000)
    }

    /// The rate that a fee pays for a size, rounded down.
    ///
    /// - Returns: `nil` for a size of zero.
    public init?(fee: Amount, size: VirtualSize) {
        guard size.vbytes > 0 else { return nil }
        // The largest amount times 1,000 is 2.1e18 and fits into 64 bits.
        self.init(satoshiPerKilovirtualbyte: fee.satoshi * 1_000 / UInt64(size.vbytes))
    }

    /// Lower price first.
    public static func < (left: FeeRate, right: FeeRate) -> Bool {
        left.satoshiPerKilovirtualbyte < right.satoshiPerKilovirtualbyte
    }

    /// The number and its unit, such as `3000 sat/kvB`.
    public var description: String {
        "\(satoshiPerKilovirtualbyte) sat/kvB"
    }
}
