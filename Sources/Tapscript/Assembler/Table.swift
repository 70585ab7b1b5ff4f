import Bitcoin

/// Items that lie next to each other on the main stack and are read by position.
public struct Table: Hashable, Sendable {
    /// The item that position 0 reads comes first; it lies uppermost.
    public let items: Items

    /// Takes items as a table.
    ///
    /// - Parameter items: The uppermost first; they must lie next to each other whenever the table
    ///   is read.
    public init(_ items: Items) {
        self.items = items
    }

    /// How many items it has.
    public var count: Int {
        items.count
    }
}

extension Assembler {
    /// Pushes constants as a table.
    ///
    /// Runs and repetitions are pushed in the cheapest way by the peephole pass.
    ///
    /// - Parameters:
    ///   - name: What the table maps to.
    ///   - values: What positions 0, 1, 2, … read.
    public mutating func table(_ name: String, _ values: [Int64]) -> Table {
        let items = values.indices.reversed().map { index in
            number(values[index], as: "\(name)[\(index)]")
        }
        return Table(Items(items.reversed()))
    }

    /// Reads a table at a position that is known when the script runs.
    ///
    /// The script does not check the position: outside of the table it reads whatever lies there.
    ///
    /// - Parameters:
    ///   - table: Lies on the main stack.
    ///   - position: A number; with `offset` added it counts from 0.
    ///   - offset: Constant that is free, since the depth is added anyway.
    ///   - name: Of the result.
    @discardableResult
    public mutating func lookup(
        _ table: Table, _ position: Operand, offset: Int = 0, as name: String = ""
    ) -> Item {
        arrange([position])
        let depth = depthOfTable(table) - 1 + offset
        switch depth {
        case 0: break
        case 1: emit(.oneAdd)
        case -1: emit(.oneSub)
        case 2...:
            emit(number: Int64(depth))
            emit(.add)
        default:
            emit(number: Int64(-depth))
            emit(.sub)
        }
        return pickAtTop(name)
    }

    /// Reads a table at a position that counts from its last item.
    ///
    /// - Parameter position: 0 reads the deepest item.
    @discardableResult
    public mutating func lookup(
        _ table: Table, fromEnd position: Operand, as name: String = ""
    ) -> Item {
        // The constant goes under the position, which may lie anywhere.
        let base = number(0, as: "depth")
        let constantIndex = steps.count - 1
        arrange([position])
        let depth = depthOfTable(table) - 2 + table.count - 1
        steps[constantIndex] = ScriptStep(
            .push(ScriptNumber.encode(Int64(depth))),
            sectionIndex: steps[constantIndex].sectionIndex)
        emit(.sub)
        stack.removeAll { $0 == base }
        return pickAtTop(name)
    }

    private mutating func depthOfTable(_ table: Table) -> Int {
        guard let first = table.items.first, let last = table.items.last else {
            preconditionFailure("a table has items")
        }
        let start = depth(of: first)
        precondition(
            depth(of: last) - start == table.count - 1, "a table's items lie next to each other")
        return start
    }

    /// Takes the top as the index of a PICK.
    private mutating func pickAtTop(_ name: String) -> Item {
        emit(.pick, names: [name])
        stack.removeLast()
        let item = newItem(name)
        stack.append(item)
        return item
    }
}
