/// Why an amount cannot exist.
public enum AmountError: Error, Equatable {
    /// More than the 21 million bitcoin there can ever be; in satoshi.
    case aboveMaximum(satoshi: UInt64)
    /// A sum or product that does not fit into 64 bits.
    case overflow
    /// A difference below zero; both in satoshi.
    case negative(available: UInt64, needed: UInt64)
    /// Text that is not a decimal number of bitcoin with at most eight places.
    case notADecimalAmount
}

/// A number of satoshi between 0 and 21 million bitcoin; arithmetic throws and never wraps.
public struct Amount: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Satoshi in one bitcoin (Bitcoin Core: `COIN`).
    public static let satoshiPerBitcoin: UInt64 = 100_000_000
    /// Nothing.
    public static let zero: Amount = 0
    /// The largest amount that consensus admits (Bitcoin Core: `MAX_MONEY`).
    public static let maximum: Amount = 2_100_000_000_000_000

    private static let maximumSatoshi: UInt64 = 21_000_000 * satoshiPerBitcoin

    /// The number itself.
    public let satoshi: UInt64

    /// Checks the upper limit.
    public init(_ satoshi: UInt64) throws(AmountError) {
        guard satoshi <= Self.maximumSatoshi else { throw .aboveMaximum(satoshi: satoshi) }
        self.satoshi = satoshi
    }

    /// Checks the upper limit.
    public init(satoshi: UInt64) throws(AmountError) {
        try self.init(satoshi)
    }

    /// The sum of two amounts.
    public func adding(_ other: Amount) throws(AmountError) -> Amount {
        try Amount(satoshi + other.satoshi)
    }

    /// What is left after taking `other` away.
    public func subtracting(_ other: Amount) throws(AmountError) -> Amount {
        guard other.satoshi <= satoshi else {
            throw .negative(available: satoshi, needed: other.satoshi)
        }
        return try Amount(satoshi - other.satoshi)
    }

    /// The amount taken `count` times.
    public func multiplied(by count: UInt64) throws(AmountError) -> Amount {
        let (product, overflow) = satoshi.multipliedReportingOverflow(by: count)
        guard !overflow else { throw .overflow }
        return try Amount(product)
    }

    /// The sum of many amounts; zero for none.
    public static func sum(_ amounts: some Swift.Sequence<Amount>) throws(AmountError) -> Amount {
        var total = Amount.zero
        for amount in amounts {
            total = try total.adding(amount)
        }
        return total
    }

    /// Smaller number first.
    public static func < (left: Amount, right: Amount) -> Bool {
        left.satoshi < right.satoshi
    }

    /// The number and its unit, such as `330 sat`.
    public var description: String {
        "\(satoshi) sat"
    }
}

extension Amount: ExpressibleByIntegerLiteral {
    /// An amount written in the source.
    public init(integerLiteral satoshi: UInt64) {
        precondition(satoshi <= Self.maximumSatoshi, "an amount is at most 21 million bitcoin")
        self.satoshi = satoshi
    }
}

extension Amount {
    /// Reads a decimal number of bitcoin, such as `0.00012345`, without floating point.
    ///
    /// - Parameter bitcoin: Digits, optionally a point and one to eight more digits.
    public init(bitcoin: String) throws(AmountError) {
        let parts = bitcoin.utf8.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard let whole = parts.first, !whole.isEmpty, parts.count == 1 || !fraction.isEmpty,
            fraction.count <= 8
        else { throw .notADecimalAmount }
        let padding = Array(repeating: UInt8(ascii: "0"), count: 8 - fraction.count)
        var satoshi: UInt64 = 0
        for digit in Array(whole) + fraction + padding {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else {
                throw .notADecimalAmount
            }
            let (product, tooLarge) = satoshi.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(
                UInt64(digit - UInt8(ascii: "0")))
            guard !tooLarge, !overflow else { throw .overflow }
            satoshi = sum
        }
        try self.init(satoshi)
    }

    /// The amount in bitcoin with all eight places, such as `0.00012345`.
    public var bitcoinText: String {
        let fraction = String(satoshi % Self.satoshiPerBitcoin)
        let zeros = String(repeating: "0", count: 8 - fraction.utf8.count)
        return "\(satoshi / Self.satoshiPerBitcoin).\(zeros)\(fraction)"
    }
}
