/// State without a memory of who wrote what when: results and nothing else.
@safe
struct PlainAccess: StateAccess {
    private let memory: MachineMemory
    private let registers: UnsafeMutablePointer<UInt32>
    private let words: UnsafeMutablePointer<UInt32>
    private let readable: UnsafeMutablePointer<MachineMemory.Window>
    private let writable: UnsafeMutablePointer<MachineMemory.Window>

    init(_ memory: MachineMemory) {
        self.memory = memory
        unsafe registers = memory.core.registers
        unsafe words = memory.core.words
        unsafe readable = memory.core.readable
        unsafe writable = memory.core.writable
    }

    @inline(__always)
    func firstRegister(_ index: UInt8) -> UInt32 {
        unsafe registers[Int(index)]
    }

    @inline(__always)
    func secondRegister(_ index: UInt8) -> UInt32 {
        unsafe registers[Int(index)]
    }

    @inline(__always)
    func secondMemory(_ address: UInt32) throws(Trap) -> UInt32 {
        let page = Int(address >> MachineMemory.pageShift)
        if unsafe address &- readable[page].start >= readable[page].byteCount {
            try memory.checkReadable(address)
        }
        return unsafe words[Int(address >> 2)]
    }

    @inline(__always)
    func writeRegister(_ index: UInt8, _ value: UInt32) {
        unsafe registers[Int(index)] = value
    }

    @inline(__always)
    func writeMemory(_ address: UInt32, _ value: UInt32) throws(Trap) {
        let page = Int(address >> MachineMemory.pageShift)
        if unsafe address &- writable[page].start >= writable[page].byteCount {
            try memory.checkWritable(address)
        }
        unsafe words[Int(address >> 2)] = value
    }

    @inline(__always)
    func note(witness: UInt32) {}

    @inline(__always)
    func callsForHalt() -> Bool {
        unsafe registers[Int(RegisterIndex.a7)] == SystemCall.halt
    }
}
