internal import Glibc
package import Primitives
internal import Synchronization

/// A hash chain that is computed on a second processor while its steps are still being made.
///
/// Steps come in batches: while the caller fills one, another thread hashes the one before.
package final class ChainPipeline {
    /// How many steps a batch can hold.
    package let batchCapacity: Int

    private let sampleInterval: Int
    private var chain: SampledChain
    private var pending: [ChainStep] = []
    private var free: [ChainStep] = []

    /// A pipeline at some point of a chain.
    ///
    /// - Parameters:
    ///   - hash: The chain so far.
    ///   - batchCapacity: At least 1; a batch should take much longer than starting a thread.
    ///   - sampleInterval: At least 1.
    package init(
        from hash: Bytes20, batchCapacity: Int = 1 << 16, sampleInterval: Int = 1 << 16
    ) {
        precondition(batchCapacity > 0, "a batch holds a step")
        precondition(sampleInterval > 0, "samples have a distance")
        chain = SampledChain(hash: hash)
        self.batchCapacity = batchCapacity
        self.sampleInterval = sampleInterval
    }

    /// The chain after each whole sample interval of every batch that has been hashed.
    ///
    /// They lie at equal distances if the capacity of a batch is a multiple of the interval and no
    /// batch but the last one is short.
    package var samples: [Bytes20] { chain.samples }

    /// Lets the caller fill a batch while the one before is hashed.
    ///
    /// - Parameter fill: Writes at most `batchCapacity` steps from the start of the buffer and
    ///   tells how many.
    package func append(_ fill: (UnsafeMutableBufferPointer<ChainStep>) -> Int) {
        let task =
            pending.isEmpty
            ? nil : ChainTask(from: chain.hash, steps: pending, samplingEvery: sampleInterval)
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
            chain.append(task.finish())
        }
        if count == batchCapacity {
            pending = batch
        } else {
            // A short batch comes before a stop of the machine: nothing is gained by waiting.
            free = batch
            chain.extend(by: batch.span.extracting(0..<count), samplingEvery: sampleInterval)
        }
    }

    /// Waits for everything to be hashed.
    ///
    /// - Returns: The chain with all steps so far.
    package func finish() -> Bytes20 {
        chain.extend(by: pending.span, samplingEvery: sampleInterval)
        pending = []
        return chain.hash
    }
}

/// The end of a chain, and what it was on the way.
private struct SampledChain {
    var hash: Bytes20
    private(set) var samples: [Bytes20] = []

    init(hash: Bytes20) {
        self.hash = hash
    }

    /// Adds steps, with a sample after every whole interval of them.
    mutating func extend(by steps: Span<ChainStep>, samplingEvery interval: Int) {
        var next = 0
        while next < steps.count {
            let end = min(next + interval, steps.count)
            BLAKE3Chain.extend(&hash, by: steps.extracting(next..<end))
            if end - next == interval { samples.append(hash) }
            next = end
        }
    }

    /// Goes on with what somebody else computed from this end.
    mutating func append(_ rest: SampledChain) {
        hash = rest.hash
        samples += rest.samples
    }
}

/// One batch that a thread hashes.
private final class ChainTask: Sendable {
    private let steps: [ChainStep]
    private let sampleInterval: Int
    private let chain: Mutex<SampledChain>
    private let thread = Mutex<pthread_t?>(nil)

    init(from hash: Bytes20, steps: [ChainStep], samplingEvery interval: Int) {
        chain = Mutex(SampledChain(hash: hash))
        self.steps = steps
        sampleInterval = interval
    }

    private func run() {
        chain.withLock { chain in
            let steps = steps
            chain.extend(by: steps.span, samplingEvery: sampleInterval)
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

    /// - Returns: The chain with the batch and its samples alone; waits for it.
    func finish() -> SampledChain {
        if let running = thread.withLock({ $0.take() }) {
            let status = pthread_join(running, nil)
            precondition(status == 0, "a thread of ours can be joined")
        } else {
            run()
        }
        return chain.withLock { $0 }
    }
}
