internal import Tapscript

/// Checks on numbers that lie as digits of 4 bits, the most significant first.
extension Assembler {
    /// Whether all of some flags are set; they are consumed.
    mutating func allOf(_ flags: [Item]) -> Item {
        fold(flags) { $0.and(.move($1), .move($2)) }
    }

    /// Whether one of some flags is set; they are consumed.
    mutating func anyOf(_ flags: [Item]) -> Item {
        fold(flags) { $0.or(.move($1), .move($2)) }
    }

    private mutating func fold(
        _ flags: [Item], _ join: (inout Assembler, Item, Item) -> Item
    ) -> Item {
        guard var result = flags.first else { preconditionFailure("there are flags") }
        for flag in flags.dropFirst() { result = join(&self, result, flag) }
        return result
    }

    /// Whether two numbers have the same digits.
    mutating func isSame(
        _ left: Items, _ leftAccess: Access, _ right: Items, _ rightAccess: Access
    ) -> Item {
        var result: Item?
        for (left, right) in zip(left, right).reversed() {
            let flag = isNumEqual(Operand(left, leftAccess), Operand(right, rightAccess))
            result = result.map { and(.move($0), .move(flag)) } ?? flag
        }
        guard let result else { preconditionFailure("numbers have digits") }
        return result
    }

    /// Whether a number is a constant.
    mutating func isConstant(_ digits: Items, _ access: Access, _ constant: [Int64]) -> Item {
        precondition(digits.count == constant.count, "a constant has the digits of its number")
        var result: Item?
        for (digit, constant) in zip(digits, constant).reversed() {
            let flag =
                constant == 0
                ? not(Operand(digit, access))
                : isNumEqual(Operand(digit, access), .number(constant))
            result = result.map { and(.move($0), .move(flag)) } ?? flag
        }
        guard let result else { preconditionFailure("numbers have digits") }
        return result
    }

    /// Fails unless a number is a constant; consumes it.
    mutating func verifyConstant(_ digits: Items, _ constant: [Int64]) {
        for (digit, constant) in zip(digits, constant).reversed() {
            verifyNumEqual(.move(digit), .number(constant))
        }
    }

    /// Not 0 if a number is not 0; consumes it.
    mutating func isAnySet(_ digits: Items) -> Item {
        var sum: Item?
        for digit in digits.reversed() {
            sum = sum.map { add(.move($0), .move(digit)) } ?? digit
        }
        guard let sum else { preconditionFailure("numbers have digits") }
        return sum
    }

    /// Whether the left number is smaller.
    mutating func isSmaller(
        _ left: Items, _ leftAccess: Access, _ right: Items, _ rightAccess: Access
    ) -> Item {
        var result: Item?
        for (left, right) in zip(left, right).reversed() {
            let limit = result.map { add(.move($0), Operand(right, rightAccess)) }
            result = isLess(
                Operand(left, leftAccess), limit.map { .move($0) } ?? Operand(right, rightAccess))
        }
        guard let result else { preconditionFailure("numbers have digits") }
        return result
    }

    /// Whether the right number is the left one and 1; after the largest comes 0.
    mutating func isSuccessor(
        _ left: Items, _ leftAccess: Access, _ right: Items, _ rightAccess: Access
    ) -> Item {
        var carry: Item?
        var result: Item?
        for index in left.indices.reversed() {
            var sum: Item
            if let carry {
                sum = add(.move(carry), Operand(left[index], leftAccess))
            } else {
                sum = increment(Operand(left[index], leftAccess))
            }
            // 0, or 16 if the digit wraps to 0.
            sum = subtract(.move(sum), Operand(right[index], rightAccess))
            let wraps = isNumEqual(.copy(sum), 16)
            let isZero = not(.move(sum))
            let flag = or(.move(isZero), .copy(wraps))
            result = result.map { and(.move($0), .move(flag)) } ?? flag
            if index == 0 { drop(wraps) } else { carry = wraps }
        }
        guard let result else { preconditionFailure("numbers have digits") }
        return result
    }

    /// Puts digits together to one number below 2^28.
    mutating func joined(_ digits: Items, _ access: Access) -> Item {
        precondition((1...7).contains(digits.count), "the script's numbers have 31 bits")
        var result = access == .move ? digits[0] : copy(digits[0])
        for digit in digits.dropFirst() {
            let shifted = shiftLeft(.move(result), by: 4)
            result = add(.move(shifted), Operand(digit, access))
        }
        return result
    }

    /// An address as the index of a word of memory.
    ///
    /// - Returns: The index, and whether the address is one of a word.
    mutating func wordIndex(_ address: Items, _ access: Access) -> (index: Item, isWord: Item) {
        precondition(address.count == 8, "an address has 32 bits")
        let high = joined(address[0..<7], access)
        let low = access == .move ? address[7] : copy(address[7])
        let flags = [
            isGreaterOrEqual(.copy(low), 4), isGreaterOrEqual(.copy(low), 8),
            isGreaterOrEqual(.copy(low), 12),
        ]
        let quarter = add(.move(add(.move(flags[0]), .move(flags[1]))), .move(flags[2]))
        let rounded = shiftLeft(.copy(quarter), by: 2)
        let isWord = isNumEqual(.move(rounded), .move(low))
        let shifted = shiftLeft(.move(high), by: 2)
        return (add(.move(shifted), .move(quarter)), isWord)
    }

    /// A word as the bytes that `WordConstant` has for it; no operation can compute with them.
    mutating func wordConstant(_ word: Items) -> Item {
        precondition(word.count == 8, "a word has 32 bits")
        let high = joined(word[0..<7], .move)
        let centred = subtract(.move(high), .number(1 << 27))
        let eighths = shiftLeft(.move(centred), by: 3)
        let upper = add(.copy(eighths), .move(word[7]))
        return add(.move(upper), .move(eighths))
    }
}

/// A word of memory in a table of constants: less 2^31, so that four bytes suffice for it.
enum WordConstant {
    static func number(of word: UInt32) -> Int64 {
        Int64(word) - (1 << 31)
    }
}

/// Digits of 4 bits of numbers, the most significant first.
enum Digits {
    static func of(_ number: some FixedWidthInteger & UnsignedInteger) -> [Int64] {
        (0..<number.bitWidth / 4).reversed().map { Int64(number >> (4 * $0) & 15) }
    }
}
