import Bitcoin
import RiscV
import Tapscript

extension RowChecks {
    /// A shift amount, taken apart into whole digits and the bits beyond them.
    private struct Amount {
        /// How many whole digits.
        let digits: Item
        /// 3 less the bits beyond.
        let bitsBelow3: Item
    }

    /// Shifts to either side.
    ///
    /// Whole digits are shifted by reading the value as a table, from a place that depends on the
    /// amount, and the up to three bits beyond by multiplying.
    mutating func verifyShift(_ step: InstructionStep) {
        let amount = shiftAmount(step)
        switch step.code {
        case .sll, .slli: verifyLeftShift(amount)
        case .sra, .srai: verifyRightShift(amount, .signed)
        default: verifyRightShift(amount, .unsigned)
        }
    }

    private mutating func shiftAmount(_ step: InstructionStep) -> Amount {
        let high: Item
        let low: Item
        if step.definition.format == .shift {
            high = verifiedBit(6, above: step.sixthDigit)
            low = digit(.opcode, 5)
        } else {
            assembler.move(digit(.secondValue, 1))
            high = lowestBit(digit(.secondValue, 1))
            low = digit(.secondValue, 0)
        }
        assembler.move(low)
        var quarter = isGreater(.copy(low), 3)
        for bound: Int64 in [7, 11] {
            quarter = add(.move(quarter), .move(isGreater(.copy(low), .number(bound))))
        }
        let whole = scale(assembler.copy(quarter), 2)
        let rest = subtract(.move(whole), .move(low))
        let bitsBelow3 = add(.move(rest), 3)
        assembler.move(high)
        let digits = add(.move(scale(high, 2)), .move(quarter))
        assembler.rename(digits, as: "digits")
        assembler.rename(bitsBelow3, as: "3 - bits")
        return Amount(digits: digits, bitsBelow3: bitsBelow3)
    }

    /// W = 2^bits * B modulo 2^32, where B is the value shifted by whole digits.
    private mutating func verifyLeftShift(_ amount: Amount) {
        let value = digits(.firstValue, 0..<8)
        assembler.move(Items(value.reversed()))
        let padding = (0..<7).map { _ in assembler.number(0) }
        let window = Table(Items(padding.reversed() + value))
        let start = subtract(7, .move(amount.digits))
        // The top digit loses what is shifted out of it.
        var tops = [assembler.lookup(window, .copy(start), offset: 7)]
        for _ in 0..<3 {
            let doubled = scale(assembler.copy(tops[tops.count - 1]), 1)
            tops.append(reduced(doubled, byPowers: [4]))
        }
        let top = chosen(tops, fromLast: amount.bitsBelow3)
        var rest = subtract(move(.writeValue, 7), .move(top))
        for index in (0..<7).reversed() {
            rest = place(rest, [.plus(move(.writeValue, index))])
        }
        var sum = assembler.lookup(window, .copy(start), offset: 6)
        for index in (0..<6).reversed() {
            sum = scale(sum, 4)
            let next = assembler.lookup(window, .copy(start), offset: index)
            sum = add(.move(sum), .move(next))
        }
        verifyEqual(.move(rest), .move(multiplied(sum, powerBelow3: amount.bitsBelow3)))
    }

    /// B = 2^bits * W + rest, rest below 2^bits, where B is the value shifted by whole digits.
    private mutating func verifyRightShift(_ amount: Amount, _ signedness: Signedness) {
        let start = amount.digits
        var sign: Item?
        var padding: [Item] = []
        if signedness == .signed {
            let isNegative = highBit(.firstValue, 7)
            assembler.rename(isNegative, as: "sign")
            let sixteen = scale(assembler.copy(isNegative), 4)
            padding.append(subtract(.move(sixteen), .copy(isNegative)))
            sign = isNegative
        } else {
            padding.append(assembler.number(0))
        }
        while padding.count < 7 {
            padding.append(assembler.copy(padding[0]))
        }
        let value = digits(.firstValue, 0..<8)
        assembler.move(Items(value.reversed()))
        let window = Table(Items(value + padding.reversed()))
        var rest = assembler.lookup(window, .copy(start), offset: 7)
        if let sign {
            rest = subtract(.move(rest), .move(scale(assembler.copy(sign), 4)))
        }
        assembler.move(digit(.writeValue, 7))
        var top = digit(.writeValue, 7)
        if let sign {
            assembler.move(sign)
            top = subtract(.move(top), .move(scale(sign, 4)))
        }
        rest = subtract(.move(rest), .move(multiplied(top, powerBelow3: amount.bitsBelow3)))
        for index in (0..<7).reversed() {
            rest = scale(rest, 4)
            let next = assembler.lookup(window, .copy(start), offset: index)
            rest = add(.move(rest), .move(next))
        }
        let low = number(of: digits(.writeValue, (0..<7).reversed()))
        rest = subtract(.move(rest), .move(multiplied(low, powerBelow3: amount.bitsBelow3)))
        let zero = assembler.number(0)
        let powers = [1, 2, 4, 8].map { assembler.number($0) }
        let bound = chosen(powers, fromLast: amount.bitsBelow3)
        let isWithin = assembler.apply(.within, [.move(rest), .move(zero), .move(bound)])[0]
        assembler.verify(.move(isWithin))
    }
}
