import Bitcoin

/// Follows names through a script.
struct SymbolicStack {
    private struct Entry {
        var name: String
        var number: Int64?
    }

    private var entries: [Entry]
    private var altEntries: [Entry] = []
    private var branchStarts: [(entries: [Entry], altEntries: [Entry])] = []

    init(_ names: [String]) {
        entries = names.map { Entry(name: $0) }
    }

    /// The main stack, bottom first; a question mark where nothing is known.
    var names: [String] {
        entries.map { $0.name.isEmpty ? "?" : $0.name }
    }

    /// Follows one step of a script whose balance is proved.
    mutating func execute(_ step: ScriptStep) {
        switch step.instruction {
        case .push: entries.append(Entry(name: step.text, number: step.number))
        case .opcode(let opcode):
            if !rearrange(opcode) {
                replace(opcode)
            }
        }
        for (offset, name) in step.names.reversed().enumerated() where offset < entries.count {
            entries[entries.count - 1 - offset].name = name
        }
    }

    /// The opcodes that only move and copy.
    private mutating func rearrange(_ opcode: Opcode) -> Bool {
        if let order = Self.orders[opcode] {
            let taken = Array(entries.suffix(order.taken))
            entries.removeLast(order.taken)
            entries += order.left.map { taken[$0] }
            return true
        }
        switch opcode {
        case .toAltStack: altEntries.append(entries.removeLast())
        case .fromAltStack: entries.append(altEntries.removeLast())
        case .if, .notIf:
            entries.removeLast()
            branchStarts.append((entries, altEntries))
        case .else:
            if let start = branchStarts.last { (entries, altEntries) = start }
        case .endIf: _ = branchStarts.popLast()
        case .pick, .roll: return reach(opcode)
        default: return false
        }
        return true
    }

    private mutating func reach(_ opcode: Opcode) -> Bool {
        guard let depth = entries.last?.number, depth < entries.count - 1 else { return false }
        entries.removeLast()
        let position = entries.count - 1 - Int(depth)
        entries.append(opcode == .pick ? entries[position] : entries.remove(at: position))
        return true
    }

    private mutating func replace(_ opcode: Opcode) {
        guard let effect = StackEffect.of(opcode) else { return }
        // A PICK at an unknown depth needs two items and takes one.
        let consumed = opcode == .pick ? 1 : effect.consumed
        let produced = opcode == .pick ? 1 : effect.produced
        let kept = opcode == .size ? entries.last : nil
        entries.removeLast(consumed)
        entries += [Entry](repeating: Entry(name: ""), count: produced)
        if let kept { entries[entries.count - 2] = kept }
    }

    private static let orders: [Opcode: (taken: Int, left: [Int])] = [
        .drop: (1, []), .twoDrop: (2, []), .dup: (1, [0, 0]), .twoDup: (2, [0, 1, 0, 1]),
        .threeDup: (3, [0, 1, 2, 0, 1, 2]), .nip: (2, [1]), .over: (2, [0, 1, 0]),
        .tuck: (2, [1, 0, 1]), .swap: (2, [1, 0]), .rot: (3, [1, 2, 0]),
        .twoOver: (4, [0, 1, 2, 3, 0, 1]), .twoRot: (6, [2, 3, 4, 5, 0, 1]),
        .twoSwap: (4, [2, 3, 0, 1]),
    ]
}
