package import Primitives

/// The machine: a program, its memory, and where it stands.
///
/// One step is one micro-step. The state after step k does not depend on how it was reached.
package final class Machine {
    /// What the machine keeps track of besides the program's own state.
    package enum Tracking: Hashable, Sendable {
        /// Nothing: for results only.
        case none
        /// The step of every write: for rows.
        case writes
        /// The step of every write, and the hash chain.
        case writesAndHashes
    }

    /// What it was made from.
    package let program: Program
    /// What it keeps track of.
    package let tracking: Tracking
    /// Steps made so far; a failed one counts.
    package internal(set) var stepNumber: UInt64 = 0
    /// Where the program goes on.
    package internal(set) var counter: ProgramCounter
    /// How the program ended; nil while it has not.
    package internal(set) var ending: ExecutionResult?
    /// The chain after the last step; its beginning if hashes are not kept track of.
    package internal(set) var hash = BLAKE3Chain.initialHash

    /// What the program writes out, byte by byte; nil when nobody listens.
    package var output: ((UInt8) -> Void)?

    let memory: MachineMemory

    /// A machine before its first step.
    ///
    /// - Throws: `ProgramFault` when there is no place for the input, or no memory.
    package init(
        _ program: Program, input: ProgramInput? = nil, tracking: Tracking
    ) throws(ProgramFault) {
        self.program = program
        self.tracking = tracking
        memory = try MachineMemory(program, input: input)
        counter = ProgramCounter(address: program.entryPoint, micro: 0)
    }

    /// Runs until the program ends or a number of steps was made in all.
    ///
    /// - Parameter limit: Counted from the first step of the program, not of this call.
    /// - Returns: How it ended. A program that ends with the very step of the limit has ended.
    package func run(limit: UInt64) -> ExecutionResult {
        advance(to: limit)
        return ending ?? .limitReached(step: stepNumber)
    }

    /// Runs until the program ends or stands after a step.
    ///
    /// - Parameter step: Not below the steps made so far to have an effect.
    package func advance(to step: UInt64) {
        guard ending == nil, stepNumber < step else { return }
        switch tracking {
        case .none:
            runPlain(to: step)
        case .writes:
            var observer = StampingObserver(access: StampedAccess(memory))
            run(&observer, to: step)
        case .writesAndHashes:
            advanceHashing(to: step)
        }
    }

    /// Runs like `advance` and hands over every row with the hash after it.
    ///
    /// Without the tracking of hashes, the hash is the beginning of the chain.
    ///
    /// - Parameters:
    ///   - step: The last step to make.
    ///   - receive: Called once for every step, in order.
    package func record(to step: UInt64, _ receive: (TraceRow, Bytes20) -> Void) {
        precondition(tracking != .none, "rows need to know who wrote what when")
        let batchCount = Int(min(1 << 12, step &- min(step, stepNumber)))
        let rows = UnsafeMutableBufferPointer<TraceRow>.allocate(capacity: batchCount)
        defer { unsafe rows.deallocate() }
        while ending == nil, stepNumber < step, let start = rows.baseAddress {
            let first = stepNumber
            var observer = unsafe RecordingObserver(
                access: RecordingAccess(StampedAccess(memory)), output: start)
            run(&observer, to: first + min(UInt64(batchCount), step - first))
            let made = 0..<Int(stepNumber - first)
            guard tracking == .writesAndHashes else {
                for index in made { receive(unsafe rows[index], hash) }
                continue
            }
            let steps = made.map { unsafe rows[$0].chainStep }
            let hashes = BLAKE3Chain.hashes(from: hash, by: steps.span)
            for index in made { receive(unsafe rows[index], hashes[index]) }
            hash = hashes.last ?? hash
        }
    }

    /// What a register holds.
    ///
    /// - Parameter index: 0 to 33.
    package func register(_ index: UInt8) -> UInt32 {
        precondition(Int(index) < MemoryMap.registerCount, "the machine has 34 registers")
        return unsafe memory.core.registers[Int(index)]
    }

    /// The word at an address that the program could read.
    package func word(at address: UInt32) throws(Trap) -> UInt32 {
        try PlainAccess(memory).secondMemory(address & ~3)
    }

    /// Steps are made here and hashed on another processor.
    ///
    /// - Parameter interval: Steps between two samples; at most 2^16 to be of use.
    /// - Returns: The chain after every whole interval, counted from where the machine stands.
    @discardableResult
    func advanceHashing(to step: UInt64, samplingEvery interval: Int = 1 << 16) -> [Bytes20] {
        guard stepNumber < step else { return [] }
        let wanted = interval * max(1, (1 << 16) / interval)
        let most = Int(min(UInt64(wanted), step - stepNumber))
        let pipeline = ChainPipeline(from: hash, batchCapacity: most, sampleInterval: interval)
        let capacity = UInt64(pipeline.batchCapacity)
        while ending == nil, stepNumber < step {
            unsafe pipeline.append { buffer in
                guard let start = buffer.baseAddress else { return 0 }
                let first = stepNumber
                let target = min(step, first + min(capacity, step - first))
                var observer = unsafe HashingObserver(
                    access: StampedAccess(memory), output: start)
                run(&observer, to: target)
                return Int(stepNumber - first)
            }
        }
        hash = pipeline.finish()
        return pipeline.samples
    }

    func run(_ observer: inout some StepObserver, to target: UInt64) {
        var place = MachineLoop.Place(counter: counter, stepNumber: stepNumber)
        let stop: MachineLoop.Stop
        if let output {
            var listener = OutputObserver(observer, memory, output)
            stop = MachineLoop.run(&listener, memory, from: &place, to: target)
            observer = listener.observer
        } else {
            stop = MachineLoop.run(&observer, memory, from: &place, to: target)
        }
        finish(at: place, stop)
    }

    func runPlain(to target: UInt64) {
        var place = MachineLoop.Place(counter: counter, stepNumber: stepNumber)
        if output == nil, let stop = PlainLoop.run(memory, from: &place, to: target) {
            return finish(at: place, stop)
        }
        finish(at: place, .target)
        var observer = PlainObserver(access: PlainAccess(memory))
        run(&observer, to: target)
    }

    private func finish(at place: MachineLoop.Place, _ stop: MachineLoop.Stop) {
        counter = place.counter
        stepNumber = place.stepNumber
        switch stop {
        case .target: break
        case .halt:
            ending = .halt(returnValue: register(RegisterIndex.a0), step: stepNumber)
        case .trap(let trap): ending = .trapped(trap)
        }
    }
}

extension Machine {
    /// What a read by the next step would find: a disputed value is compared with it.
    ///
    /// - Parameter address: Of a register as traces name it, or of a word of data; a multiple of 4.
    /// - Returns: nil for an address that no step can read.
    package func read(at address: UInt32) -> TraceRow.Read? {
        precondition(tracking != .none, "a read needs to know who wrote what when")
        precondition(address % 4 == 0, "memory is read by words")
        let access = StampedAccess(memory)
        if address >= MemoryMap.registerBase,
            address - MemoryMap.registerBase < MemoryMap.registerByteCount
        {
            let index = UInt8((address - MemoryMap.registerBase) / 4)
            return TraceRow.Read(
                address: address, value: register(index),
                lastStep: access.lastStep(ofRegister: index))
        }
        guard let found = try? access.stampedMemory(address) else { return nil }
        return TraceRow.Read(address: address, value: found.word, lastStep: found.lastStep)
    }
}
