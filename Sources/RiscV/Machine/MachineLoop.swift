internal import Primitives

/// Who watches the steps of a loop; everything here is inlined into it.
protocol StepObserver {
    associatedtype Access: StateAccess

    /// The state that steps are made on, between loops.
    var access: Access { get set }

    /// A step begins.
    mutating func begin(step: UInt64, _ access: inout Access)

    /// A step was made on a state.
    mutating func end(
        _ access: Access, at counter: ProgramCounter, opcode: UInt32, next: NextStep)

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
    static func run<Observer: StepObserver>(
        _ observer: inout Observer, _ memory: MachineMemory, from place: inout Place,
        to target: UInt64
    ) -> Stop {
        guard place.stepNumber < target else { return .target }
        place.stepNumber &+= 1
        var access = observer.access
        observer.begin(step: place.stepNumber, &access)
        observer.access = access
        while true {
            let code: MachineMemory.CodeView
            do throws(Trap) {
                code = try memory.codeView(at: place.counter.address)
            } catch {
                observer.fail()
                return .trap(error)
            }
            if let stop = run(&observer, code, from: &place, to: target) { return stop }
        }
    }

    /// Makes steps as long as they are in one section of code; the first one has begun.
    ///
    /// What follows on an instruction is not looked for: behind the last one of the section stands
    /// one that is not executed. Only a jump is asked where it leads.
    ///
    /// - Returns: nil when a step has begun that is not in the section.
    @inline(never)
    private static func run<Observer: StepObserver>(
        _ given: inout Observer, _ code: MachineMemory.CodeView, from place: inout Place,
        to target: UInt64
    ) -> Stop? {
        // A copy that nobody else can reach stays in the processor's registers.
        var observer = given
        var access = observer.access
        defer {
            observer.access = access
            given = observer
        }
        let origin = unsafe Int(bitPattern: code.instructions) &- 2 &* Int(code.start)
        let first = Int((place.counter.address &- code.start) >> 2)
        var instruction = unsafe code.instructions + first
        var micro = UInt32(place.counter.micro)
        var number = place.stepNumber
        while true {
            let step = unsafe Step(
                at: Operands.place(of: instruction), origin: origin, micro: micro)
            let successor: Successor
            do throws(Trap) {
                successor = unsafe try step.makeAny(instruction.pointee.code, &access)
                if case .jump(let address) = successor, address & 3 != 0 {
                    throw .unalignedJump(address)
                }
            } catch {
                place = Place(counter: counter(of: step, after: error), stepNumber: number)
                if step.address &- code.start == code.byteCount { return nil }  // behind the last
                observer.access = access
                observer.fail()
                return .trap(error)
            }
            unsafe observer.end(
                access, at: step.counter,
                opcode: code.words[Int((step.address &- code.start) >> 2)],
                next: step.next(successor))
            micro = 0
            switch successor {
            case .following: unsafe instruction += 1
            case .micro(let next): micro = next
            case .jump(let address) where address &- code.start < code.byteCount:
                unsafe instruction = code.instructions + Int((address &- code.start) >> 2)
            case .jump, .halt:
                place = Place(counter: step.next(successor).counter, stepNumber: number)
                if case .halt = successor { return .halt }
                if number == target { return .target }
                place.stepNumber &+= 1
                observer.begin(step: place.stepNumber, &access)
                return nil
            }
            if number == target {
                let next = unsafe Step(
                    at: Operands.place(of: instruction), origin: origin, micro: micro)
                place = Place(counter: next.counter, stepNumber: number)
                return .target
            }
            number &+= 1
            observer.begin(step: number, &access)
        }
    }

    /// Where the machine stands after a step that failed.
    private static func counter(of step: Step, after trap: Trap) -> ProgramCounter {
        guard case .unalignedJump(let address) = trap else { return step.counter }
        return ProgramCounter(address: address, micro: step.counter.micro)
    }
}
