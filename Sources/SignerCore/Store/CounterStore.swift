import Primitives

/// Numbers by name that only grow, such as the next serial of a ceremony.
package struct CounterStore<Access: StoreAccess> {
    let book: RecordBook

    /// The last number that was given out; 0 before the first.
    package func last(_ name: String) throws(VaultError) -> UInt64 {
        try book.load(Counter.self, .counter, Array(name.utf8))?.last ?? 0
    }
}

extension CounterStore where Access == WriteAccess {
    /// Lets a counter that has given out nothing begin behind `last`.
    func start(_ name: String, at last: UInt64) throws(VaultError) {
        guard try self.last(name) == 0 else { throw .refused(.counterExhausted(name: name)) }
        try book.save(.counter, Array(name.utf8), Counter(last: last))
    }

    /// Gives out the next number: 1 the first time, never one twice.
    package func next(_ name: String) throws(VaultError) -> UInt64 {
        let (next, overflow) = try last(name).addingReportingOverflow(1)
        guard !overflow else { throw .refused(.counterExhausted(name: name)) }
        try book.save(.counter, Array(name.utf8), Counter(last: next))
        return next
    }
}

private struct Counter: StoredRecord {
    let last: UInt64

    var fields: [UInt64: CBORValue] { [1: .unsigned(last)] }

    init(last: UInt64) {
        self.last = last
    }

    init(taking record: inout CBORRecord) throws(CBORError) {
        last = try record.unsigned(1)
    }
}
