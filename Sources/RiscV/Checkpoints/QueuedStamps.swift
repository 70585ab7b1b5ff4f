/// A last step that is not yet with its word.
struct QueuedStamp: BitwiseCopyable {
    /// The step, inverted as memory keeps it.
    var stamp: UInt64
    /// Of the word, a multiple of 4.
    var address: UInt32

    static let zero = QueuedStamp(stamp: 0, address: 0)
}

/// State that remembers the step of every write, those to memory in a queue.
///
/// Last steps take twice the room of the words. A program that writes here and there waits for
/// memory with each of them if they are stored one by one, step by step; many at once are fetched
/// side by side.
@safe
struct QueuedStampAccess: StateAccess {
    private let plain: PlainAccess
    private let core: MachineCore
    private var stamp: UInt64 = 0
    /// Where the next one is put.
    private(set) var queueEnd: UnsafeMutablePointer<QueuedStamp>

    /// - Parameter queue: Has room for as many as there are steps.
    @unsafe
    init(_ memory: MachineMemory, queue: UnsafeMutablePointer<QueuedStamp>) {
        plain = PlainAccess(memory)
        core = memory.core
        unsafe queueEnd = queue
    }

    /// Begins a step.
    @inline(__always)
    mutating func begin(step: UInt64) {
        stamp = ~step
    }

    @inline(__always)
    func firstRegister(_ index: UInt8) -> UInt32 {
        plain.firstRegister(index)
    }

    @inline(__always)
    func secondRegister(_ index: UInt8) -> UInt32 {
        plain.secondRegister(index)
    }

    @inline(__always)
    func secondMemory(_ address: UInt32) throws(Trap) -> UInt32 {
        try plain.secondMemory(address)
    }

    @inline(__always)
    func writeRegister(_ index: UInt8, _ value: UInt32) {
        plain.writeRegister(index, value)
        unsafe core.registerStamps[Int(index)] = stamp
    }

    @inline(__always)
    mutating func writeMemory(_ address: UInt32, _ value: UInt32) throws(Trap) {
        try plain.writeMemory(address, value)
        unsafe queueEnd.pointee = QueuedStamp(stamp: stamp, address: address)
        unsafe queueEnd += 1
    }

    @inline(__always)
    func note(witness: UInt32) {}

    @inline(__always)
    func callsForHalt() -> Bool {
        plain.callsForHalt()
    }
}

/// Last steps of memory are queued.
struct QueueingObserver: StepObserver {
    var access: QueuedStampAccess

    @inline(__always)
    mutating func begin(step: UInt64, _ access: inout QueuedStampAccess) {
        access.begin(step: step)
    }

    @inline(__always)
    mutating func end(
        _ access: QueuedStampAccess, at counter: ProgramCounter, opcode: UInt32, next: NextStep
    ) {}

    @inline(__always)
    mutating func fail() {}
}

extension MachineMemory {
    /// Puts last steps to their words, in the order of the queue.
    @unsafe
    func store(_ queue: UnsafeBufferPointer<QueuedStamp>) {
        for index in queue.indices {
            let queued = unsafe queue[index]
            unsafe stampPlace(ofWordAt: queued.address).pointee = queued.stamp
        }
    }
}
