/// State that remembers the step of every write, and the write of the step for the hash chain.
@safe
struct StampedAccess: StateAccess {
    private let memory: MachineMemory
    private let core: MachineCore
    private var stamp: UInt64 = 0
    private(set) var writeAddress: UInt32 = 0
    private(set) var writeValue: UInt32 = 0

    init(_ memory: MachineMemory) {
        self.memory = memory
        core = memory.core
    }

    /// Begins a step: nothing is written yet.
    @inline(__always)
    mutating func begin(step: UInt64) {
        stamp = ~step
        writeAddress = 0
        writeValue = 0
    }

    @inline(__always)
    func firstRegister(_ index: UInt8) -> UInt32 {
        unsafe core.registers[Int(index)]
    }

    @inline(__always)
    func secondRegister(_ index: UInt8) -> UInt32 {
        unsafe core.registers[Int(index)]
    }

    @inline(__always)
    func secondMemory(_ address: UInt32) throws(Trap) -> UInt32 {
        try checkReadable(address)
        return unsafe core.words[Int(address >> 2)]
    }

    /// The last step that wrote a register.
    @inline(__always)
    func lastStep(ofRegister index: UInt8) -> UInt64 {
        unsafe ~core.registerStamps[Int(index)]
    }

    /// A word and the last step that wrote it.
    @inline(__always)
    func stampedMemory(_ address: UInt32) throws(Trap) -> (word: UInt32, lastStep: UInt64) {
        try checkReadable(address)
        let index = Int(address >> 2)
        return unsafe (core.words[index], ~core.stamps[index])
    }

    @inline(__always)
    private func checkReadable(_ address: UInt32) throws(Trap) {
        let window = unsafe core.readable[Int(address >> MachineMemory.pageShift)]
        if address &- window.start >= window.byteCount { try memory.checkReadable(address) }
    }

    @inline(__always)
    mutating func writeRegister(_ index: UInt8, _ value: UInt32) {
        unsafe core.registers[Int(index)] = value
        unsafe core.registerStamps[Int(index)] = stamp
        writeAddress = MemoryMap.address(ofRegister: index)
        writeValue = value
    }

    @inline(__always)
    mutating func writeMemory(_ address: UInt32, _ value: UInt32) throws(Trap) {
        let window = unsafe core.writable[Int(address >> MachineMemory.pageShift)]
        if address &- window.start >= window.byteCount { try memory.checkWritable(address) }
        unsafe core.words[Int(address >> 2)] = value
        unsafe core.stamps[Int(address >> 2)] = stamp
        writeAddress = address
        writeValue = value
    }

    @inline(__always)
    func note(witness: UInt32) {}

    @inline(__always)
    func callsForHalt() -> Bool {
        unsafe core.registers[Int(RegisterIndex.a7)] == SystemCall.halt
    }
}
