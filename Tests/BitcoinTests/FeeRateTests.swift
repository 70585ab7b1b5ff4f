import Bitcoin
import Testing

struct FeeRateTests {
    @Test("A fee is rounded up to a whole satoshi")
    func fee() throws {
        let rate = FeeRate(satoshiPerKilovirtualbyte: 1_001)
        #expect(try rate.fee(for: .zero) == .zero)
        #expect(try rate.fee(for: VirtualSize(1)) == 2)
        #expect(try rate.fee(for: VirtualSize(1_000)) == 1_001)
        #expect(try FeeRate.oneSatoshiPerVirtualbyte.fee(for: VirtualSize(141)) == 141)
        #expect(FeeRate(satoshiPerKilovirtualbyte: 3_000) == .dustRelay)
    }

    @Test("A fee that does not fit throws")
    func overflow() {
        let rate = FeeRate(satoshiPerKilovirtualbyte: .max)
        #expect(throws: AmountError.overflow) { try rate.fee(for: VirtualSize(2)) }
        #expect(throws: AmountError.overflow) { try rate.fee(for: VirtualSize(1)) }
        let large = FeeRate(satoshiPerKilovirtualbyte: .max / 2)
        #expect(throws: AmountError.self) { try large.fee(for: VirtualSize(1)) }
    }

    @Test("The rate of a fee is rounded down")
    func rate() throws {
        #expect(FeeRate(fee: 1, size: .zero) == nil)
        #expect(FeeRate(fee: 100, size: VirtualSize(141))?.satoshiPerKilovirtualbyte == 709)
        #expect(
            FeeRate(fee: .maximum, size: VirtualSize(1))?.satoshiPerKilovirtualbyte
                == 2_100_000_000_000_000_000)
    }

    @Test("Virtual size is a quarter of the weight, rounded up")
    func virtualSize() {
        #expect(Weight(442).virtualSize == VirtualSize(111))
        #expect(Weight(444).virtualSize == VirtualSize(111))
        #expect(Weight(445).virtualSize == VirtualSize(112))
        #expect(Weight(baseByteCount: 10) + Weight(witnessByteCount: 3) == Weight(43))
    }
}
