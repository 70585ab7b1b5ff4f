import Bitcoin
import RiscV
import Tapscript

extension RowChecks {
    /// A table of a number times 0 to 15.
    mutating func multiples(of number: Item) -> Table {
        let sixteen = scale(assembler.copy(number), 4)
        var multiple = subtract(.move(sixteen), .copy(number))
        assembler.move(number)
        var entries: [Item] = []
        for _ in 0..<15 {
            let pair = assembler.copy(Items([multiple, number]))
            let next = subtract(.move(pair[0]), .move(pair[1]))
            assembler.move(number)
            entries.append(multiple)
            multiple = next
        }
        assembler.drop(number)
        return Table(Items((entries + [multiple]).reversed()))
    }

    /// MUL: the product modulo 2^32.
    ///
    /// Each byte of the first value is a table of multiples, which the digits of the second value
    /// look up. The columns are added in two halves of four digits, because the carry between
    /// them has to be known.
    mutating func verifyLowProduct() {
        let tables = (0..<4).map { byte in
            multiples(of: number(of: digits(.firstValue, [2 * byte + 1, 2 * byte])))
        }
        var low = column(3, of: tables, onto: nil)
        for index in (0..<3).reversed() {
            low = column(index, of: tables, onto: scale(low, 4))
        }
        // A multiple of 2^16 below 510 * 2^16.
        let carry = quotientOf2To16(low, bitCount: 9)
        var high = column(7, of: tables, onto: nil)
        for index in (4..<7).reversed() {
            high = column(index, of: tables, onto: scale(high, 4))
        }
        high = add(.move(high), .move(carry))
        // A multiple of 2^16 below 1021 * 2^16.
        for bit in (0..<10).reversed() {
            high = lessIfLarger(high, 65_536 << Int64(bit))
        }
        assembler.verify(.move(not(high)))
    }

    /// The products that count 16 to an index, less the digit of the result.
    private mutating func column(_ index: Int, of tables: [Table], onto start: Item?) -> Item {
        var sum = start
        for (byte, table) in tables.enumerated() where (0..<8).contains(index - 2 * byte) {
            let product = assembler.lookup(table, copy(.secondValue, index - 2 * byte))
            sum = sum.map { add(.move($0), .move(product)) } ?? product
        }
        guard let sum else { preconditionFailure("every column has a product") }
        return subtract(.move(sum), move(.writeValue, index))
    }

    /// A number less another unless that makes it negative.
    private mutating func lessIfLarger(_ item: Item, _ amount: Int64) -> Item {
        let less = subtract(.copy(item), .number(amount))
        let isSmaller = isLess(.copy(less), 0)
        return choose(item, less, .move(isSmaller))
    }

    /// The quotient of a multiple of 2^16.
    ///
    /// - Parameter item: Fails the script unless it is a multiple in `0..<2^(16 + bitCount)`.
    private mutating func quotientOf2To16(_ item: Item, bitCount: Int) -> Item {
        var rest = item
        var missing: Item?
        for bit in (0..<bitCount).reversed() {
            let less = subtract(.copy(rest), .number(65_536 << Int64(bit)))
            let isSmaller = isLess(.copy(less), 0)
            let flag = assembler.copy(isSmaller)
            assembler.stash(flag)
            rest = choose(rest, less, .move(isSmaller))
            // The bits that the quotient does not have.
            if let bits = missing {
                assembler.move(bits)
                missing = add(.move(scale(bits, 1)), .move(flag))
            } else {
                assembler.move(flag)
                missing = flag
            }
            assembler.move(rest)
        }
        assembler.verify(.move(not(rest)))
        guard let missing else { preconditionFailure("a quotient has bits") }
        return subtract(.number(1 << Int64(bitCount) - 1), .move(missing))
    }

    /// MULH, MULHSU and MULHU: the product divided by 2^32.
    ///
    /// Both halves of the first value are tables of multiples. The sum of all columns from the
    /// top, less the result, is what the lower half of the product leaves: it must be in 0..<2^32.
    mutating func verifyHighProduct(_ first: Signedness, _ second: Signedness) {
        if first == .signed {
            signTop(.firstValue)
            signTop(.writeValue)
        }
        let high = multiples(of: number(of: digits(.firstValue, (4..<8).reversed())))
        let low = multiples(of: number(of: digits(.firstValue, (0..<4).reversed())))
        var sign: Item?
        if second == .signed {
            sign = highBit(.secondValue, 7)
        }
        assembler.move(digit(.writeValue, 7))
        var sum = assembler.negate(.move(digit(.writeValue, 7)))
        for index in (1..<15).reversed() {
            sum = scale(sum, 4)
            if index >= 8 {
                sum = subtract(.move(sum), move(.writeValue, index - 8))
            }
            if let sign, index == 12 || index == 8 {
                let product = assembler.lookup(index == 12 ? high : low, .copy(sign))
                sum = subtract(.move(sum), .move(product))
            }
            sum = addProducts(index, of: .secondValue, high, low, onto: sum)
        }
        let last = assembler.lookup(low, copy(.secondValue, 0))
        verifyWithin32Bits(sum, last)
    }

    /// Adds the products of two tables that count 16 to an index.
    mutating func addProducts(
        _ index: Int, of field: RowField, _ high: Table, _ low: Table, onto start: Item
    ) -> Item {
        var sum = start
        if (4..<12).contains(index) {
            let product = assembler.lookup(high, copy(field, index - 4))
            sum = add(.move(sum), .move(product))
        }
        if index < 8 {
            let product = assembler.lookup(low, copy(field, index))
            sum = add(.move(sum), .move(product))
        }
        return sum
    }

    /// Fails unless 16 times a number plus another one below 2^20 is in 0..<2^32.
    private mutating func verifyWithin32Bits(_ sixteenths: Item, _ rest: Item) {
        // Only near to the bounds does the rest decide, so that larger distances are cut.
        let below = assembler.minimum(.copy(sixteenths), 0)
        let low = add(.move(scale(below, 4)), .copy(rest))
        let isNegative = isLess(.move(low), 0)
        assembler.verify(.move(not(isNegative)))
        let above = subtract(.move(sixteenths), .number(1 << 28))
        let cut = assembler.maximum(.move(above), .number(-(1 << 16)))
        let high = add(.move(scale(cut, 4)), .move(rest))
        assembler.verify(.move(isLess(.move(high), 0)))
    }
}
