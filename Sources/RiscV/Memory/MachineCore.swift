/// What every step needs, behind one pointer: the loop has few registers of the processor to spare.
///
/// The registers of the machine come first, then four pointers, then the last steps of the
/// registers. Every address of the machine has a place of its own, so that a word is found without
/// looking for its section; places of no section are not there. The memory belongs to
/// `MachineMemory`.
@safe
struct MachineCore: BitwiseCopyable {
    /// Registers of the machine.
    let registers: UnsafeMutablePointer<UInt32>

    private static let wordsOffset = 4 * MemoryMap.registerCount
    private static let writeStampsOffset = wordsOffset + 8
    private static let readableOffset = writeStampsOffset + 8
    private static let writableOffset = readableOffset + 8
    private static let stampsOffset = writableOffset + 8
    private static let byteCount = stampsOffset + 8 * MemoryMap.registerCount

    init(in mappings: inout Mappings) throws(ProgramFault) {
        let start = unsafe try mappings.reserve(UInt64.self, count: Self.byteCount / 8)
        let raw = UnsafeMutableRawPointer(start)
        unsafe registers = raw.bindMemory(to: UInt32.self, capacity: Self.byteCount / 4)
        unsafe raw.storeBytes(
            of: try mappings.reserveAddresses(UInt32.self, count: 1 << 30),
            toByteOffset: Self.wordsOffset, as: UnsafeMutablePointer<UInt32>.self)
        unsafe raw.storeBytes(
            of: try mappings.reserveAddresses(UInt64.self, count: 1 << 30),
            toByteOffset: Self.writeStampsOffset, as: UnsafeMutablePointer<UInt64>.self)
        let pageCount = 1 << (32 - MachineMemory.pageShift)
        for offset in [Self.readableOffset, Self.writableOffset] {
            unsafe raw.storeBytes(
                of: try mappings.reserve(MachineMemory.Window.self, count: pageCount),
                toByteOffset: offset, as: UnsafeMutablePointer<MachineMemory.Window>.self)
        }
    }

    /// The word of every address that is a multiple of 4.
    var words: UnsafeMutablePointer<UInt32> {
        @inline(__always) get { unsafe pointer(at: Self.wordsOffset) }
    }

    /// The last steps of the words, inverted.
    var stamps: UnsafeMutablePointer<UInt64> {
        @inline(__always) get { unsafe pointer(at: Self.writeStampsOffset) }
    }

    /// For every page of addresses what may be read there: of one section, even if there are more.
    var readable: UnsafeMutablePointer<MachineMemory.Window> {
        @inline(__always) get { unsafe pointer(at: Self.readableOffset) }
    }

    /// For every page of addresses what may be written there, likewise.
    var writable: UnsafeMutablePointer<MachineMemory.Window> {
        @inline(__always) get { unsafe pointer(at: Self.writableOffset) }
    }

    /// Last steps of the registers, inverted.
    var registerStamps: UnsafeMutablePointer<UInt64> {
        @inline(__always) get {
            unsafe (UnsafeMutableRawPointer(registers) + Self.stampsOffset).assumingMemoryBound(
                to: UInt64.self)
        }
    }

    @inline(__always)
    private func pointer<Value>(at offset: Int) -> UnsafeMutablePointer<Value> {
        unsafe UnsafeRawPointer(registers).load(
            fromByteOffset: offset, as: UnsafeMutablePointer<Value>.self)
    }

    /// The word at an address that is a multiple of 4, and those behind it.
    func words(at address: UInt32) -> UnsafeMutablePointer<UInt32> {
        unsafe words + Int(address >> 2)
    }

    /// The last step of the word at an address that is a multiple of 4, and those behind it.
    func stamps(at address: UInt32) -> UnsafeMutablePointer<UInt64> {
        unsafe stamps + Int(address >> 2)
    }
}
