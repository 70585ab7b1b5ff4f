/// What every step needs, behind one pointer: the loop has few registers of the processor to spare.
///
/// The registers of the machine come first, then two pointers, then the last steps of the
/// registers. The memory belongs to `MachineMemory`.
@safe
struct MachineCore: BitwiseCopyable {
    /// Registers of the machine.
    let registers: UnsafeMutablePointer<UInt32>

    private static let viewsOffset = 4 * MemoryMap.registerCount
    private static let pageTableOffset = viewsOffset + 8
    private static let stampsOffset = pageTableOffset + 8
    /// Bytes that a core takes.
    static let byteCount = stampsOffset + 8 * MemoryMap.registerCount

    @unsafe
    init(
        _ start: UnsafeMutableRawPointer, views: UnsafeMutablePointer<MachineMemory.View>,
        pageTable: UnsafeMutablePointer<UInt16>
    ) {
        unsafe registers = start.bindMemory(to: UInt32.self, capacity: Self.byteCount / 4)
        unsafe start.storeBytes(
            of: views, toByteOffset: Self.viewsOffset,
            as: UnsafeMutablePointer<MachineMemory.View>.self)
        unsafe start.storeBytes(
            of: pageTable, toByteOffset: Self.pageTableOffset,
            as: UnsafeMutablePointer<UInt16>.self)
    }

    /// One view per section, in the same order.
    var views: UnsafeMutablePointer<MachineMemory.View> {
        @inline(__always) get {
            unsafe UnsafeRawPointer(registers).load(
                fromByteOffset: Self.viewsOffset,
                as: UnsafeMutablePointer<MachineMemory.View>.self)
        }
    }

    /// For every page of addresses the section to try first.
    var pageTable: UnsafeMutablePointer<UInt16> {
        @inline(__always) get {
            unsafe UnsafeRawPointer(registers).load(
                fromByteOffset: Self.pageTableOffset, as: UnsafeMutablePointer<UInt16>.self)
        }
    }

    /// Last steps of the registers, inverted.
    var registerStamps: UnsafeMutablePointer<UInt64> {
        @inline(__always) get {
            unsafe (UnsafeMutableRawPointer(registers) + Self.stampsOffset).assumingMemoryBound(
                to: UInt64.self)
        }
    }
}
