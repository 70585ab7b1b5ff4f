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
        let place = unsafe try readable(address)
        return unsafe place.words[0]
    }

    /// The last step that wrote a register.
    @inline(__always)
    func lastStep(ofRegister index: UInt8) -> UInt64 {
        unsafe ~core.registerStamps[Int(index)]
    }

    /// A word and the last step that wrote it.
    @inline(__always)
    func stampedMemory(_ address: UInt32) throws(Trap) -> (word: UInt32, lastStep: UInt64) {
        let place = unsafe try readable(address)
        return unsafe (place.words[0], ~place.stamps[0])
    }

    @inline(__always)
    private func readable(
        _ address: UInt32
    ) throws(Trap) -> (words: UnsafeMutablePointer<UInt32>, stamps: UnsafeMutablePointer<UInt64>) {
        let likely = unsafe Int(core.pageTable[Int(address >> MachineMemory.pageShift)])
        let offset = unsafe address &- core.views[likely].start
        if unsafe offset < core.views[likely].readableByteCount {
            let index = Int(offset >> 2)
            return unsafe (core.views[likely].words + index, core.views[likely].stamps + index)
        }
        let view = unsafe core.views[try memory.readableIndex(address)]
        let index = Int((address &- view.start) >> 2)
        return unsafe (view.words + index, view.stamps + index)
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
        var likely = unsafe Int(core.pageTable[Int(address >> MachineMemory.pageShift)])
        var offset = unsafe address &- core.views[likely].start
        if unsafe offset >= core.views[likely].writableByteCount {
            likely = try memory.writableIndex(address)
            offset = unsafe address &- core.views[likely].start
        }
        unsafe core.views[likely].words[Int(offset >> 2)] = value
        unsafe core.views[likely].stamps[Int(offset >> 2)] = stamp
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
