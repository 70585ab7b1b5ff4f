import Bitcoin
import RiscV
import Tapscript

/// One digit of a field; place 0 is the least significant.
struct RowDigit: Hashable {
    let field: RowField
    let place: Int
}

/// Writes the script that checks an opened row.
///
/// Numbers of 32 bits do not fit the arithmetic of scripts, which takes 31 bits and a sign. Digits
/// are therefore summed up from the most significant one, place by place, as differences of what
/// should be equal: for a row that is right such a sum stays small, and for a wrong one it ends at
/// another value or leaves the range, which fails too.
struct RowChecks {
    var assembler: Assembler
    /// Fields in the order in which the script came to need them.
    private(set) var order: [RowField] = []
    /// Digits that must be zero, looked at together in the end: none is negative.
    private var zeros: [RowDigit] = []
    /// By place.
    private var fields: [RowField: [Item]]
    private let itemCountBelow: Int

    init(_ assembler: Assembler, _ fields: [RowField: Items]) {
        self.assembler = assembler
        self.fields = fields.mapValues { $0.reversed() }
        itemCountBelow = assembler.itemCount - fields.values.reduce(0) { $0 + $1.count }
    }

    /// The assembler, with everything of the row taken away.
    consuming func finished() -> Assembler {
        assembler.drop(assembler.uppermost(assembler.itemCount - itemCountBelow))
        return assembler
    }

    // MARK: Digits

    /// The item of a digit.
    mutating func digit(_ field: RowField, _ place: Int) -> Item {
        guard let items = fields[field] else {
            preconditionFailure("the leaf reads \(field.rawValue)")
        }
        if !order.contains(field) {
            order.append(field)
        }
        return items[place]
    }

    /// Lets another item stand for a digit from here on.
    mutating func replace(_ field: RowField, _ place: Int, by item: Item) {
        fields[field]?[place] = item
    }

    /// The items of digits, in the order of the places.
    mutating func digits(_ field: RowField, _ places: some Swift.Sequence<Int>) -> [Item] {
        places.map { digit(field, $0) }
    }

    mutating func move(_ field: RowField, _ place: Int) -> Operand {
        .move(digit(field, place))
    }

    mutating func copy(_ field: RowField, _ place: Int) -> Operand {
        .copy(digit(field, place))
    }

    // MARK: Zeros

    /// Notes that digits must be zero.
    mutating func expectZero(_ field: RowField, _ places: some Swift.Sequence<Int>) {
        zeros += places.map { RowDigit(field: field, place: $0) }
    }

    /// Notes that a field must be zero.
    mutating func expectZero(_ fields: RowField...) {
        for field in fields {
            expectZero(field, 0..<field.digitCount)
        }
    }

    /// Fails unless all digits are zero that should be.
    mutating func verifyZeros() {
        guard let first = zeros.first else { return }
        var sum = digit(first.field, first.place)
        assembler.move(sum)
        for zero in zeros.dropFirst() {
            sum = add(.move(sum), move(zero.field, zero.place))
        }
        assembler.verify(.move(not(sum)))
        zeros = []
    }

    /// Fails unless a digit has a value.
    mutating func verify(_ field: RowField, _ place: Int, is value: Int64) {
        if value == 0 {
            expectZero(field, [place])
        } else {
            assembler.apply(.equalVerify, [move(field, place), .number(value)])
        }
    }

    /// Fails unless two fields of eight digits are the same.
    mutating func verifyEqual(_ left: RowField, _ right: RowField) {
        for place in 0..<8 {
            assembler.apply(.equalVerify, [move(left, place), move(right, place)])
        }
    }

    // MARK: Operations

    mutating func add(_ left: Operand, _ right: Operand) -> Item {
        assembler.apply(.add, [left, right])[0]
    }

    mutating func subtract(_ left: Operand, _ right: Operand) -> Item {
        assembler.apply(.sub, [left, right])[0]
    }

    mutating func absolute(_ item: Item) -> Item {
        assembler.apply(.abs, [.move(item)])[0]
    }

    mutating func not(_ item: Item) -> Item {
        assembler.apply(.not, [.move(item)])[0]
    }

    mutating func isGreater(_ left: Operand, _ right: Operand) -> Item {
        assembler.apply(.greaterThan, [left, right])[0]
    }

    mutating func isLess(_ left: Operand, _ right: Operand) -> Item {
        assembler.apply(.lessThan, [left, right])[0]
    }

    mutating func isEqual(_ left: Operand, _ right: Operand) -> Item {
        assembler.apply(.numEqual, [left, right])[0]
    }

    mutating func both(_ left: Item, _ right: Item) -> Item {
        assembler.and(.move(left), .move(right))
    }

    mutating func either(_ left: Item, _ right: Item) -> Item {
        assembler.or(.move(left), .move(right))
    }

    mutating func verifyEqual(_ left: Operand, _ right: Operand) {
        assembler.apply(.equalVerify, [left, right])
    }

    /// The number times 2 to a power.
    mutating func scale(_ item: Item, _ bitCount: Int) -> Item {
        assembler.shiftLeft(.move(item), by: bitCount)
    }
}
