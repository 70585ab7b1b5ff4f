import Bitcoin

extension Assembler {
    // MARK: Constants

    /// Pushes a number.
    ///
    /// - Parameter name: By default the number itself.
    @discardableResult
    public mutating func number(_ value: Int64, as name: String? = nil) -> Item {
        push(ScriptNumber.encode(value), as: name ?? String(value))
    }

    /// Pushes numbers, the first deepest.
    @discardableResult
    public mutating func numbers(_ values: [Int64], as name: String = "") -> Items {
        Items(
            values.enumerated().map { index, value in
                number(value, as: name.isEmpty ? nil : "\(name)[\(index)]")
            })
    }

    /// Pushes bytes.
    @discardableResult
    public mutating func push(_ bytes: [UInt8], as name: String = "") -> Item {
        emit(.push(bytes), names: [name])
        let item = newItem(name)
        stack.append(item)
        return item
    }

    // MARK: Moving

    /// Brings an item to the top, from the main stack or from the top of the altstack.
    public mutating func move(_ item: Item) {
        if altStack.last == item {
            emit(.fromAltStack)
            stack.append(altStack.removeLast())
            return
        }
        let depth = depth(of: item)
        switch depth {
        case 0: return
        case 1: emit(.swap)
        case 2: emit(.rot)
        default:
            emit(number: Int64(depth))
            emit(.roll)
        }
        stack.append(stack.remove(at: stack.count - 1 - depth))
    }

    /// Brings items to the top, the last of them uppermost.
    public mutating func move(_ items: Items) {
        var rest = Array(items)[...]
        rest.removeFirst(inPlaceCount(rest))
        while let item = rest.first {
            move(item)
            rest.removeFirst()
        }
    }

    /// How many of the items, from the first, lie on top of the stack already, in order.
    private func inPlaceCount(_ items: ArraySlice<Item>) -> Int {
        for count in stride(from: Swift.min(items.count, stack.count), to: 0, by: -1)
        where stack.suffix(count).elementsEqual(items.prefix(count)) {
            return count
        }
        return 0
    }

    // MARK: Copying

    /// Puts a copy of an item of the main stack on top.
    @discardableResult
    public mutating func copy(_ item: Item, as name: String? = nil) -> Item {
        let depth = depth(of: item)
        let name = name ?? self.name(of: item)
        switch depth {
        case 0: emit(.dup, names: [name])
        case 1: emit(.over, names: [name])
        default:
            emit(number: Int64(depth))
            emit(.pick, names: [name])
        }
        let copy = newItem(name)
        stack.append(copy)
        return copy
    }

    /// Puts copies of items of the main stack on top, the last uppermost.
    @discardableResult
    public mutating func copy(_ items: Items) -> Items {
        var copies: [Item] = []
        var rest = Array(items)[...]
        while let first = rest.first {
            if let opcode = runOpcode(rest) {
                let run = Array(rest.prefix(opcode == .threeDup ? 3 : 2))
                emit(opcode)
                let new = run.map { newItem(name(of: $0)) }
                stack += new
                copies += new
                rest.removeFirst(run.count)
            } else {
                copies.append(copy(first))
                rest.removeFirst()
            }
        }
        return Items(copies)
    }

    /// The opcode that copies the first two or three items at once, where they lie right for one.
    private func runOpcode(_ items: ArraySlice<Item>) -> Opcode? {
        if items.count >= 3, stack.suffix(3).elementsEqual(items.prefix(3)) { return .threeDup }
        guard items.count >= 2 else { return nil }
        if stack.suffix(2).elementsEqual(items.prefix(2)) { return .twoDup }
        if stack.count >= 4, stack.suffix(4).prefix(2).elementsEqual(items.prefix(2)) {
            return .twoOver
        }
        return nil
    }

    // MARK: Dropping

    /// Takes an item away.
    public mutating func drop(_ item: Item) {
        drop(Items([item]))
    }

    /// Takes items away, in whatever order is cheapest.
    public mutating func drop(_ items: Items) {
        var rest = Set(items)
        precondition(rest.count == items.count, "each item is dropped once")
        while !rest.isEmpty {
            let top = stack.suffix(2)
            if top.count == 2, top.allSatisfy(rest.contains) {
                emit(.twoDrop)
                rest.subtract(top)
                stack.removeLast(2)
                continue
            }
            if let last = stack.last, rest.remove(last) != nil {
                emit(.drop)
                stack.removeLast()
                continue
            }
            if let last = altStack.last, rest.contains(last) {
                move(last)
                continue
            }
            guard let next = stack.last(where: rest.contains) else {
                preconditionFailure("every item to be dropped is within reach")
            }
            dropBuried(next, &rest)
        }
    }

    private mutating func dropBuried(_ item: Item, _ rest: inout Set<Item>) {
        if depth(of: item) == 1 {
            emit(.nip)
            stack.remove(at: stack.count - 2)
            rest.remove(item)
        } else {
            move(item)
        }
    }

    // MARK: Altstack

    /// Puts items on the altstack, such that taking them back in order is cheap: the first item
    /// comes out first.
    public mutating func stash(_ items: Items) {
        let inOrder = stack.suffix(items.count).elementsEqual(items)
        if !inOrder {
            move(items)
        }
        for item in items.reversed() {
            precondition(stack.last == item, "stashed items lie on top")
            emit(.toAltStack)
            altStack.append(stack.removeLast())
        }
    }

    /// Puts one item on the altstack.
    public mutating func stash(_ item: Item) {
        stash(Items([item]))
    }

    /// Takes items back from the top of the altstack in their order.
    public mutating func unstash(_ items: Items) {
        for item in items {
            precondition(altStack.last == item, "\(describe(item)) is on top of the altstack")
            move(item)
        }
    }

    /// Takes one item back from the top of the altstack.
    public mutating func unstash(_ item: Item) {
        unstash(Items([item]))
    }
}
