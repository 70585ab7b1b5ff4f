internal import Bitcoin
internal import Tapscript

extension BLAKE3Writer {
    /// One item of the tables.
    private enum TableItem {
        case constant(Int)
        case message(Int)
        case hash(Int)
    }

    /// Pushes the tables, with message and hash in the places that no sum selects.
    ///
    /// The digits come from the top of the stack: hash uppermost, below it the message.
    ///
    /// - Returns: How many items the tables have.
    mutating func writeTables() -> Int {
        let digitCount = BLAKE3Fragment.messageDigitCount + BLAKE3Fragment.hashDigitCount
        for _ in 0..<digitCount { emit(.toAltStack) }
        let items = Self.tableItems()
        messageDepths = Array(repeating: 0, count: BLAKE3Fragment.messageDigitCount)
        hashDepths = Array(repeating: 0, count: BLAKE3Fragment.hashDigitCount)
        for (position, item) in items.enumerated() {
            let depth = items.count - 1 - position
            switch item {
            case .constant(let number): push(number)
            case .message(let index):
                // Plain sums count in steps of two, because two tables lie interleaved.
                emit(.fromAltStack, .dup, .add)
                messageDepths[index] = depth
            case .hash(let index):
                emit(.fromAltStack, .dup, .add)
                // The table of plain sums, which lies below, knows how digits are coded.
                push(position - 2 * Self.plainSumCount)
                emit(.add, .pick)
                hashDepths[index] = depth
            }
        }
        push(0)
        keep(Digit(16, 0))
        return items.count
    }

    /// Deepest first.
    private static func tableItems() -> [TableItem] {
        var items: [TableItem] = []
        for total in (0..<plainSumCount).reversed() {
            items.append(.constant(2 * (total / 16)))
            items.append(.constant(digit(total % 16)))
        }
        var digits =
            (0..<BLAKE3Fragment.messageDigitCount).map(TableItem.message)
            + (0..<BLAKE3Fragment.hashDigitCount).map(TableItem.hash)
        digits.reverse()
        for index in (0..<NibbleSpread.sumCount).reversed() {
            let sum = NibbleSpread.Sum(index)
            items.append(.constant(noCarry + Column.count * (sum.total / 16)))
            items.append(.constant(digit(sum.total % 16)))
            if sum.isWithoutCarry {
                items.append(.constant(plainBase + 2 * sum.total))
                items.append(.constant(digit(sum.exclusiveOr)))
                items.append(.constant(Column.count * (sum.exclusiveOr >> 3)))
                items.append(.constant(digit(2 * sum.exclusiveOr & 15)))
            } else {
                for _ in 0..<4 { items.append(digits.popLast() ?? .constant(0)) }
            }
        }
        precondition(digits.isEmpty, "the tables have places for all digits")
        return items
    }
}
