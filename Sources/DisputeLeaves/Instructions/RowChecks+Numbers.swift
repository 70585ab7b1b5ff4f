import Bitcoin
import Tapscript

/// What is added at one place of a sum.
enum Term {
    case plus(Operand)
    case minus(Operand)
}

/// How the top digit of a difference modulo 2^32 is brought back when the numbers lie on both
/// sides of zero.
enum Wrapping {
    /// The difference may be 2^32 too large.
    case above
    /// The difference may be 2^32 too small.
    case below
    /// Either.
    case either
}

extension RowChecks {
    /// A sum on top of the stack with one more place behind it.
    mutating func place(_ sum: Item, _ terms: [Term]) -> Item {
        plus(scale(sum, 4), terms)
    }

    /// A sum on top of the stack with more terms at the same place.
    mutating func plus(_ sum: Item, _ terms: [Term]) -> Item {
        terms.reduce(sum) { sum, term in
            switch term {
            case .plus(let operand): add(.move(sum), operand)
            case .minus(let operand): subtract(.move(sum), operand)
            }
        }
    }

    /// Brings the top digit of a difference near to zero, by a multiple of 16.
    mutating func wrapped(_ top: Item, _ wrapping: Wrapping) -> Item {
        switch wrapping {
        case .above:
            let isAbove = isGreater(.copy(top), 7)
            let excess = scale(isAbove, 4)
            return subtract(.move(top), .move(excess))
        case .below:
            let isBelow = isLess(.copy(top), 0)
            let lack = scale(isBelow, 4)
            return add(.move(top), .move(lack))
        case .either:
            let isAbove = isGreater(.copy(top), 7)
            let isBelow = isLess(.copy(top), -8)
            let excess = scale(subtract(.move(isAbove), .move(isBelow)), 4)
            return subtract(.move(top), .move(excess))
        }
    }

    /// A field less another, modulo 2^32, where the difference is small.
    mutating func difference(
        _ left: RowField, _ right: RowField, _ wrapping: Wrapping
    ) -> Item {
        var sum = subtract(move(left, 7), move(right, 7))
        sum = wrapped(sum, wrapping)
        for index in (0..<7).reversed() {
            sum = place(sum, [.plus(move(left, index)), .minus(move(right, index))])
        }
        return sum
    }

    /// The number that digits make, the first the most significant.
    mutating func number(of digits: [Item]) -> Item {
        assembler.move(digits[0])
        return digits.dropFirst().reduce(digits[0]) { place($0, [.plus(.move($1))]) }
    }

    /// The sum of a field's digits, which stay where they are: 0 only for the number 0.
    mutating func digitSum(_ field: RowField, _ places: Range<Int>) -> Item {
        var sum = assembler.copy(digit(field, places.lowerBound))
        for index in places.dropFirst() {
            sum = add(.move(sum), copy(field, index))
        }
        return sum
    }

    /// Fails unless the last digit of an address is a multiple of 4; the digit stays.
    mutating func verifyAligned(_ field: RowField) {
        verifyAligned(digit(field, 0))
    }

    /// Fails unless a digit is a multiple of 4; it stays.
    mutating func verifyAligned(_ digit: Item) {
        // Folded at 6 and at 4: only the multiples of 4 end at 2.
        var folded = absolute(subtract(.copy(digit), 6))
        folded = absolute(subtract(.move(folded), 4))
        verifyEqual(.move(folded), 2)
    }

    /// The lowest bit of a digit, which is taken.
    mutating func lowestBit(_ digit: Item) -> Item {
        var folded = digit
        for half: Int64 in [8, 4, 2, 1] {
            folded = absolute(subtract(.move(folded), .number(half)))
        }
        return not(folded)
    }

    /// A number modulo the last of some powers of 2.
    ///
    /// - Parameters:
    ///   - item: Below twice the first of the powers.
    ///   - powers: Exponents, each one less than the one before.
    mutating func reduced(_ item: Item, byPowers powers: [Int]) -> Item {
        powers.reduce(item) { item, power in
            let isIn = isGreater(.copy(item), .number(1 << Int64(power) - 1))
            return subtract(.move(item), .move(scale(isIn, power)))
        }
    }

    /// Whether a digit has its highest bit, for a field's top digit the sign; the digit stays.
    mutating func highBit(_ field: RowField, _ place: Int) -> Item {
        isGreater(copy(field, place), 7)
    }

    /// Turns the top digit of a field into a signed one, 8 to 15 into -8 to -1.
    mutating func signTop(_ field: RowField) {
        let top = digit(field, 7)
        assembler.move(top)
        let isNegative = isGreater(.copy(top), 7)
        replace(field, 7, by: subtract(.move(top), .move(scale(isNegative, 4))))
    }

    /// One of two items that lie on top of the stack, the upper for 0 and the lower for 1.
    mutating func choose(_ lower: Item, _ upper: Item, _ flag: Operand) -> Item {
        let choice = assembler.lookup(Table(Items([upper, lower])), flag)
        assembler.drop(Items([lower, upper]))
        return choice
    }

    /// A constant for 1 and another for 0.
    mutating func choose(_ one: Int64, orElse zero: Int64, _ flag: Operand) -> Item {
        let lower = assembler.number(one)
        let upper = assembler.number(zero)
        return choose(lower, upper, flag)
    }

    /// A number times 2 to the power of 3 less an index.
    mutating func multiplied(_ item: Item, powerBelow3 index: Item) -> Item {
        var multiples = [item]
        for _ in 0..<3 {
            let copy = assembler.copy(multiples[multiples.count - 1])
            multiples.append(scale(copy, 1))
        }
        return chosen(multiples, fromLast: index)
    }

    /// One of the uppermost items, counted from the top one; the others go.
    mutating func chosen(_ items: [Item], fromLast index: Item) -> Item {
        let table = Table(Items(items.reversed()))
        let choice = assembler.lookup(table, .copy(index))
        assembler.drop(Items(items))
        return choice
    }
}
