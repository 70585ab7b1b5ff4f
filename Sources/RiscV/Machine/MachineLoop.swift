internal import Primitives

/// Who watches the steps of a loop; everything here is inlined into it.
protocol StepObserver {
    associatedtype Access: StateAccess

    /// The state that steps are made on.
    var access: Access { get set }

    /// A step begins.
    mutating func begin(step: UInt64)

    /// A step was made.
    mutating func end(at counter: ProgramCounter, opcode: UInt32, next: NextStep)

    /// The step that was begun failed.
    mutating func fail()
}

/// The loop that makes steps.
@safe
enum MachineLoop {
    /// Where the machine stands; changed when the loop stops.
    struct Place {
        var counter: ProgramCounter
        var stepNumber: UInt64
    }

    enum Stop {
        case target
        case halt
        case trap(Trap)
    }

    /// Makes steps until a number is reached, or the program ends.
    @inline(__always)
    static func run<Observer: StepObserver>(
        _ given: inout Observer, _ memory: MachineMemory, from place: inout Place,
        to target: UInt64
    ) -> Stop {
        // A copy that nobody else can reach stays in the processor's registers.
        var observer = given
        var address = place.counter.address
        var micro = UInt32(place.counter.micro)
        var number = place.stepNumber
        defer {
            given = observer
            place.counter = ProgramCounter(
                address: address, micro: UInt8(truncatingIfNeeded: micro))
            place.stepNumber = number
        }
        var code = unsafe MachineMemory.CodeView(
            start: 0, byteCount: 0, words: memory.core.registers,
            instructions: memory.noInstructions)
        while number < target {
            number &+= 1
            observer.begin(step: number)
            do throws(Trap) {
                if address &- code.start >= code.byteCount {
                    code = try memory.codeView(at: address)
                }
                let index = Int((address &- code.start) >> 2)
                let step = unsafe Step(
                    at: code.instructions + index, address: address, micro: micro)
                let next = try step.make(&observer.access)
                if next.address & 3 != 0 {
                    address = next.address
                    throw .unalignedJump(next.address)
                }
                unsafe observer.end(
                    at: ProgramCounter(address: address, micro: UInt8(truncatingIfNeeded: micro)),
                    opcode: code.words[index], next: next)
                address = next.address
                micro = next.micro
                if next.halts { return .halt }
            } catch {
                observer.fail()
                return .trap(error)
            }
        }
        return .target
    }
}
