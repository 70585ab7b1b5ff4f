/// State without a memory of who wrote what when: results and nothing else.
@safe
struct PlainAccess: StateAccess {
    private let memory: MachineMemory
    private let core: MachineCore

    init(_ memory: MachineMemory) {
        self.memory = memory
        core = memory.core
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
        let likely = unsafe Int(core.pageTable[Int(address >> MachineMemory.pageShift)])
        let offset = unsafe address &- core.views[likely].start
        if unsafe offset < core.views[likely].readableByteCount {
            return unsafe core.views[likely].words[Int(offset >> 2)]
        }
        let view = unsafe core.views[try memory.readableIndex(address)]
        return unsafe view.words[Int((address &- view.start) >> 2)]
    }

    @inline(__always)
    func writeRegister(_ index: UInt8, _ value: UInt32) {
        unsafe core.registers[Int(index)] = value
    }

    @inline(__always)
    func writeMemory(_ address: UInt32, _ value: UInt32) throws(Trap) {
        let likely = unsafe Int(core.pageTable[Int(address >> MachineMemory.pageShift)])
        let offset = unsafe address &- core.views[likely].start
        if unsafe offset < core.views[likely].writableByteCount {
            unsafe core.views[likely].words[Int(offset >> 2)] = value
            return
        }
        let view = unsafe core.views[try memory.writableIndex(address)]
        unsafe view.words[Int((address &- view.start) >> 2)] = value
    }

    @inline(__always)
    func note(witness: UInt32) {}

    @inline(__always)
    func callsForHalt() -> Bool {
        unsafe core.registers[Int(RegisterIndex.a7)] == SystemCall.halt
    }
}
