public import Bitcoin

extension Assembler {
    // MARK: Operands

    /// Brings operands to the top in order, the last uppermost, and takes them from the books.
    mutating func arrange(_ operands: [Operand]) {
        var rest = operands[...]
        rest.removeFirst(inPlaceCount(operands))
        while let operand = rest.first {
            let copies = rest.prefix { if case .copy = $0 { true } else { false } }
            if copies.count > 1 {
                copy(Items(copies.compactMap(\.item)))
                rest.removeFirst(copies.count)
                continue
            }
            rest.removeFirst()
            switch operand {
            case .move(let item): move(item)
            case .copy(let item): copy(item)
            case .number(let value): number(value)
            case .bytes(let bytes): push(bytes)
            }
        }
    }

    /// How many operands, from the first, are moved items that lie on top already, in order.
    private func inPlaceCount(_ operands: [Operand]) -> Int {
        let moved = operands.prefix { if case .move = $0 { true } else { false } }
            .compactMap(\.item)
        for count in stride(from: Swift.min(moved.count, stack.count), to: 0, by: -1)
        where stack.suffix(count).elementsEqual(moved.prefix(count)) {
            return count
        }
        return 0
    }

    /// Orders the operands of a commutative operation such that fewer bytes are needed.
    private mutating func arrangeEitherWay(_ left: Operand, _ right: Operand) {
        guard left.item != nil, right.item != nil, left != right else {
            // A constant goes last: the item under it may be in place already.
            arrange(left.item == nil ? [right, left] : [left, right])
            return
        }
        shorter {
            $0.arrange([left, right])
        } or: {
            $0.arrange([right, left])
        }
    }

    /// Writes whichever of two pieces has fewer bytes, the first of equal ones.
    ///
    /// Tried in place, because copies of all steps would make large scripts slow to write.
    @discardableResult
    private mutating func shorter<Result>(
        _ first: (inout Assembler) -> Result, or second: (inout Assembler) -> Result
    ) -> Result {
        let place = place
        _ = first(&self)
        let firstCount = byteCount(since: place)
        rewind(to: place)
        let result = second(&self)
        guard byteCount(since: place) >= firstCount else { return result }
        rewind(to: place)
        return first(&self)
    }

    // MARK: Raw operations

    /// Executes an opcode on operands.
    ///
    /// - Parameters:
    ///   - opcode: Takes and leaves a fixed number of items; not one that only moves items.
    ///   - operands: Deepest first; exactly what the opcode consumes.
    ///   - names: Of the results, deepest first; missing ones stay empty.
    /// - Returns: The results, deepest first.
    @discardableResult
    public mutating func apply(
        _ opcode: Opcode, _ operands: [Operand], as names: [String] = []
    ) -> Items {
        arrange(operands)
        return execute(opcode, consuming: operands.count, names: names)
    }

    private mutating func execute(_ opcode: Opcode, consuming count: Int, names: [String]) -> Items
    {
        guard let effect = StackEffect.of(opcode), effect.altStackChange == 0 else {
            preconditionFailure("\(opcode) has an effect that is known beforehand")
        }
        precondition(effect.consumed == count, "\(opcode) gets the operands that it consumes")
        emit(opcode, names: names)
        stack.removeLast(count)
        return produce(effect.produced, names: names)
    }

    private mutating func produce(_ count: Int, names: [String]) -> Items {
        let items = (0..<count).map { newItem($0 < names.count ? names[$0] : "") }
        stack += items
        return Items(items)
    }

    /// Writes steps as they are, with a declared effect.
    ///
    /// `finish` counts the steps again, so that a wrong declaration cannot pass.
    ///
    /// - Parameters:
    ///   - instructions: Steps that consume the operands and leave the results.
    ///   - operands: Brought to the top, the last uppermost.
    ///   - names: One per result, deepest first.
    @discardableResult
    public mutating func raw(
        _ instructions: [ScriptStep.Instruction], _ operands: [Operand], as names: [String]
    ) -> Items {
        arrange(operands)
        stack.removeLast(operands.count)
        for (index, instruction) in instructions.enumerated() {
            emit(instruction, names: index == instructions.count - 1 ? names : [])
        }
        return produce(names.count, names: names)
    }

    /// A comparison that may be read from either side.
    mutating func ordered(
        _ opcode: Opcode, _ mirrored: Opcode, _ left: Operand, _ right: Operand, _ name: String
    ) -> Item {
        guard left.item != nil || right.item != nil, left != right else {
            return binary(opcode, left, right, name)
        }
        return shorter {
            $0.binary(opcode, left, right, name)
        } or: {
            $0.binary(mirrored, right, left, name)
        }
    }

