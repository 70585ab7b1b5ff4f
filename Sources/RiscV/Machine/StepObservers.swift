internal import Primitives

/// Nobody watches.
struct PlainObserver: StepObserver {
    var access: PlainAccess

    @inline(__always)
    mutating func begin(step: UInt64, _ access: inout PlainAccess) {}

    @inline(__always)
    mutating func end(
        _ access: PlainAccess, at counter: ProgramCounter, opcode: UInt32, next: NextStep
    ) {}

    @inline(__always)
    mutating func fail() {}
}

/// Writes are stamped with their step.
struct StampingObserver: StepObserver {
    var access: StampedAccess

    @inline(__always)
    mutating func begin(step: UInt64, _ access: inout StampedAccess) {
        access.begin(step: step)
    }

    @inline(__always)
    mutating func end(
        _ access: StampedAccess, at counter: ProgramCounter, opcode: UInt32, next: NextStep
    ) {}

    @inline(__always)
    mutating func fail() {}
}

/// Writes are stamped, and what the chain needs is put into a buffer.
@safe
struct HashingObserver: StepObserver {
    var access: StampedAccess
    private var output: UnsafeMutablePointer<ChainStep>

    /// - Parameter output: Has room for all steps of the loop.
    @unsafe
    init(access: StampedAccess, output: UnsafeMutablePointer<ChainStep>) {
        self.access = access
        unsafe self.output = output
    }

    @inline(__always)
    mutating func begin(step: UInt64, _ access: inout StampedAccess) {
        access.begin(step: step)
    }

    @inline(__always)
    mutating func end(
        _ access: StampedAccess, at counter: ProgramCounter, opcode: UInt32, next: NextStep
    ) {
        append(
            ChainStep(
                writeAddress: access.writeAddress, writeValue: access.writeValue,
                nextAddress: next.address, nextMicro: next.micro))
    }

    @inline(__always)
    mutating func fail() {
        append(ChainStep(writeAddress: 0, writeValue: 0, nextAddress: 0, nextMicro: 0))
    }

    @inline(__always)
    private mutating func append(_ step: ChainStep) {
        unsafe output.pointee = step
        unsafe output += 1
    }
}

/// Rows are put into a buffer.
@safe
struct RecordingObserver: StepObserver {
    var access: RecordingAccess
    private var output: UnsafeMutablePointer<TraceRow>

    /// - Parameter output: Has room for all steps of the loop.
    @unsafe
    init(access: RecordingAccess, output: UnsafeMutablePointer<TraceRow>) {
        self.access = access
        unsafe self.output = output
    }

    @inline(__always)
    mutating func begin(step: UInt64, _ access: inout RecordingAccess) {
        access.begin(step: step)
    }

    @inline(__always)
    mutating func end(
        _ access: RecordingAccess, at counter: ProgramCounter, opcode: UInt32, next: NextStep
    ) {
        append(access.finishedRow(at: counter, opcode: opcode, next: next.counter))
    }

    @inline(__always)
    mutating func fail() {
        append(TraceRow(stepNumber: access.row.stepNumber))
    }

    @inline(__always)
    private mutating func append(_ row: TraceRow) {
        unsafe output.initialize(to: row)
        unsafe output += 1
    }
}
