internal import Glibc

/// Zeroed memory straight from the system, given back together at the end of the value.
///
/// Pages that are never touched take no memory, however large a section claims to be.
@safe
struct Mappings: ~Copyable {
    private var regions: [UnsafeMutableRawBufferPointer] = unsafe []

    init() {}

    /// Room for some values of a type whose zero bytes are a value.
    mutating func reserve<Value: BitwiseCopyable>(
        _ type: Value.Type, count: Int
    ) throws(ProgramFault) -> UnsafeMutablePointer<Value> {
        let byteCount = max(1, count * MemoryLayout<Value>.stride)
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let start = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let start = unsafe start, unsafe start != MAP_FAILED else {
            throw .outOfMemory(byteCount: UInt64(byteCount))
        }
        unsafe regions.append(UnsafeMutableRawBufferPointer(start: start, count: byteCount))
        return unsafe start.bindMemory(to: type, capacity: count)
    }

    /// Addresses for some values, of which none is there before it is committed.
    ///
    /// They count for no limit on memory, only for one on addresses.
    mutating func reserveAddresses<Value: BitwiseCopyable>(
        _ type: Value.Type, count: Int
    ) throws(ProgramFault) -> UnsafeMutablePointer<Value> {
        let byteCount = count * MemoryLayout<Value>.stride
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let start = unsafe mmap(nil, byteCount, PROT_NONE, flags, -1, 0)
        guard let start = unsafe start, unsafe start != MAP_FAILED else {
            throw .outOfMemory(byteCount: UInt64(byteCount))
        }
        unsafe regions.append(UnsafeMutableRawBufferPointer(start: start, count: byteCount))
        return unsafe start.bindMemory(to: type, capacity: count)
    }

    /// Makes values of reserved addresses be there, as zero bytes.
    static func commit<Value: BitwiseCopyable>(
        _ values: UnsafeMutableBufferPointer<Value>
    ) throws(ProgramFault) {
        let pageMask = UInt(sysconf(Int32(_SC_PAGESIZE))) - 1
        let first = UInt(bitPattern: values.baseAddress)
        let start = first & ~pageMask
        let byteCount = Int(first - start) + values.count * MemoryLayout<Value>.stride
        let status = unsafe mprotect(
            UnsafeMutableRawPointer(bitPattern: start), byteCount, PROT_READ | PROT_WRITE)
        guard status == 0 else { throw .outOfMemory(byteCount: UInt64(byteCount)) }
    }

    deinit {
        for index in unsafe regions.indices {
            unsafe munmap(regions[index].baseAddress, regions[index].count)
        }
    }
}
