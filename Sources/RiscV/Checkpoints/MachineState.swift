internal import Primitives

/// Everything of a machine after a step but its memory.
struct MachineState: Hashable {
    struct Register: Hashable {
        let value: UInt32
        let lastStep: UInt64
    }

    let stepNumber: UInt64
    let counter: ProgramCounter
    let hash: Bytes20
    let ending: ExecutionResult?
    /// One for each register of the machine.
    let registers: [Register]
}

extension Machine {
    /// Where the machine stands.
    var state: MachineState {
        MachineState(
            stepNumber: stepNumber, counter: counter, hash: hash, ending: ending,
            registers: (0..<MemoryMap.registerCount).map { index in
                unsafe MachineState.Register(
                    value: memory.core.registers[index],
                    lastStep: ~memory.core.registerStamps[index])
            })
    }

    /// Puts the machine where another one of the same program stood, but for its memory.
    func restore(_ state: MachineState) {
        stepNumber = state.stepNumber
        counter = state.counter
        hash = state.hash
        ending = state.ending
        for (index, register) in state.registers.enumerated() {
            unsafe memory.core.registers[index] = register.value
            unsafe memory.core.registerStamps[index] = ~register.lastStep
        }
    }

    /// Sets the chain, which somebody else computed for this step.
    func resume(from hash: Bytes20) {
        self.hash = hash
    }

    /// Runs like `advance`, and takes samples of the chain.
    ///
    /// - Returns: The chain after every multiple of the interval that was reached.
    func advance(to step: UInt64, samplingEvery interval: UInt64) -> [Bytes20] {
        var samples: [Bytes20] = []
        let past = stepNumber % interval
        if past != 0 {
            advance(to: min(step, stepNumber - past + interval))
            if stepNumber % interval == 0 { samples.append(hash) }
        }
        let lastSample = step - step % interval
        if ending == nil, stepNumber < lastSample {
            samples += advanceHashing(to: lastSample, samplingEvery: Int(interval))
        }
        advance(to: step)
        return samples
    }

    /// Runs without hashing and without last steps, which are wrong then; the chain stands still
    /// and must be set by the caller.
    func advancePlainly(to step: UInt64) {
        guard ending == nil, stepNumber < step else { return }
        runPlain(to: step)
    }

    /// Runs without hashing; the chain stands still meanwhile and must be set by the caller.
    ///
    /// - Parameter queue: Room for last steps, as many as steps are made at a time; not empty.
    func advanceUnhashed(to step: UInt64, through queue: inout [QueuedStamp]) {
        precondition(!queue.isEmpty, "last steps need room")
        while ending == nil, stepNumber < step {
            let target = stepNumber + min(UInt64(queue.count), step - stepNumber)
            unsafe queue.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                var observer = unsafe QueueingObserver(
                    access: QueuedStampAccess(memory, queue: start))
                run(&observer, to: target)
                let count = unsafe observer.access.queueEnd - start
                unsafe memory.store(UnsafeBufferPointer(start: start, count: count))
            }
        }
    }

    /// Runs and hashes on this processor alone: for the few steps between two places of interest.
    ///
    /// - Parameter buffer: Room for steps, as many as are made at a time; not empty.
    func advance(to step: UInt64, through buffer: inout [ChainStep]) {
        precondition(!buffer.isEmpty, "steps need room")
        while ending == nil, stepNumber < step {
            let first = stepNumber
            let target = first + min(UInt64(buffer.count), step - first)
            unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                var observer = unsafe HashingObserver(
                    access: StampedAccess(memory), output: start)
                run(&observer, to: target)
            }
            BLAKE3Chain.extend(
                &hash, by: buffer.span.extracting(0..<Int(stepNumber - first)))
        }
    }
}
