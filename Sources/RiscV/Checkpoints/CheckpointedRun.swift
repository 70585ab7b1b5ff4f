package import Primitives

/// A run that can be left and taken up again, and asked about any step that it has made.
///
/// Going on is hashed on two processors; questions are answered from the nearest checkpoint.
///
/// - Source: docs/protocol/checkpoints.md.
package final class CheckpointedRun<Storage: CheckpointStorage> {
    /// What runs.
    package let program: Program
    private let input: ProgramInput?
    private let policy: CheckpointPolicy
    private var store: CheckpointStore<Storage>
    private var samples: [Bytes20]
    private var spacing: UInt64
    /// The machine that goes on; nil until it is needed.
    private var frontier: Machine?
    private var witness: Witness?
    private var buffer = [ChainStep](repeating: .zero, count: 1 << 12)
    private var queue = [QueuedStamp](repeating: .zero, count: 1 << 12)

    /// The machine that answered last; its chain is right at its step.
    private struct Witness {
        let machine: Machine
        /// What of its memory is right as well.
        let parts: [PagePart]
    }

    /// Takes a run up where its checkpoints end, or begins it.
    ///
    /// - Throws: What is wrong with checkpoints that are there; nothing is run then.
    package init(
        _ program: Program, input: ProgramInput?, storage: Storage,
        policy: CheckpointPolicy = .standard
    ) throws(CheckpointFault) {
        self.program = program
        self.input = input
        self.policy = policy
        store = try CheckpointStore(
            storage, of: program, run: RunIdentity(program, input: input))
        samples = store.samples
        spacing = policy.spacing
        let widest = store.checkpoints.map { $0.manifest.step - $0.manifest.previousStep }.max()
        while spacing < widest ?? 0 { spacing = Self.doubled(spacing) }
        // A place for the input is missed now rather than later.
        if store.checkpoints.isEmpty { frontier = try machine() }
    }

    /// Steps that the run has made and kept.
    package var lastStep: UInt64 { store.checkpoints.last?.manifest.step ?? 0 }

    /// How the run ended; nil while it has not.
    package var ending: ExecutionResult? { store.checkpoints.last?.manifest.state.ending }

    /// Bytes that the checkpoints take.
    package var byteCount: Int { store.byteCount }

    /// Steps after which checkpoints are written at present.
    package var currentSpacing: UInt64 { spacing }

    /// How the run ends if it may make a number of steps.
    ///
    /// - Parameter limit: Not above `lastStep` unless the run has ended.
    package func result(limit: UInt64) -> ExecutionResult {
        if let ending, lastStep <= limit { return ending }
        precondition(limit <= lastStep, "the run has not come that far")
        return .limitReached(step: limit)
    }

    /// Goes on until the run ends or has made a number of steps in all, and keeps it there.
    ///
    /// - Parameters:
    ///   - limit: Counted from the first step; nothing happens if the run is further already.
    ///   - progress: Called with the number of steps after each checkpoint.
    package func advance(
        to limit: UInt64, _ progress: (UInt64) -> Void = { _ in }
    ) throws(CheckpointFault) {
        guard ending == nil, lastStep < limit else { return }
        let machine: Machine
        if let frontier {
            machine = frontier
        } else {
            machine = try restored(upTo: lastStep, PagePart.allCases)
        }
        // If writing fails, the machine is further than its checkpoints and not used again.
        frontier = nil
        while machine.ending == nil, machine.stepNumber < limit {
            let start = machine.stepNumber
            let (next, overflow) = (start / spacing + 1).multipliedReportingOverflow(by: spacing)
            let target = min(limit, overflow ? .max : next)
            let taken = machine.advance(
                to: target, samplingEvery: CheckpointManifest.sampleInterval)
            try store.append(machine, samples: taken)
            samples += taken
            try keepBudget()
            progress(machine.stepNumber)
        }
        frontier = machine
    }

    /// Joins checkpoints for as long as they take too much: at first those that lie between
    /// multiples of the spacing, then at twice the spacing.
    private func keepBudget() throws(CheckpointFault) {
        while store.byteCount > policy.byteBudget, store.checkpoints.count > 1,
            spacing < 1 << 62
        {
            let count = store.checkpoints.count
            try joinBetweenMultiples()
            if store.checkpoints.count == count { spacing = Self.doubled(spacing) }
        }
    }

    private func joinBetweenMultiples() throws(CheckpointFault) {
        var index = 0
        while index < store.checkpoints.count - 1 {
            if store.checkpoints[index].manifest.step % spacing == 0 {
                index += 1
            } else {
                try store.join(index)
            }
        }
    }

    private static func doubled(_ spacing: UInt64) -> UInt64 {
        spacing > .max / 2 ? .max : 2 * spacing
    }

    private func machine() throws(CheckpointFault) -> Machine {
        do throws(ProgramFault) {
            return try Machine(program, input: input, tracking: .writesAndHashes)
        } catch {
            throw .program(error)
        }
    }

    /// A machine at the last checkpoint that is not after a step, or at the beginning.
    ///
    /// - Parameter parts: What of its memory has to be right.
    private func restored(
        upTo step: UInt64, _ parts: [PagePart]
    ) throws(CheckpointFault) -> Machine {
        let machine = try machine()
        if let index = store.index(upTo: step) {
            try store.restore(machine, at: index, parts)
        }
        return machine
    }
}

