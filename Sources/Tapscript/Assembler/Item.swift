/// A handle to one item of the stack that an `Assembler` keeps track of.
///
/// It stays valid wherever the item moves, until an operation consumes the item.
public struct Item: Hashable, Sendable {
    /// Unique within one assembler.
    let id: Int
}

/// Handles to a run of items, such as the digits of a word; the first is deepest where the run was
/// made.
///
/// The items need not be neighbours on the stack.
public struct Items: RandomAccessCollection, Hashable, Sendable {
    /// Parts that keep their positions; `Items` of a range counts from 0 again.
    public typealias SubSequence = Slice<Items>

    private let items: [Item]

    /// Takes handles in order.
    public init(_ items: some Swift.Sequence<Item>) {
        self.items = Array(items)
    }

    /// No items.
    public static let none = Items([Item]())

    /// 0.
    public var startIndex: Int { 0 }
    /// How many items there are.
    public var endIndex: Int { items.count }

    /// One of the items.
    ///
    /// - Parameter position: 0-based.
    public subscript(position: Int) -> Item {
        items[position]
    }

    /// Some of the items, counted from 0 again.
    public subscript(bounds: Range<Int>) -> Items {
        Items(items[bounds])
    }

    /// The items of both, in order.
    public static func + (left: Items, right: Items) -> Items {
        Items(left.items + right.items)
    }

    /// A run and one more item after it.
    public static func + (left: Items, right: Item) -> Items {
        Items(left.items + [right])
    }

    /// A run of another order: last first.
    public func reversed() -> Items {
        Items(items.reversed())
    }
}
