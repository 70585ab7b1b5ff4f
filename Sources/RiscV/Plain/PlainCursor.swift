/// Where the plain loop is, and how far it may go.
@safe
struct PlainCursor {
    /// The instruction that is made next, or goes on.
    private(set) var instruction: UnsafePointer<PlainInstruction>
    /// Where the program jumped to last.
    private var stretch: UnsafePointer<PlainInstruction>
    /// Steps from `stretch` on after which no jump is followed, less those of them that were not
    /// the first of their instruction.
    private var left: Int64
    private var micro: UInt32 = 0
    /// Where the instruction of address 0 would be, as steps want it.
    private let origin: Int
    /// Bytes from an instruction as it was decoded to the same one for this loop.
    private let distance: Int

    /// - Parameters:
    ///   - place: At micro 0, in the section.
    ///   - last: No jump is followed after more steps; at most 2^62 from the place.
    init(_ code: MachineMemory.CodeView, _ place: MachineLoop.Place, last: UInt64) {
        let index = Int((place.counter.address &- code.start) >> 2)
        unsafe instruction = UnsafePointer(code.plain + index)
        unsafe stretch = instruction
        unsafe distance = UnsafeRawPointer(code.plain) - UnsafeRawPointer(code.instructions)
        left = Int64(last - place.stepNumber)
        unsafe origin = Int(bitPattern: code.plain) &- 2 &* Int(code.start)
    }

    /// The step that is made next.
    var step: Step {
        @inline(__always) get {
            unsafe Step(at: Operands.place(of: instruction), origin: origin, micro: micro)
        }
    }

    /// Where the machine stands before that step.
    ///
    /// - Parameter last: As it was given.
    @inline(__always)
    func place(_ last: UInt64) -> MachineLoop.Place {
        let made = unsafe Int64(instruction - stretch)
        return MachineLoop.Place(
            counter: step.counter, stepNumber: last &+ UInt64(bitPattern: made &- left))
    }

    /// Goes to the instruction behind.
    @inline(__always)
    mutating func goOn() {
        unsafe instruction += 1
    }

    /// Takes note of steps that are not the first ones of their instruction.
    @inline(__always)
    mutating func count(_ laterSteps: Int64) {
        left &-= laterSteps
    }

    /// Goes elsewhere.
    ///
    /// - Returns: Whether enough steps are left for another stretch.
    @inline(__always)
    @unsafe
    mutating func jump(to target: UnsafePointer<PlainInstruction>) -> Bool {
        left &-= unsafe Int64(instruction + 1 - stretch)
        unsafe instruction = target
        unsafe stretch = target
        return left >= 0
    }

    /// Goes to the instruction behind.
    ///
    /// - Returns: Its step.
    @inline(__always)
    mutating func next() -> Step {
        goOn()
        return step
    }

    /// Makes the first step of an instruction that has no code of its own here.
    @inline(__always)
    func makeOther(_ access: inout PlainAccess) throws(Trap) -> Successor {
        let decoded = unsafe (UnsafeRawPointer(instruction) - distance).assumingMemoryBound(
            to: Instruction.self)
        return unsafe try step.makeFirst(decoded.pointee.code, &access)
    }

    /// Makes the four steps of a store of a byte.
    @inline(__always)
    mutating func storeByte(_ access: inout PlainAccess) throws(Trap) -> Successor {
        _ = try step.sb(&access)
        micro = 1
        _ = step.storePart(&access, byteCount: 1)
        micro = 2
        _ = step.joinAuxiliaries(&access)
        micro = 3
        count(3)
        let successor = try step.storeFirstWord(&access, byteCount: 1)
        micro = 0
        return successor
    }
}
