import Bitcoin

extension Assembler {
    /// 1 if the byte strings are the same, otherwise 0.
    @discardableResult
    public mutating func isEqual(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        commutative(.equal, left, right, name)
    }

    /// 1 if the numbers are the same, otherwise 0.
    @discardableResult
    public mutating func isNumEqual(
        _ left: Operand, _ right: Operand, as name: String = ""
    ) -> Item {
        commutative(.numEqual, left, right, name)
    }

    /// 0 if the numbers are the same, otherwise 1.
    @discardableResult
    public mutating func isNumNotEqual(
        _ left: Operand, _ right: Operand, as name: String = ""
    ) -> Item {
        commutative(.numNotEqual, left, right, name)
    }

    /// 1 if the first number is smaller, otherwise 0.
    @discardableResult
    public mutating func isLess(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        ordered(.lessThan, .greaterThan, left, right, name)
    }

    /// 1 if the first number is smaller or the same, otherwise 0.
    @discardableResult
    public mutating func isLessOrEqual(
        _ left: Operand, _ right: Operand, as name: String = ""
    ) -> Item {
        ordered(.lessThanOrEqual, .greaterThanOrEqual, left, right, name)
    }

    /// 1 if the first number is larger, otherwise 0.
    @discardableResult
    public mutating func isGreater(
        _ left: Operand, _ right: Operand, as name: String = ""
    ) -> Item {
        ordered(.greaterThan, .lessThan, left, right, name)
    }

    /// 1 if the first number is larger or the same, otherwise 0.
    @discardableResult
    public mutating func isGreaterOrEqual(
        _ left: Operand, _ right: Operand, as name: String = ""
    ) -> Item {
        ordered(.greaterThanOrEqual, .lessThanOrEqual, left, right, name)
    }

    /// 1 if a number is in `lower..<upper`, otherwise 0.
    @discardableResult
    public mutating func isWithin(
        _ value: Operand, from lower: Operand, below upper: Operand, as name: String = ""
    ) -> Item {
        apply(.within, [value, lower, upper], as: [name])[0]
    }

    /// Fails unless the byte strings are the same.
    public mutating func verifyEqual(_ left: Operand, _ right: Operand) {
        isEqual(left, right)
        verifyTop()
    }

    /// Fails unless the numbers are the same.
    public mutating func verifyNumEqual(_ left: Operand, _ right: Operand) {
        isNumEqual(left, right)
        verifyTop()
    }

    /// Fails unless two runs hold the same byte strings, item by item.
    public mutating func verifyEqual(
        _ left: Items, _ leftAccess: Access, _ right: Items, _ rightAccess: Access
    ) {
        precondition(left.count == right.count, "compared runs have the same length")
        for index in left.indices.reversed() {
            verifyEqual(Operand(left[index], leftAccess), Operand(right[index], rightAccess))
        }
    }

    /// Fails unless a run holds these numbers in their minimal form.
    public mutating func verifyEqual(_ items: Items, _ access: Access, _ numbers: [Int64]) {
        precondition(items.count == numbers.count, "compared runs have the same length")
        for index in items.indices.reversed() {
            verifyEqual(Operand(items[index], access), .number(numbers[index]))
        }
    }

    // The peephole pass joins the two opcodes.
    private mutating func verifyTop() {
        guard let top = stack.last else { preconditionFailure("a comparison leaves its result") }
        verify(.move(top))
    }

    /// The HASH160 of an item.
    @discardableResult
    public mutating func hash160(_ operand: Operand, as name: String = "") -> Item {
        apply(.hash160, [operand], as: [name])[0]
    }

    /// The SHA-256 of an item.
    @discardableResult
    public mutating func sha256(_ operand: Operand, as name: String = "") -> Item {
        apply(.sha256, [operand], as: [name])[0]
    }
}
