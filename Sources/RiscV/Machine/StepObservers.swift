internal import Primitives

/// Nobody watches.
struct PlainObserver: StepObserver {
    var access: PlainAccess

    @inline(__always)
    mutating func begin(step: UInt64) {}

    @inline(__always)
    mutating func end(at counter: ProgramCounter, opcode: UInt32, next: NextStep) {}

    @inline(__always)
    mutating func fail() {}
}

/// Writes are stamped with their step.
struct StampingObserver: StepObserver {
    var access: StampedAccess

    @inline(__always)
    mutating func begin(step: UInt64) {
        access.begin(step: step)
    }

    @inline(__always)
    mutating func end(at counter: ProgramCounter, opcode: UInt32, next: NextStep) {}

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
    mutating func begin(step: UInt64) {
        access.begin(step: step)
    }

    @inline(__always)
    mutating func end(at counter: ProgramCounter, opcode: UInt32, next: NextStep) {
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

/// Rows of steps, in order.
///
/// A class, so that a copy of the observer is not a copy of the rows.
final class RowBuffer {
    var rows: [TraceRow] = []
}

/// Rows are kept.
struct RecordingObserver: StepObserver {
    var access: RecordingAccess
    let buffer = RowBuffer()

    mutating func begin(step: UInt64) {
        access.begin(step: step)
    }

    mutating func end(at counter: ProgramCounter, opcode: UInt32, next: NextStep) {
        let next = ProgramCounter(
            address: next.address, micro: UInt8(truncatingIfNeeded: next.micro))
        buffer.rows.append(access.finishedRow(at: counter, opcode: opcode, next: next))
    }

    mutating func fail() {
        buffer.rows.append(TraceRow(stepNumber: access.row.stepNumber))
    }
}
