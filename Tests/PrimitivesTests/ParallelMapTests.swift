import Primitives
import Synchronization
import Testing

@Suite("ParallelMap")
struct ParallelMapTests {
    enum Refusal: Error, Equatable {
        case index(Int)
    }

    @Test("values come in the order of their indices", arguments: [0, 1, 2, 3, 1_000])
    func order(count: Int) {
        let squares = ParallelMap.concurrentMap(count: count) { $0 * $0 }
        #expect(squares == (0..<count).map { $0 * $0 })
    }

    @Test("every index is tried exactly once")
    func once() {
        let calls = Mutex([Int](repeating: 0, count: 500))
        _ = ParallelMap.concurrentMap(count: 500) { index in
            calls.withLock { $0[index] += 1 }
        }
        #expect(calls.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test("the error of the lowest index is thrown, however the threads run")
    func lowestError() {
        for first in 0..<40 {
            #expect(throws: Refusal.index(first)) {
                try ParallelMap.concurrentMap(count: 200) { index throws(Refusal) -> [Int] in
                    if index >= first { throw .index(index) }
                    return [index]
                }
            }
        }
    }

    @Test("objects that were made are released, also after an error")
    func release() {
        final class Probe: Sendable {
            let living: Counter
            init(_ living: Counter) {
                self.living = living
                living.value.add(1, ordering: .relaxed)
            }
            deinit { living.value.subtract(1, ordering: .relaxed) }
        }
        final class Counter: Sendable {
            let value = Atomic<Int>(0)
        }
        let living = Counter()
        for failing in [50, 1_000] {
            let probes = try? ParallelMap.concurrentMap(count: 100) { index throws(Refusal) in
                if index == failing { throw .index(index) }
                return Probe(living)
            }
            #expect((probes == nil) == (failing < 100))
        }
        #expect(living.value.load(ordering: .relaxed) == 0)
    }
}