    private mutating func unary(_ opcode: Opcode, _ operand: Operand, _ name: String) -> Item {
        apply(opcode, [operand], as: [name])[0]
    }

    private mutating func binary(
        _ opcode: Opcode, _ left: Operand, _ right: Operand, _ name: String
    ) -> Item {
        apply(opcode, [left, right], as: [name])[0]
    }

    mutating func commutative(
        _ opcode: Opcode, _ left: Operand, _ right: Operand, _ name: String
    ) -> Item {
        arrangeEitherWay(left, right)
        return execute(opcode, consuming: 2, names: [name])[0]
    }

    // MARK: Arithmetic

    /// The sum.
    @discardableResult
    public mutating func add(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        commutative(.add, left, right, name)
    }

    /// The first less the second.
    @discardableResult
    public mutating func subtract(
        _ left: Operand, _ right: Operand, as name: String = ""
    ) -> Item {
        binary(.sub, left, right, name)
    }

    /// One more.
    @discardableResult
    public mutating func increment(_ operand: Operand, as name: String = "") -> Item {
        unary(.oneAdd, operand, name)
    }

    /// One less.
    @discardableResult
    public mutating func decrement(_ operand: Operand, as name: String = "") -> Item {
        unary(.oneSub, operand, name)
    }

    /// The number times 2 to the `bitCount`, by doublings.
    @discardableResult
    public mutating func shiftLeft(
        _ operand: Operand, by bitCount: Int, as name: String = ""
    ) -> Item {
        arrange([operand])
        for _ in 0..<bitCount {
            emit(.dup)
            emit(.add)
        }
        if let last = steps.indices.last, bitCount > 0 { steps[last].names = [name] }
        stack.removeLast()
        return produce(1, names: [name])[0]
    }

    /// The number times a constant, by doublings and additions.
    ///
    /// - Parameter factor: At least 1.
    @discardableResult
    public mutating func multiply(
        _ operand: Operand, by factor: Int, as name: String = ""
    ) -> Item {
        precondition(factor > 0, "a factor is at least 1")
        let odd = factor.trailingZeroBitCount
        let bits = (0..<Int.bitWidth - factor.leadingZeroBitCount).reversed()
            .filter { factor >> $0 & 1 == 1 }
        arrange([operand])
        stack.removeLast()
        let value = produce(1, names: [name])[0]
        guard bits.count > 1 else { return shiftLeft(.move(value), by: odd, as: name) }
        var product = copy(value)
        for (bit, next) in zip(bits, bits.dropFirst()) {
            product = shiftLeft(.move(product), by: bit - next)
            product = add(
                .move(product), next == odd ? .move(value) : .copy(value), as: name)
        }
        return shiftLeft(.move(product), by: odd, as: name)
    }

    /// The number with the other sign.
    @discardableResult
    public mutating func negate(_ operand: Operand, as name: String = "") -> Item {
        unary(.negate, operand, name)
    }

    /// The number without its sign.
    @discardableResult
    public mutating func absolute(_ operand: Operand, as name: String = "") -> Item {
        unary(.abs, operand, name)
    }

    /// 1 for the number 0, otherwise 0.
    @discardableResult
    public mutating func not(_ operand: Operand, as name: String = "") -> Item {
        unary(.not, operand, name)
    }

    /// 0 for the number 0, otherwise 1.
    @discardableResult
    public mutating func isNonZero(_ operand: Operand, as name: String = "") -> Item {
        unary(.zeroNotEqual, operand, name)
    }

    /// The smaller number.
    @discardableResult
    public mutating func minimum(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        commutative(.min, left, right, name)
    }

    /// The larger number.
    @discardableResult
    public mutating func maximum(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        commutative(.max, left, right, name)
    }

    // MARK: Truth

    /// 1 if both numbers are not 0, otherwise 0.
    @discardableResult
    public mutating func and(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        commutative(.boolAnd, left, right, name)
    }

    /// 1 if either number is not 0, otherwise 0.
    @discardableResult
    public mutating func or(_ left: Operand, _ right: Operand, as name: String = "") -> Item {
        commutative(.boolOr, left, right, name)
    }

    /// Fails unless the item is true.
    public mutating func verify(_ operand: Operand) {
        apply(.verify, [operand])
    }
}
