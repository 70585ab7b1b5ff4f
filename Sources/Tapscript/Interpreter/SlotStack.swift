/// A stack of items in memory of its own.
@safe
struct SlotStack: ~Copyable {
    private let base: UnsafeMutablePointer<StackSlot>
    private let capacity: Int
    private(set) var count = 0

    /// - Parameter capacity: The most items there will ever be.
    init(capacity: Int) {
        unsafe base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe base.deallocate()
    }

    @inline(__always)
    mutating func push(_ slot: StackSlot) {
        precondition(count < capacity, "the limit of items is checked after every opcode")
        unsafe (base + count).initialize(to: slot)
        count += 1
    }

    /// An item by its depth; 0 is the top.
    @inline(__always)
    subscript(depth: Int) -> StackSlot {
        get {
            precondition(depth < count && depth >= 0, "the opcode has checked its depth")
            return unsafe base[count - 1 - depth]
        }
        set {
            precondition(depth < count && depth >= 0, "the opcode has checked its depth")
            unsafe base[count - 1 - depth] = newValue
        }
    }

    @inline(__always)
    mutating func pop() -> StackSlot {
        let top = self[0]
        count -= 1
        return top
    }

    @inline(__always)
    mutating func drop(_ itemCount: Int) {
        precondition(itemCount <= count, "the opcode has checked its depth")
        count -= itemCount
    }

    /// Takes an item out from under others.
    @inline(__always)
    mutating func remove(_ depth: Int) -> StackSlot {
        let slot = self[depth]
        let place = unsafe base + (count - 1 - depth)
        unsafe place.update(from: place + 1, count: depth)
        count -= 1
        return slot
    }
}
