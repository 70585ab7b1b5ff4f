internal import Glibc
internal import Synchronization

/// Work on all processors that ends before the call does.
public enum ParallelMap {
    /// How many threads may run at once: as many as there are processors.
    public static var processorCount: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Computes a value for every index, several at a time.
    ///
    /// Indices are handed out in ascending order, and every thread has ended on return. When
    /// several indices throw, the error of the lowest one is thrown, so that the outcome does not
    /// depend on the number of processors; the other indices may or may not have been tried.
    ///
    /// - Parameters:
    ///   - count: At least 0.
    ///   - body: Called at most once for every index from 0 to `count - 1`, on any thread.
    /// - Returns: The values in the order of their indices.
    package static func concurrentMap<Value: Sendable, Failure: Error>(
        count: Int, body: @Sendable (Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        precondition(count >= 0, "a count is never negative")
        let slots = UnsafeMutableBufferPointer<Result<Value, Failure>?>.allocate(
            capacity: count)
        unsafe slots.initialize(repeating: nil)
        defer {
            unsafe slots.deinitialize()
            unsafe slots.deallocate()
        }
        let shared = unsafe SharedSlots(slots)
        runOnAllProcessors(count: count) { index in
            let outcome = Result { () throws(Failure) in try body(index) }
            shared.set(index, outcome)
            switch outcome {
            case .success: return .next
            case .failure: return .stop
            }
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            // After a failure only higher indices are left out, so it is met before any gap.
            guard let outcome = unsafe slots[index] else {
                preconditionFailure("an index is left out only after a failure")
            }
            values.append(try outcome.get())
        }
        return values
    }
}

/// Results that threads write, each to places of its own; nobody reads before all have ended:
/// hence the unchecked conformance.
@safe
private struct SharedSlots<Element>: @unchecked Sendable {
    private let slots: UnsafeMutableBufferPointer<Element?>

    init(_ slots: UnsafeMutableBufferPointer<Element?>) {
        unsafe self.slots = slots
    }

    func set(_ index: Int, _ element: Element) {
        unsafe slots[index] = element
    }
}

private enum WorkOrder {
    case next, stop
}

/// Calls the body for every index, on one thread per processor, the caller's included.
private func runOnAllProcessors(
    count: Int, body: @Sendable (Int) -> WorkOrder
) {
    let threadCount = min(ParallelMap.processorCount, count)
    withoutActuallyEscaping(body) { body in
        let work = SharedWork(count: count, body: body)
        var threads: [pthread_t] = []
        for _ in 0..<max(0, threadCount - 1) {
            guard let thread = work.startThread() else { break }
            threads.append(thread)
        }
        work.run()
        for thread in threads {
            let status = pthread_join(thread, nil)
            precondition(status == 0, "a thread of ours can be joined")
        }
    }
}

/// A counter that threads draw their indices from.
private final class SharedWork: Sendable {
    private let count: Int
    private let nextIndex = Atomic<Int>(0)
    private let body: @Sendable (Int) -> WorkOrder

    init(count: Int, body: @escaping @Sendable (Int) -> WorkOrder) {
        self.count = count
        self.body = body
    }

    func run() {
        while true {
            let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            if body(index) == .stop {
                nextIndex.store(count, ordering: .relaxed)
                return
            }
        }
    }

    /// - Returns: `nil` when the system gives no thread; the others then do its part.
    func startThread() -> pthread_t? {
        let argument = unsafe Unmanaged.passRetained(self)
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<SharedWork>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            unsafe argument.release()
            return nil
        }
        return thread
    }
}
