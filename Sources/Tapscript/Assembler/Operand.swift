/// What happens to an item that an operation reads.
public enum Access: Hashable, Sendable {
    /// The operation takes it from the stack; the handle ends.
    case move
    /// The operation reads a copy.
    case copy
}

/// What an operation works on.
public enum Operand: Hashable, Sendable {
    /// An item that the operation takes from the stack or from the top of the altstack.
    case move(Item)
    /// A copy of an item of the stack.
    case copy(Item)
    /// A constant number.
    case number(Int64)
    /// A constant byte string.
    case bytes([UInt8])

    /// An item, moved or copied.
    public init(_ item: Item, _ access: Access) {
        switch access {
        case .move: self = .move(item)
        case .copy: self = .copy(item)
        }
    }

    /// The item that is moved or copied; nil for a constant.
    var item: Item? {
        switch self {
        case .move(let item), .copy(let item): item
        case .number, .bytes: nil
        }
    }
}

/// Numbers written where an operand is wanted are constants.
extension Operand: ExpressibleByIntegerLiteral {
    /// A constant number.
    public init(integerLiteral value: Int64) {
        self = .number(value)
    }
}
