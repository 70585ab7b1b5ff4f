internal import Primitives

/// Listens for bytes that the program writes out, while another observer watches the steps.
///
/// Such a byte stands at `SystemCall.outputAddress` when an ECALL with a7 = 116 is made.
struct OutputObserver<Observer: StepObserver>: StepObserver {
    var observer: Observer
    private let memory: MachineMemory
    private let output: (UInt8) -> Void

    private static var environmentCall: UInt32 { 0x73 }

    init(_ observer: Observer, _ memory: MachineMemory, _ output: @escaping (UInt8) -> Void) {
        self.observer = observer
        self.memory = memory
        self.output = output
    }

    var access: Observer.Access {
        get { observer.access }
        set { observer.access = newValue }
    }

    mutating func begin(step: UInt64, _ access: inout Observer.Access) {
        observer.begin(step: step, &access)
    }

    mutating func end(
        _ access: Observer.Access, at counter: ProgramCounter, opcode: UInt32, next: NextStep
    ) {
        observer.end(access, at: counter, opcode: opcode, next: next)
        guard opcode == Self.environmentCall, !next.halts,
            unsafe memory.core.registers[Int(RegisterIndex.a7)] == SystemCall.output
        else { return }
        // A program without that word writes nothing out, and goes on.
        if let word = try? PlainAccess(memory).secondMemory(SystemCall.outputAddress & ~3) {
            output(UInt8(truncatingIfNeeded: word >> 24))
        }
    }

    mutating func fail() {
        observer.fail()
    }
}
