import Bitcoin
import RiscV
import Tapscript

extension RowChecks {
    /// Fails unless the first value divided by the second gives a quotient and a remainder.
    ///
    /// What is checked is: dividend = quotient * divisor + remainder, the remainder is smaller than
    /// the divisor and has the dividend's sign. For the divisor 0 the quotient has all bits, and
    /// the equation makes the remainder the dividend. The quotient of signed numbers is taken
    /// with the sign that it must have, so that 2^31, which the least number divided by -1 gives,
    /// is no exception.
    mutating func verifyQuotient(
        _ quotient: RowField, remainder: RowField, _ signedness: Signedness
    ) {
        let isByZero = not(digitSum(.secondValue, 0..<8))
        assembler.rename(isByZero, as: "by zero")
        let quotientSum = digitSum(quotient, 0..<8)
        let hasAllBits = isEqual(.copy(quotientSum), 120)
        let isByOther = not(assembler.copy(isByZero))
        assembler.verify(.move(either(hasAllBits, isByOther)))
        var isNegative: Item?
        let isSmaller: Item
        if signedness == .signed {
            let dividendSign = highBit(.firstValue, 7)
            let divisorSign = highBit(.secondValue, 7)
            let differs = assembler.isNumNotEqual(.move(dividendSign), .move(divisorSign))
            isNegative = both(quotientSum, differs)
            verifyRemainderSign(remainder)
            for field in [.firstValue, .secondValue, remainder] {
                signTop(field)
            }
            isSmaller = isAbsolutelyLess(remainder)
        } else {
            assembler.drop(quotientSum)
            isSmaller = isLess(.move(comparison(remainder, .sub, bound: 1)), 0)
        }
        assembler.verify(.move(either(isSmaller, isByZero)))
        verifyEquation(quotient, remainder, isNegative)
    }

    /// Fails unless the remainder has the dividend's sign or is 0.
    private mutating func verifyRemainderSign(_ remainder: RowField) {
        let isZero = not(digitSum(remainder, 0..<8))
        let sign = highBit(remainder, 7)
        let dividendSign = highBit(.firstValue, 7)
        let isSame = isEqual(.move(sign), .move(dividendSign))
        assembler.verify(.move(either(isZero, isSame)))
    }

    /// A number with the sign of the remainder less (plus) the divisor; all digits stay.
    ///
    /// - Parameters:
    ///   - operation: `sub` or `add`.
    ///   - bound: The top digits are cut to it, which changes no sign.
    private mutating func comparison(
        _ remainder: RowField, _ operation: Opcode, bound: Int64
    ) -> Item {
        let top = assembler.apply(
            operation, [copy(remainder, 7), copy(.secondValue, 7)])[0]
        let upper = assembler.apply(.min, [.move(top), .number(bound)])[0]
        var sum = assembler.apply(.max, [.move(upper), .number(-bound)])[0]
        for index in (0..<7).reversed() {
            sum = add(.move(scale(sum, 4)), copy(remainder, index))
            sum = assembler.apply(operation, [.move(sum), copy(.secondValue, index)])[0]
        }
        return sum
    }

    /// Whether the remainder is smaller than the divisor, both without signs: then, and only
    /// then, their difference and their sum lie on two sides of zero.
    private mutating func isAbsolutelyLess(_ remainder: RowField) -> Item {
        let difference = sign(comparison(remainder, .sub, bound: 2))
        let sum = sign(comparison(remainder, .add, bound: 2))
        let cancels = not(add(.move(sum), .copy(difference)))
        return both(difference, cancels)
    }

    private mutating func sign(_ item: Item) -> Item {
        let upper = assembler.apply(.min, [.move(item), 1])[0]
        return assembler.apply(.max, [.move(upper), -1])[0]
    }

    /// Fails unless quotient * divisor + remainder = dividend.
    private mutating func verifyEquation(
        _ quotient: RowField, _ remainder: RowField, _ isNegative: Item?
    ) {
        let high = multiples(of: number(of: digits(.secondValue, (4..<8).reversed())))
        let low = multiples(of: number(of: digits(.secondValue, (0..<4).reversed())))
        var sum: Item
        if let isNegative {
            let product = assembler.lookup(high, .copy(isNegative))
            sum = scale(assembler.negate(.move(product)), 4)
            sum = addProducts(11, of: quotient, high, low, onto: sum)
        } else {
            sum = assembler.lookup(high, copy(quotient, 7))
        }
        for index in (0..<11).reversed() {
            sum = scale(sum, 4)
            if let isNegative, index == 8 {
                let product = assembler.lookup(low, .copy(isNegative))
                sum = subtract(.move(sum), .move(product))
            }
            sum = addProducts(index, of: quotient, high, low, onto: sum)
            if index < 8 {
                sum = plus(
                    sum, [.plus(move(remainder, index)), .minus(move(.firstValue, index))])
            }
        }
        assembler.verify(.move(not(sum)))
    }
}