// Questions about steps that the run has made.
extension CheckpointedRun {
    /// The chain after a step; step 0 is the beginning.
    package func hash(at step: UInt64) throws(CheckpointFault) -> Bytes20 {
        try hashes(at: [step])[0]
    }

    /// The chain after each of some steps, such as those of a round of a search.
    ///
    /// - Parameter steps: In ascending order.
    /// - Throws: `.beyondEnd` for a step that the run has not made.
    package func hashes(at steps: [UInt64]) throws(CheckpointFault) -> [Bytes20] {
        var hashes: [Bytes20] = []
        for step in steps {
            if let last = hashes.indices.last, steps[last] == step {
                hashes.append(hashes[last])
            } else if let known = knownHash(at: step) {
                hashes.append(known)
            } else {
                hashes.append(try machine(at: step, [.words]).hash)
            }
        }
        return hashes
    }

    /// The row of a step, with the chain after it.
    ///
    /// - Parameter step: Row 0 is the empty one.
    package func row(at step: UInt64) throws(CheckpointFault) -> (row: TraceRow, hash: Bytes20) {
        var found: (row: TraceRow, hash: Bytes20)?
        try rows(step...step) { row, hash in found = (row, hash) }
        guard let found else { preconditionFailure("a step that was made has a row") }
        return found
    }

    /// The rows of steps, with the chain after each, in order.
    ///
    /// - Throws: `.beyondEnd` if the run has not made all of them; then none is given.
    package func rows(
        _ steps: ClosedRange<UInt64>, _ receive: (TraceRow, Bytes20) -> Void
    ) throws(CheckpointFault) {
        try checkMade(steps.upperBound)
        if steps.lowerBound == 0 { receive(TraceRow(stepNumber: 0), BLAKE3Chain.initialHash) }
        guard steps.upperBound > 0 else { return }
        // The row of a step that is a checkpoint's own needs the state before it.
        let machine = try machine(at: max(steps.lowerBound, 1) - 1, PagePart.allCases)
        machine.record(to: steps.upperBound, receive)
    }

    /// What a step could read at an address before it was made; steps that fail are no exception.
    ///
    /// - Parameters:
    ///   - address: Of a register as traces name it, or of a word of data; a multiple of 4.
    ///   - step: From 1.
    /// - Returns: nil for an address that no step can read.
    package func read(
        at address: UInt32, beforeStep step: UInt64
    ) throws(CheckpointFault) -> TraceRow.Read? {
        precondition(step > 0, "steps count from 1")
        try checkMade(step)
        return try machine(at: step - 1, PagePart.allCases).read(at: address)
    }

    private func checkMade(_ step: UInt64) throws(CheckpointFault) {
        guard step <= lastStep else { throw .beyondEnd(step: step, lastStep: lastStep) }
    }

    /// The chain where it is kept.
    private func knownHash(at step: UInt64) -> Bytes20? {
        if step == 0 { return BLAKE3Chain.initialHash }
        let interval = CheckpointManifest.sampleInterval
        if step % interval == 0, step / interval <= UInt64(samples.count) {
            return samples[Int(step / interval) - 1]
        }
        guard let index = store.index(upTo: step) else { return nil }
        let state = store.checkpoints[index].manifest.state
        return state.stepNumber == step ? state.hash : nil
    }

    /// A machine that stands after a step, with its chain.
    ///
    /// Up to the last sample before the step it runs without hashing, and without last steps if
    /// they were not right before either.
    ///
    /// - Parameter parts: What of its memory has to be right; the words always are.
    private func machine(
        at step: UInt64, _ parts: [PagePart]
    ) throws(CheckpointFault) -> Machine {
        try checkMade(step)
        let nearest = try nearest(to: step, parts)
        let machine = nearest.machine
        witness = nil
        let sampled = step - step % CheckpointManifest.sampleInterval
        if machine.stepNumber < sampled, let hash = knownHash(at: sampled) {
            if nearest.parts.contains(.lastSteps) {
                machine.advanceUnhashed(to: sampled, through: &queue)
            } else {
                machine.advancePlainly(to: sampled)
            }
            machine.resume(from: hash)
        }
        machine.advance(to: step, through: &buffer)
        witness = nearest
        return machine
    }

    /// The machine that answered last if nothing is nearer, else one from a checkpoint.
    private func nearest(
        to step: UInt64, _ parts: [PagePart]
    ) throws(CheckpointFault) -> Witness {
        let checkpoint = store.index(upTo: step).map { store.checkpoints[$0].manifest.step } ?? 0
        if let witness, witness.machine.stepNumber <= step,
            witness.machine.stepNumber >= checkpoint, parts.allSatisfy(witness.parts.contains)
        {
            return witness
        }
        // Its memory makes room for the other's.
        witness = nil
        return Witness(machine: try restored(upTo: step, parts), parts: parts)
    }
}
