/// The order n of the group of secp256k1 (SEC 2, 2.4.1), for the reductions that libsecp256k1 keeps to itself.
enum GroupOrder {
    /// Big-endian limbs, the most significant first.
    static let limbs: [4 of UInt64] = [
        0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_fffe, 0xbaae_dce6_af48_a03b, 0xbfd2_5e8c_d036_4141,
    ]

    /// Whether a 32-byte big-endian number is below n; every limb is read.
    static func isAbove(_ number: [UInt8]) -> Bool {
        differenceBorrows(number.span)
    }

    /// `number - n` for a 32-byte big-endian number of n or more; it is below n, as 2^256 < 2n.
    static func subtracted(from number: [UInt8]) -> [UInt8] {
        var number = number
        var span = number.mutableSpan
        reduce(&span)
        return number
    }

    /// `number mod n` in place, with the same memory accesses and no branch on its value.
    ///
    /// - Parameter number: 32 big-endian bytes.
    static func reduce(_ number: inout MutableSpan<UInt8>) {
        precondition(number.count == 32, "a scalar has 32 bytes")
        // All ones where number < n (keep it), zero where n must be subtracted.
        let keep: UInt64 = 0 &- (differenceBorrows(number.span) ? 1 : 0)
        var borrow: UInt64 = 0
        for limbIndex in stride(from: 3, through: 0, by: -1) {
            let limb = loadLimb(number.span, limbIndex)
            let subtrahend = limbs[limbIndex] & ~keep
            let first = limb.subtractingReportingOverflow(subtrahend)
            let second = first.partialValue.subtractingReportingOverflow(borrow)
            borrow = (first.overflow ? 1 : 0) | (second.overflow ? 1 : 0)
            for byteIndex in 0..<8 {
                number[limbIndex * 8 + byteIndex] = UInt8(
                    truncatingIfNeeded: second.partialValue >> UInt64(8 * (7 - byteIndex)))
            }
        }
    }

    /// Whether `number - n` is negative, by a full subtraction without early exit.
    private static func differenceBorrows(_ number: Span<UInt8>) -> Bool {
        var borrow: UInt64 = 0
        for limbIndex in stride(from: 3, through: 0, by: -1) {
            let first = loadLimb(number, limbIndex).subtractingReportingOverflow(limbs[limbIndex])
            let second = first.partialValue.subtractingReportingOverflow(borrow)
            borrow = (first.overflow ? 1 : 0) | (second.overflow ? 1 : 0)
        }
        return borrow == 1
    }

    private static func loadLimb(_ number: Span<UInt8>, _ limbIndex: Int) -> UInt64 {
        var limb: UInt64 = 0
        for byteIndex in 0..<8 {
            limb = limb << 8 | UInt64(number[limbIndex * 8 + byteIndex])
        }
        return limb
    }
}
