import Bitcoin
import Testing

struct AmountTests {
    @Test("An amount above 21 million bitcoin does not exist")
    func maximum() throws {
        #expect(try Amount(satoshi: 2_100_000_000_000_000) == .maximum)
        #expect(throws: AmountError.aboveMaximum(satoshi: 2_100_000_000_000_001)) {
            try Amount(satoshi: 2_100_000_000_000_001)
        }
        #expect(throws: AmountError.aboveMaximum(satoshi: .max)) { try Amount(satoshi: .max) }
    }

    @Test("Sums, differences and products that cannot exist throw and never wrap")
    func arithmetic() throws {
        #expect(try Amount(1).adding(2) == 3)
        #expect(try Amount(3).subtracting(3) == .zero)
        #expect(try Amount(3).multiplied(by: 4) == 12)
        #expect(try Amount.sum([1, 2, 3]) == 6)
        #expect(try Amount.sum([]) == .zero)
        #expect(throws: AmountError.self) { try Amount.maximum.adding(1) }
        #expect(throws: AmountError.negative(available: 1, needed: 2)) {
            try Amount(1).subtracting(2)
        }
        #expect(throws: AmountError.overflow) { try Amount.maximum.multiplied(by: .max) }
        #expect(throws: AmountError.self) { try Amount.sum([.maximum, .maximum]) }
    }

    @Test(
        "Bitcoin text is read without floating point and written with all places",
        arguments: [
            ("0.00000001", 1, "0.00000001"), ("1", 100_000_000, "1.00000000"),
            ("20999999.9769", 2_099_999_997_690_000, "20999999.97690000"),
            ("0.1", 10_000_000, "0.10000000"),
            ("21000000", 2_100_000_000_000_000, "21000000.00000000"),
        ] as [(String, UInt64, String)])
    func bitcoinText(_ text: String, _ satoshi: UInt64, _ written: String) throws {
        let amount = try Amount(bitcoin: text)
        #expect(amount.satoshi == satoshi)
        #expect(amount.bitcoinText == written)
        #expect(try Amount(bitcoin: amount.bitcoinText) == amount)
    }

    @Test(
        "Text that is not a decimal number of bitcoin is refused",
        arguments: [
            "", ".", "1.", ".5", "-1", "+1", "1e8", "0.000000001", "1,5", "1.2.3", " 1", "０",
            "21000000.00000001", "99999999999999999999999999",
        ])
    func notBitcoinText(_ text: String) {
        #expect(throws: AmountError.self) { try Amount(bitcoin: text) }
    }

    @Test("An amount names its unit")
    func description() {
        #expect(Amount(integerLiteral: 330).description == "330 sat")
    }
}
