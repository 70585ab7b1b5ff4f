import Bitcoin
import Primitives
import Tapscript

/// The part of Script that leaves use, executed without any of the library's stack code.
struct SmallMachine {
    enum Failure: Error, Hashable {
        case underflow, verify, notMinimalIf, number, unknown(Opcode), unbalanced
    }

    var stack: [[UInt8]]
    var alt: [[UInt8]] = []
    private(set) var peak: Int
    private var conditions: [Bool] = []

    init(_ stack: [[UInt8]]) {
        self.stack = stack
        peak = stack.count
    }

    /// What a script leaves on the stack.
    static func run(_ script: Script, on stack: [[UInt8]]) throws -> [[UInt8]] {
        var machine = SmallMachine(stack)
        try machine.run(script)
        return machine.stack
    }

    mutating func run(_ script: Script) throws {
        for instruction in try script.instructions() {
            switch instruction {
            case .push(let data, let opcode):
                guard !conditions.contains(false) else { continue }
                stack.append(
                    opcode == .oneNegate ? [0x81] : data)
            case .opcode(let opcode): try execute(opcode)
            }
            peak = max(peak, stack.count + alt.count)
        }
        guard conditions.isEmpty else { throw Failure.unbalanced }
    }

    private mutating func pop() throws -> [UInt8] {
        guard let top = stack.popLast() else { throw Failure.underflow }
        return top
    }

    // Consensus reads numbers of up to four bytes and does not ask for the shortest form.
    private mutating func popNumber() throws -> Int64 {
        let bytes = try pop()
        guard bytes.count <= 4 else { throw Failure.number }
        var value: Int64 = 0
        for (index, byte) in bytes.enumerated() {
            value |= Int64(index == bytes.count - 1 ? byte & 0x7F : byte) << (8 * index)
        }
        return bytes.last.map { $0 & 0x80 != 0 } == true ? -value : value
    }

    private mutating func push(_ number: Int64) {
        stack.append(ScriptNumber.encode(number))
    }

    private func truth(_ bytes: [UInt8]) -> Bool {
        bytes.enumerated().contains { index, byte in
            byte != 0 && !(byte == 0x80 && index == bytes.count - 1)
        }
    }

    private mutating func execute(_ opcode: Opcode) throws {
        switch opcode {
        case .if, .notIf:
            guard !conditions.contains(false) else { return conditions.append(false) }
            let top = try pop()
            guard top == [] || top == [1] else { throw Failure.notMinimalIf }
            return conditions.append((top == [1]) == (opcode == .if))
        case .else:
            guard let last = conditions.popLast() else { throw Failure.unbalanced }
            return conditions.append(!last)
        case .endIf:
            guard conditions.popLast() != nil else { throw Failure.unbalanced }
            return
        default: break
        }
        guard !conditions.contains(false) else { return }
        if let number = opcode == .oneNegate ? -1 : small(opcode) { return push(number) }
        if try rearrange(opcode) { return }
        if try compute(opcode) { return }
        throw Failure.unknown(opcode)
    }

    private func small(_ opcode: Opcode) -> Int64? {
        (Opcode.one...Opcode.sixteen).contains(opcode)
            ? Int64(opcode.rawValue) - 0x50 : nil
    }

    private mutating func rearrange(_ opcode: Opcode) throws -> Bool {
        let orders: [Opcode: (Int, [Int])] = [
            .drop: (1, []), .twoDrop: (2, []), .dup: (1, [0, 0]), .twoDup: (2, [0, 1, 0, 1]),
            .threeDup: (3, [0, 1, 2, 0, 1, 2]), .nip: (2, [1]), .over: (2, [0, 1, 0]),
            .tuck: (2, [1, 0, 1]), .swap: (2, [1, 0]), .rot: (3, [1, 2, 0]),
            .twoOver: (4, [0, 1, 2, 3, 0, 1]), .twoRot: (6, [2, 3, 4, 5, 0, 1]),
            .twoSwap: (4, [2, 3, 0, 1]),
        ]
        if let (count, order) = orders[opcode] {
            guard stack.count >= count else { throw Failure.underflow }
            let taken = Array(stack.suffix(count))
            stack.removeLast(count)
            stack += order.map { taken[$0] }
            return true
        }
        switch opcode {
        case .toAltStack: alt.append(try pop())
        case .fromAltStack:
            guard let top = alt.popLast() else { throw Failure.underflow }
            stack.append(top)
        case .pick, .roll:
            let depth = try popNumber()
            guard depth >= 0, depth < stack.count else { throw Failure.underflow }
            let position = stack.count - 1 - Int(depth)
            stack.append(opcode == .pick ? stack[position] : stack.remove(at: position))
        case .verify: guard truth(try pop()) else { throw Failure.verify }
        case .depth: push(Int64(stack.count))
        case .size:
            guard let top = stack.last else { throw Failure.underflow }
            push(Int64(top.count))
        default: return false
        }
        return true
    }

    private mutating func compute(_ opcode: Opcode) throws -> Bool {
        switch opcode {
        case .equal: push(try pop() == pop() ? 1 : 0)
        case .equalVerify: guard try pop() == pop() else { throw Failure.verify }
        case .hash160: stack.append(Hash160.hash(try pop()).bytes)
        case .sha256: stack.append(SHA256.hash(try pop()).bytes)
        case .oneAdd: push(try popNumber() + 1)
        case .oneSub: push(try popNumber() - 1)
        case .negate: push(-(try popNumber()))
        case .abs: push(abs(try popNumber()))
        case .not: push(try popNumber() == 0 ? 1 : 0)
        case .zeroNotEqual: push(try popNumber() == 0 ? 0 : 1)
        case .within:
            let (upper, lower, value) = (try popNumber(), try popNumber(), try popNumber())
            push(lower <= value && value < upper ? 1 : 0)
        case .numEqualVerify: guard try popNumber() == popNumber() else { throw Failure.verify }
        default: return try computeTwo(opcode)
        }
        return true
    }

    private mutating func computeTwo(_ opcode: Opcode) throws -> Bool {
        let operations: [Opcode: (Int64, Int64) -> Int64] = [
            .add: { $0 + $1 }, .sub: { $0 - $1 }, .min: min, .max: max,
            .boolAnd: { $0 != 0 && $1 != 0 ? 1 : 0 }, .boolOr: { $0 != 0 || $1 != 0 ? 1 : 0 },
            .numEqual: { $0 == $1 ? 1 : 0 }, .numNotEqual: { $0 != $1 ? 1 : 0 },
            .lessThan: { $0 < $1 ? 1 : 0 }, .greaterThan: { $0 > $1 ? 1 : 0 },
            .lessThanOrEqual: { $0 <= $1 ? 1 : 0 }, .greaterThanOrEqual: { $0 >= $1 ? 1 : 0 },
        ]
        guard let operation = operations[opcode] else { return false }
        let right = try popNumber()
        push(operation(try popNumber(), right))
        return true
    }
}
