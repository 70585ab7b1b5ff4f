internal import Glibc
package import Primitives
internal import Synchronization

/// A hash chain that is computed on a second processor while its steps are still being made.
///
/// Steps come in batches: while the caller fills one, another thread hashes the one before.
package final class ChainPipeline {
    /// How many steps a batch can hold.
    package let batchCapacity: Int

    /// The chain after each full batch that has been hashed.
    package private(set) var batchHashes: [Bytes20] = []

    private var hash: Bytes20
    private var pending: [ChainStep] = []
    private var free: [ChainStep] = []

    /// A pipeline at some point of a chain.
    ///
    /// - Parameters:
    ///   - hash: The chain so far.
    ///   - batchCapacity: At least 1; a batch should take much longer than starting a thread.
    package init(from hash: Bytes20, batchCapacity: Int = 1 << 16) {
        precondition(batchCapacity > 0, "a batch holds a step")
        self.hash = hash
        self.batchCapacity = batchCapacity
    }

    /// Lets the caller fill a batch while the one before is hashed.
    ///
    /// - Parameter fill: Writes at most `batchCapacity` steps from the start of the buffer and
    ///   tells how many.
    package func append(_ fill: (UnsafeMutableBufferPointer<ChainStep>) -> Int) {
        let task = pending.isEmpty ? nil : ChainTask(from: hash, steps: pending)
        pending = []
        task?.start()
        var batch = free
        free = []
        if batch.count != batchCapacity {
            batch = [ChainStep](repeating: .zero, count: batchCapacity)
        }
        let count = unsafe batch.withUnsafeMutableBufferPointer { unsafe fill($0) }
        precondition(count <= batchCapacity, "a batch is not overfilled")
        if let task {
            hash = task.finish()
            batchHashes.append(hash)
        }
        if count == batchCapacity {
            pending = batch
        } else {
            // A short batch comes before a stop of the machine: nothing is gained by waiting.
            free = batch
            BLAKE3Chain.extend(&hash, by: batch.span.extracting(0..<count))
        }
    }

    /// Waits for everything to be hashed.
    ///
    /// - Returns: The chain with all steps so far.
    package func finish() -> Bytes20 {
        guard !pending.isEmpty else { return hash }
        BLAKE3Chain.extend(&hash, by: pending.span)
        batchHashes.append(hash)
        pending = []
        return hash
    }
}

/// One batch that a thread hashes.
private final class ChainTask: Sendable {
    private let steps: [ChainStep]
    private let hash: Mutex<Bytes20>
    private let thread = Mutex<pthread_t?>(nil)

    init(from hash: Bytes20, steps: [ChainStep]) {
        self.hash = Mutex(hash)
        self.steps = steps
    }

    private func run() {
        hash.withLock { hash in
            let steps = steps
            BLAKE3Chain.extend(&hash, by: steps.span)
        }
    }

    /// Begins on a thread of its own; when the system gives none, `finish` does the work.
    func start() {
        guard ParallelMap.processorCount > 1 else { return }
        let argument = unsafe Unmanaged.passRetained(self)
        var started = pthread_t()
        let status = unsafe pthread_create(
            &started, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<ChainTask>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            unsafe argument.release()
            return
        }
        let running = started
        thread.withLock { $0 = running }
    }

    /// - Returns: The chain with the batch; waits for it.
    func finish() -> Bytes20 {
        if let running = thread.withLock({ $0.take() }) {
            let status = pthread_join(running, nil)
            precondition(status == 0, "a thread of ours can be joined")
        } else {
            run()
        }
        return hash.withLock { $0 }
    }
}
