/// Results of RV32IM that are more than an operator.
enum Arithmetic {
    /// A quotient and a remainder: one is the result, the other the witness of the row.
    struct Division {
        let quotient: UInt32
        let remainder: UInt32
    }

    @inline(__always)
    static func isLess(_ left: UInt32, _ right: UInt32) -> Bool {
        Int32(bitPattern: left) < Int32(bitPattern: right)
    }

    @inline(__always)
    static func shiftRightArithmetic(_ value: UInt32, _ amount: UInt32) -> UInt32 {
        UInt32(bitPattern: Int32(bitPattern: value) &>> Int32(bitPattern: amount & 31))
    }

    @inline(__always)
    static func highSignedSigned(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let product = Int64(Int32(bitPattern: left)) &* Int64(Int32(bitPattern: right))
        return UInt32(truncatingIfNeeded: product >> 32)
    }

    @inline(__always)
    static func highSignedUnsigned(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let product = Int64(Int32(bitPattern: left)) &* Int64(right)
        return UInt32(truncatingIfNeeded: product >> 32)
    }

    @inline(__always)
    static func highUnsignedUnsigned(_ left: UInt32, _ right: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: (UInt64(left) &* UInt64(right)) >> 32)
    }

    @inline(__always)
    static func divideSigned(_ dividend: UInt32, _ divisor: UInt32) -> Division {
        guard divisor != 0 else { return Division(quotient: .max, remainder: dividend) }
        guard dividend != 0x8000_0000 || divisor != .max else {
            return Division(quotient: dividend, remainder: 0)
        }
        let left = Int32(bitPattern: dividend)
        let right = Int32(bitPattern: divisor)
        let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
        return Division(
            quotient: UInt32(bitPattern: quotient), remainder: UInt32(bitPattern: remainder))
    }

    @inline(__always)
    static func divideUnsigned(_ dividend: UInt32, _ divisor: UInt32) -> Division {
        guard divisor != 0 else { return Division(quotient: .max, remainder: dividend) }
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return Division(quotient: quotient, remainder: remainder)
    }

    @inline(__always)
    static func signExtendedByte(_ value: UInt32) -> UInt32 {
        UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: value)))
    }

    @inline(__always)
    static func signExtendedHalf(_ value: UInt32) -> UInt32 {
        UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: value)))
    }
}
